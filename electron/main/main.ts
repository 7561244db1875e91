import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
import { setupDialogs } from './dialogs';
import { setupEngine } from './engine';
import { setupMenu } from './menu';
import { declareScheme, setupProtocol } from './protocol';
import { setupRecent } from './recent';
import { setupSecurity } from './security';
import { SettingsFile } from './settings';
import { setupStart } from './start';
import { setupWindow } from './window';

/** Everything in order; each concern has its own file and shuts itself down. */
function setup(): void {
  const settings = SettingsFile.inFolder(app.getPath('userData'));
  let window: BrowserWindow | null = null;
  const theWindow = (): BrowserWindow => {
    if (!window) throw new Error('There is no window yet.');
    return window;
  };
  setupSecurity();
  setupProtocol(join(__dirname, '..', 'renderer'));
  setupMenu(theWindow);
  setupDialogs(theWindow, settings);
  setupRecent(settings);
  setupStart(() => window, settings);
  setupEngine(() => window, settings);
  window = setupWindow(settings);
  window.on('closed', () => {
    window = null;
    app.quit();
  });
}

app.setName('Axial');
if (process.env['AXIAL_USER_DATA']) app.setPath('userData', process.env['AXIAL_USER_DATA']);
declareScheme();
if (app.requestSingleInstanceLock()) {
  void app.whenReady().then(setup);
} else {
  app.quit();
}

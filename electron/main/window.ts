import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { handle, tell } from './ipc';
import { PAGE_URL } from './protocol';
import type { Settings, SettingsFile } from './settings';

type Bounds = NonNullable<Settings['window']>;

const DEFAULT_BOUNDS: Bounds = { x: null, y: null, width: 1440, height: 900, maximized: false };
const SAVE_DELAY_MS = 400;

/** The remembered bounds, unless the screen that they were on is gone. */
export function visibleBounds(
  bounds: Bounds,
  screens: readonly { x: number; y: number; width: number; height: number }[],
): Bounds {
  const { x, y } = bounds;
  if (x === null || y === null) return bounds;
  const margin = 40;
  const seen = screens.some(
    (area) =>
      x + bounds.width > area.x + margin &&
      x < area.x + area.width - margin &&
      y >= area.y - margin &&
      y < area.y + area.height - margin,
  );
  return seen ? bounds : { ...bounds, x: null, y: null };
}

function rememberBounds(window: BrowserWindow, settings: SettingsFile): void {
  let timer: NodeJS.Timeout | undefined;
  const save = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (window.isDestroyed()) return;
      settings.update({ window: { ...window.getNormalBounds(), maximized: window.isMaximized() } });
    }, SAVE_DELAY_MS);
  };
  for (const name of ['resize', 'move', 'maximize', 'unmaximize'] as const) {
    // One listener for four events; Electron types each name on its own.
    window.on(name as 'resize', save);
  }
}

function createWindow(settings: SettingsFile): BrowserWindow {
  const areas = screen.getAllDisplays().map((display) => display.workArea);
  const bounds = visibleBounds(settings.value.window ?? DEFAULT_BOUNDS, areas);
  const window = new BrowserWindow({
    width: bounds.width,
    height: bounds.height,
    ...(bounds.x === null || bounds.y === null ? {} : { x: bounds.x, y: bounds.y }),
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Axial',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#17191d' : '#f2f3f5',
    webPreferences: {
      preload: join(__dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (process.platform !== 'darwin') window.setMenuBarVisibility(false);
  if (bounds.maximized) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
  });
  rememberBounds(window, settings);
  return window;
}

/** Asks the page before closing: it knows which results are not saved. */
function guardClosing(window: BrowserWindow): void {
  let agreed = false;
  let quitting = false;
  let pageGone = false;
  app.on('before-quit', () => {
    quitting = true;
  });
  const noteGone = (): void => {
    pageGone = true;
  };
  window.webContents.on('render-process-gone', noteGone);
  window.webContents.on('did-fail-load', noteGone);
  window.on('unresponsive', noteGone);
  window.on('responsive', () => {
    pageGone = false;
  });
  window.on('close', (event) => {
    if (agreed || pageGone) return;
    event.preventDefault();
    tell(window, { kind: 'closeRequested', quit: quitting });
    quitting = false;
  });
  handle('window.close', ({ discard }) => {
    agreed = discard;
    window.close();
    return {};
  });
  handle('window.quit', ({ discard }) => {
    agreed = discard;
    app.quit();
    return {};
  });
}

/** Opens the one window with its remembered size and place, and loads the page into it. */
export function setupWindow(settings: SettingsFile): BrowserWindow {
  const window = createWindow(settings);
  guardClosing(window);
  handle('window.fullScreen', () => {
    window.setFullScreen(!window.isFullScreen());
    return {};
  });
  handle('window.progress', ({ fraction }) => {
    window.setProgressBar(fraction === null ? -1 : fraction < 0 ? 2 : fraction);
    return {};
  });
  void window.loadURL(PAGE_URL);
  return window;
}

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { nativeTemplate } from '#electron/main/menu';
import { pageFile } from '#electron/main/protocol';
import { withRecent } from '#electron/main/recent';
import { RestartPolicy } from '#electron/main/RestartPolicy';
import { SettingsFile } from '#electron/main/settings';
import { pathsInArguments } from '#electron/main/start';
import { visibleBounds } from '#electron/main/window';

// Electron itself is not there in a unit test; what is tested here calls none of it.
vi.mock('electron', () =>
  Object.fromEntries(
    ['app', 'BrowserWindow', 'ipcMain', 'Menu', 'nativeTheme', 'protocol', 'screen'].map((name) => [
      name,
      {},
    ]),
  ),
);

describe('the page protocol', () => {
  const root = '/opt/axial/renderer';

  it.each([
    ['axial://app/index.html', '/opt/axial/renderer/index.html'],
    ['axial://app/assets/a%20b.js', '/opt/axial/renderer/assets/a b.js'],
    ['axial://app/../../etc/passwd', '/opt/axial/renderer/etc/passwd'],
    ['axial://app/%2e%2e/%2e%2e/etc/passwd', '/opt/axial/renderer/etc/passwd'],
    ['axial://app/..%2f..%2fetc/passwd', null],
    ['axial://other/index.html', null],
  ])('turns %s into a file of its own folder or into nothing', (address, file) => {
    expect(pageFile(root, address)).toBe(file);
  });
});

describe('settings', () => {
  const folder = (): string => mkdtempSync(join(tmpdir(), 'axial-settings-'));

  it('remembers what was written', () => {
    const at = folder();
    SettingsFile.inFolder(at).update({ recentFiles: ['/a.tif'] });
    expect(SettingsFile.inFolder(at).value.recentFiles).toEqual(['/a.tif']);
    expect(JSON.parse(readFileSync(join(at, 'settings.json'), 'utf8'))).toMatchObject({
      version: 1,
    });
  });

  it.each(['', '{', '{"version":2}', '{"version":1,"window":{"width":-5},"recentFiles":[]}'])(
    'starts afresh from a damaged file: %s',
    (text) => {
      const at = folder();
      writeFileSync(join(at, 'settings.json'), text);
      expect(SettingsFile.inFolder(at).value).toEqual({
        version: 1,
        window: null,
        recentFiles: [],
        device: 'auto',
      });
    },
  );

  it('reads what an earlier version wrote, which named no device', () => {
    const at = folder();
    const text = '{"version":1,"window":null,"recentFiles":["/a.tif"]}';
    writeFileSync(join(at, 'settings.json'), text);
    const { device, recentFiles } = SettingsFile.inFolder(at).value;
    expect([device, recentFiles]).toEqual(['auto', ['/a.tif']]);
  });

  it('keeps recent files short, newest first, each once', () => {
    expect(withRecent(['/a', '/b'], '/b')).toEqual(['/b', '/a']);
    const many = Array.from({ length: 20 }, (_, i) => `/${i}`);
    expect(withRecent(many, '/new')).toHaveLength(12);
  });
});

describe('the window’s place', () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
  const bounds = { x: 100, y: 100, width: 1440, height: 900, maximized: false };

  it('is where it was, while that screen is there', () => {
    expect(visibleBounds(bounds, screens)).toEqual(bounds);
  });

  it.each([
    ['right of every screen', { x: 2500 }],
    ['below every screen', { y: 1070 }],
    ['left of every screen', { x: -1430 }],
  ])('is left to the system when it would be %s', (_where, moved) => {
    expect(visibleBounds({ ...bounds, ...moved }, screens)).toMatchObject({ x: null, y: null });
  });
});

describe('an engine that dies', () => {
  it('is started again, but not for the fourth time in a minute', () => {
    const policy = new RestartPolicy();
    expect([0, 1000, 2000, 3000].map((time) => policy.allowsRestart(time))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('is forgiven what happened more than a minute ago, and when the user asks', () => {
    const policy = new RestartPolicy();
    for (const time of [0, 1, 2]) policy.allowsRestart(time);
    expect(policy.allowsRestart(61_000)).toBe(true);
    for (const time of [61_001, 61_002, 61_003]) policy.allowsRestart(time);
    policy.forgive();
    expect(policy.allowsRestart(61_004)).toBe(true);
  });
});

describe('the native menu', () => {
  const item = {
    id: 'a',
    label: 'A',
    enabled: true,
    checked: null,
    separated: false,
    items: [],
    accelerator: null,
  };
  const menus = [
    {
      label: 'Edit',
      items: [
        { ...item, accelerator: 'CmdOrCtrl+O' },
        { ...item, id: 'b', accelerator: 'Shift+C' },
      ],
    },
  ];

  it('answers keys with a modifier and only shows plain ones', () => {
    const [edit] = nativeTemplate(menus, () => undefined, 'linux');
    expect(edit?.submenu).toMatchObject([
      { accelerator: 'CmdOrCtrl+O' },
      { accelerator: 'Shift+C', registerAccelerator: false },
    ]);
  });

  it('has the roles of macOS and leaves plain keys to the page there', () => {
    const template = nativeTemplate(menus, () => undefined, 'darwin');
    expect(template[0]).toEqual({ role: 'appMenu' });
    const entries = template[1]?.submenu as {
      role?: string;
      label?: string;
      accelerator?: string;
    }[];
    expect(entries.map(({ role }) => role)).toContain('paste');
    expect(entries.at(-1)).not.toHaveProperty('accelerator');
  });

  it('says which entry was chosen', () => {
    const chosen: string[] = [];
    const nested = [{ label: 'Process', items: [{ ...item, items: [{ ...item, id: 'deep' }] }] }];
    const [process] = nativeTemplate(nested, (id) => chosen.push(id), 'linux');
    const [parent] = process?.submenu as { submenu: { click: () => void }[] }[];
    parent?.submenu[0]?.click();
    expect(chosen).toEqual(['deep']);
  });
});

describe('files on the command line', () => {
  it('are images that exist, relative to where the program was started', () => {
    const at = mkdtempSync(join(tmpdir(), 'axial-args-'));
    writeFileSync(join(at, 'stack.tif'), '');
    const args = ['--flag', '/opt/axial', 'stack.tif', 'gone.tif', 'notes.txt'];
    expect(pathsInArguments(args, at)).toEqual([join(at, 'stack.tif')]);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WINDOW = { width: 1440, height: 900 };

/** A running Axial with a folder of its own for settings and files. */
export interface AxialWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly folder: string;
  /** What the page complained about: errors, and violations of its content security policy. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** The Electron program of the distribution that the test set-up has named. */
function electronProgram(): string {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (!folder) throw new Error('ELECTRON_OVERRIDE_DIST_PATH names no Electron; npm test sets it.');
  return join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
}

/** Starts the built application as a user would, with files on its command line if any are given. */
export async function openAxial(files: readonly string[] = []): Promise<AxialWindow> {
  const folder = mkdtempSync(join(tmpdir(), 'axial-e2e-'));
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath: electronProgram(),
    args: [...asRoot, join(ROOT, 'dist/electron/main.cjs'), ...files],
    env: { ...process.env, AXIAL_USER_DATA: join(folder, 'settings') } as Record<string, string>,
    colorScheme: 'dark',
  });
  const page = await app.firstWindow();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await app.evaluate(({ BrowserWindow }, size) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
  }, WINDOW);
  await page.getByText('CPU').first().waitFor();
  return {
    ...{ app, page, folder, complaints },
    close: async () => {
      const ended = new Promise((resolve) => app.process().once('exit', resolve));
      await app.evaluate(({ app: electron }) => electron.exit(0)).catch(() => undefined);
      await ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Chooses an entry of the menu strip by its path, with the mouse. */
export async function chooseMenu(page: Page, ...path: readonly string[]): Promise<void> {
  for (const name of path) await page.getByRole('menuitem', { name }).first().click();
}

/** The next file dialog gives this answer instead of waiting for a person. */
export async function answerDialogs(
  app: ElectronApplication,
  answer: { readonly open?: readonly string[]; readonly save?: string },
): Promise<void> {
  await app.evaluate(({ dialog }, { open, save }) => {
    dialog.showOpenDialog = () =>
      Promise.resolve({ canceled: !open, filePaths: [...(open ?? [])] });
    dialog.showSaveDialog = () =>
      Promise.resolve({ canceled: save === undefined, filePath: save ?? '' });
  }, answer);
}

/** The process number of the engine. */
export async function enginePid(app: ElectronApplication): Promise<number> {
  const pid = await app.evaluate(
    ({ app: electron }) =>
      electron.getAppMetrics().find(({ name }) => name === 'Axial engine')?.pid,
  );
  if (pid === undefined) throw new Error('There is no engine process.');
  return pid;
}

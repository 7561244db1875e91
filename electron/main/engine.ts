import { join } from 'node:path';
import {
  app,
  MessageChannelMain,
  utilityProcess,
  type BrowserWindow,
  type UtilityProcess,
} from 'electron';
import { AxialError } from '#core/util/errors';
import { PORT_CHANNEL } from '#electron/shared/channels';
import { handle, tell } from './ipc';
import { RestartPolicy } from './RestartPolicy';
import type { SettingsFile } from './settings';

const LAST_WORDS_LENGTH = 4000;

/** The engine process: started, watched, started again. Pixels and commands never pass through here. */
class EngineProcess {
  private child: UtilityProcess | null = null;
  private generation = 0;
  private lastWords = '';
  private closing = false;
  private wanted = false;
  private readonly policy = new RestartPolicy();

  constructor(
    private readonly window: () => BrowserWindow | null,
    private readonly settings: SettingsFile,
  ) {}

  start(): void {
    if (this.child || this.closing) return;
    const child = utilityProcess.fork(join(__dirname, 'engine.cjs'), [], {
      serviceName: 'Axial engine',
      stdio: 'pipe',
      // What the environment names goes before what was chosen in the window.
      env: { AXIAL_DEVICE: this.settings.value.device, ...process.env },
    });
    this.child = child;
    this.generation++;
    this.lastWords = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data: Buffer) => {
        this.lastWords = (this.lastWords + data.toString()).slice(-LAST_WORDS_LENGTH);
        process.stderr.write(data);
      });
    }
    child.once('exit', (code) => {
      this.onExit(code);
    });
  }

  /** Joins the page and the engine by a port; the page knows it by its nonce. */
  connect(nonce: string): number {
    const window = this.window();
    if (!this.child || !window) {
      throw new AxialError(
        'DeviceError',
        'The engine is not running.',
        'Restart it with Help > Restart Engine.',
      );
    }
    const { port1, port2 } = new MessageChannelMain();
    this.child.postMessage({ kind: 'connect' }, [port1]);
    window.webContents.postMessage(PORT_CHANNEL, { nonce }, [port2]);
    return this.generation;
  }

  restart(): void {
    this.policy.forgive();
    this.wanted = this.child !== null;
    if (this.child) this.child.kill();
    else this.start();
  }

  close(): void {
    this.closing = true;
    this.child?.kill();
  }

  private onExit(code: number | null): void {
    this.child = null;
    if (this.closing) return;
    const restarting = this.policy.allowsRestart(Date.now());
    if (restarting) this.start();
    tell(this.window(), {
      kind: 'engineExited',
      exitCode: code,
      ...{ wanted: this.wanted, restarting },
      lastWords: this.lastWords,
    });
    this.wanted = false;
  }
}

/** Starts the engine and keeps it running. */
export function setupEngine(window: () => BrowserWindow | null, settings: SettingsFile): void {
  const engine = new EngineProcess(window, settings);
  engine.start();
  handle('engine.connect', ({ nonce }) => ({ generation: engine.connect(nonce) }));
  handle('engine.restart', ({ device }) => {
    if (device !== null) settings.update({ device });
    engine.restart();
    return {};
  });
  app.on('will-quit', () => {
    engine.close();
  });
}

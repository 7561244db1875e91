import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { NETWORK_DEVICES } from '#core/network/networkDevices';

const settingsSchema = z.object({
  version: z.literal(1),
  window: z
    .object({
      x: z.number().int().nullable(),
      y: z.number().int().nullable(),
      width: z.number().int().min(200).max(20_000),
      height: z.number().int().min(200).max(20_000),
      maximized: z.boolean(),
    })
    .nullable(),
  recentFiles: z.array(z.string()).max(50),
  /** What computes networks; files of earlier versions do not say. */
  device: z.enum(NETWORK_DEVICES).default('auto'),
});

export type Settings = z.infer<typeof settingsSchema>;

const NO_SETTINGS: Settings = { version: 1, window: null, recentFiles: [], device: 'auto' };

/** What the program remembers between starts, in one small file in the user's folder. */
export class SettingsFile {
  private current: Settings;

  constructor(private readonly path: string) {
    this.current = SettingsFile.read(path);
  }

  static inFolder(folder: string): SettingsFile {
    return new SettingsFile(join(folder, 'settings.json'));
  }

  get value(): Settings {
    return this.current;
  }

  /** Keeps the change; a folder that cannot be written costs the memory, never the work. */
  update(change: Partial<Omit<Settings, 'version'>>): void {
    this.current = { ...this.current, ...change };
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      const temporary = `${this.path}.new`;
      writeFileSync(temporary, JSON.stringify(this.current, null, 2));
      renameSync(temporary, this.path);
    } catch (error) {
      console.error('The settings could not be saved:', error);
    }
  }

  private static read(path: string): Settings {
    try {
      const parsed = settingsSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
      return parsed.success ? parsed.data : NO_SETTINGS;
    } catch {
      return NO_SETTINGS;
    }
  }
}

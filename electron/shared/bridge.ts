import type { RequestName } from './channels';

/** What the preload script gives the page, as `window.axial`. */
export interface Bridge<DroppedFile> {
  invoke(name: RequestName, input: unknown): Promise<unknown>;
  onEvent(listener: (message: unknown) => void): void;
  /** Path of a file that the user dropped. Only on Electron 32 and newer; before, `File.path` has it. */
  pathForFile(file: DroppedFile): string;
}

import type { PixelType } from '#core/image/PixelType';

/** A grey value as the pixel type has it: whole numbers whole, floats with four figures. */
export function formatValue(value: number, pixelType: PixelType): string {
  if (pixelType !== 'float32' && Number.isInteger(value)) return String(value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size < 1e-3 || size >= 1e6 ? value.toExponential(3) : String(Number(value.toPrecision(4)));
}

/** A figure with a fixed number of decimals; what is no number says so. */
export function formatFigure(value: number, decimals: number): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
  return value.toFixed(decimals);
}

/** A figure that keeps its column narrow: what a failed measurement blew up has no decimals worth showing. */
export function shortFigure(value: number, decimals: number): string {
  return Math.abs(value) >= 1e4 && Number.isFinite(value)
    ? value.toExponential(1).replace('e+', 'e')
    : formatFigure(value, decimals);
}

/** Micrometres with two decimals: "6.80 µm". */
export function formatUm(um: number): string {
  return `${um.toFixed(2)} µm`;
}

/** Bytes in the unit that people read: "0.4 GB", "312 MB". */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return `${Math.max(0, Math.round(bytes / 1e6))} MB`;
}

/** A rough length of time: "4 s", "2 min 10 s", "1 h 5 min". */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

/** The last part of a path, of either kind of system. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** The folder part of a path, of either kind of system. */
export function folderName(path: string): string {
  return path.split(/[\\/]/).slice(0, -1).join('/');
}

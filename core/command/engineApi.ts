import type { LevelSize, PlaneIndex, Region } from '#core/image/PlaneSource';
import type { StackShape, ValueMapping } from '#core/image/ImageStack';
import type { Calibration } from '#core/image/Calibration';
import type { MacroValue } from '#core/image/History';
import type { PixelArray, PixelType } from '#core/image/PixelType';
import type { CommandInput, CommandOutput } from './defineCommand';
import type { Progress } from './CommandContext';

/** A command as data: enough to draw its menu entry, dialog and help. */
export interface CommandDescriptor {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly menu: readonly string[];
  readonly accelerator: string | null;
  readonly verb: string | null;
  readonly inputs: readonly CommandInput[];
  readonly outputs: readonly CommandOutput[];
  /** Whether a result can be previewed: as a mask over the picture, or in its place. */
  readonly preview: 'mask' | 'plane' | null;
  /** See `CommandDefinition.runShare`. */
  readonly runShare: number;
  /**
   * JSON Schema (draft 2020-12) of the parameters. Beside the standard keywords a property may carry
   * `title`, `description`, `default`, `unit` (such as "um", "px"), and `kind`: "openPath", "savePath",
   * "planes" (a list of plane numbers), "zRange" (START:STOP:STEP in um), "model", "channel". `appliesTo`
   * names other parameters and the values, as text, that they must have for this one to mean anything;
   * `needsAxis` the axis that must be longer than one. `advanced` marks what most people leave as it is.
   */
  readonly params: { readonly [key: string]: unknown };
}

/** An open image as the window sees it; pixels are fetched plane by plane. */
export interface DocumentSummary {
  readonly id: string;
  readonly name: string;
  /** Where it was opened from or saved to; `null` for a result that was not saved. */
  readonly path: string | null;
  readonly unsaved: boolean;
  readonly shape: StackShape;
  readonly pixelType: PixelType;
  readonly calibration: Calibration;
  readonly zPositionsUm: readonly number[] | null;
  readonly valueMapping: ValueMapping | null;
  readonly levels: readonly LevelSize[];
  readonly notes: readonly string[];
  /** The macro that made it. */
  readonly history: string;
  /** Planes that are ready without computing; equals all planes for files. */
  readonly readyPlanes: number;
}

/** One command call on open documents. */
export interface ExecuteRequest {
  readonly command: string;
  /** Document id for each input name. */
  readonly inputs: { readonly [name: string]: string };
  readonly params: { readonly [name: string]: MacroValue };
  /**
   * Only to look at: what is made is listed nowhere, not recorded, and computed plane by plane when it
   * is read; the caller closes it. @default false
   */
  readonly preview?: boolean;
}

/** What a command call made and said. */
export interface ExecuteResult {
  /** Documents that the command made, by output name. */
  readonly documents: { readonly [output: string]: DocumentSummary };
  readonly texts: { readonly [output: string]: string };
  readonly report: { readonly [key: string]: MacroValue };
  readonly lines: readonly string[];
  /** `false` when the command checked something that is not well. */
  readonly passed: boolean;
  /** Facts that the user should read. */
  readonly notes: readonly string[];
}

/** Which plane of which document, how much of it, and how finely. */
export interface PlaneRequest extends PlaneIndex {
  readonly document: string;
  readonly level?: number;
  readonly region?: Region;
}

/** Samples of a plane or region, row-major (y, x), with their finite range. */
export interface PlanePixels {
  readonly width: number;
  readonly height: number;
  readonly pixelType: PixelType;
  readonly pixels: PixelArray;
  readonly min: number;
  readonly max: number;
}

/** What the engine tells without being asked. */
export type EngineEvent =
  | { readonly kind: 'documentsChanged'; readonly documents: readonly DocumentSummary[] }
  | { readonly kind: 'planeReady'; readonly document: string; readonly index: PlaneIndex }
  | { readonly kind: 'note'; readonly text: string };

/** What computes, truthfully. */
export interface DeviceStatus {
  readonly device: string;
  /** `null` when a GPU computes; otherwise why none does. */
  readonly gpuMissingBecause: string | null;
  readonly memoryUsedBytes: number;
  readonly memoryTotalBytes: number;
}

/** How the caller follows and ends a call. */
export interface EngineCallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** The engine's whole surface: the window and the command line use nothing else. */
export interface EngineApi {
  commands(): Promise<readonly CommandDescriptor[]>;
  execute(request: ExecuteRequest, options?: EngineCallOptions): Promise<ExecuteResult>;
  documents(): Promise<readonly DocumentSummary[]>;
  closeDocument(id: string): Promise<void>;
  readPlane(request: PlaneRequest, options?: EngineCallOptions): Promise<PlanePixels>;
  /** Focus measure of each plane of a channel, 0 to 1, for the sharpness curve. */
  sharpness(
    document: string,
    index: { readonly t: number; readonly c: number },
    options?: EngineCallOptions,
  ): Promise<readonly number[]>;
  /** The macro of everything done since the engine started. */
  recordedMacro(): Promise<string>;
  deviceStatus(): Promise<DeviceStatus>;
  /** Registers a listener; returns the function that removes it. */
  onEvent(listener: (event: EngineEvent) => void): () => void;
}

import { z } from 'zod';
import type {
  CommandDescriptor,
  DeviceStatus,
  DocumentSummary,
  EngineEvent,
  ExecuteRequest,
  ExecuteResult,
  PlaneRequest,
} from '#core/command/engineApi';
import type { Progress } from '#core/command/CommandContext';
import type { MacroValue } from '#core/image/History';

const count = z.number().int().min(0);
const size = z.number().int().min(1);
const length = z.number().nullable();
const id = z.string().min(1).max(200);
/** Any number: figures may be infinite (the PSNR of equal planes) or not a number. */
const figure = z.custom<number>((value) => typeof value === 'number', 'not a number');

const macroValue: z.ZodType<MacroValue> = z.lazy(() =>
  z.union([
    z.string(),
    figure,
    z.boolean(),
    z.null(),
    z.array(macroValue),
    z.record(z.string(), macroValue),
  ]),
);
const macroRecord = z.record(z.string(), macroValue);
const pixelType = z.enum(['uint8', 'uint16', 'float32']);
const planeIndex = z.object({ t: count, c: count, z: count });

const calibration = z.object({
  pixelSizeUm: z.object({ x: length, y: length, z: length }),
  zPositionsUm: z.array(z.number()).nullable(),
  timeStepS: length,
  channels: z.array(
    z.object({ name: z.string().nullable(), excitationNm: length, emissionNm: length }),
  ),
  objective: z.object({ numericalAperture: length, magnification: length, immersionIndex: length }),
});

const documentSummary: z.ZodType<DocumentSummary> = z.object({
  id,
  name: z.string(),
  path: z.string().nullable(),
  unsaved: z.boolean(),
  shape: z.object({ t: size, c: size, z: size, y: size, x: size }),
  pixelType,
  calibration,
  zPositionsUm: z.array(z.number()).nullable(),
  valueMapping: z.object({ offset: z.number(), scale: z.number() }).nullable(),
  levels: z.array(z.object({ width: size, height: size })).min(1),
  notes: z.array(z.string()),
  history: z.string(),
  readyPlanes: count,
});

const commandPort = z.object({ name: z.string(), title: z.string() });
const commandDescriptor: z.ZodType<CommandDescriptor> = z.object({
  id,
  title: z.string(),
  summary: z.string(),
  menu: z.array(z.string()),
  accelerator: z.string().nullable(),
  verb: z.string().nullable(),
  inputs: z.array(commandPort.extend({ flag: z.string().optional() })),
  outputs: z.array(
    commandPort.extend({
      kind: z.enum(['stack', 'json', 'csv', 'html']),
      flag: z.string(),
      optional: z.boolean().optional(),
    }),
  ),
  preview: z.enum(['mask', 'plane']).nullable(),
  runShare: z.number().min(0).max(1),
  params: z.record(z.string(), z.unknown()),
});

const executeRequest: z.ZodType<ExecuteRequest> = z.strictObject({
  command: id,
  inputs: z.record(z.string(), id),
  params: macroRecord,
  preview: z.boolean().optional(),
});

const executeResult: z.ZodType<ExecuteResult> = z.object({
  documents: z.record(z.string(), documentSummary),
  texts: z.record(z.string(), z.string()),
  report: macroRecord,
  lines: z.array(z.string()),
  passed: z.boolean(),
  notes: z.array(z.string()),
});

const planeRequest: z.ZodType<PlaneRequest> = z.strictObject({
  document: id,
  t: count,
  c: count,
  z: count,
  level: count.optional(),
  region: z.strictObject({ x: count, y: count, width: size, height: size }).optional(),
});

const deviceStatus: z.ZodType<DeviceStatus> = z.object({
  device: z.string(),
  gpuMissingBecause: z.string().nullable(),
  memoryUsedBytes: z.number(),
  memoryTotalBytes: z.number(),
});

export const progressSchema: z.ZodType<Progress> = z.object({
  fraction: z.number().min(0).max(1).nullable(),
  step: z.string(),
});

export const engineEventSchema: z.ZodType<EngineEvent> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('documentsChanged'), documents: z.array(documentSummary) }),
  z.object({ kind: z.literal('planeReady'), document: id, index: planeIndex }),
  z.object({ kind: z.literal('note'), text: z.string() }),
]);

/** What announces pixels; as many chunks follow as `chunks` says. */
export const pixelHeaderSchema = z.object({
  width: size,
  height: size,
  pixelType,
  min: figure,
  max: figure,
  byteLength: size,
  chunks: size,
});
export type PixelHeader = z.infer<typeof pixelHeaderSchema>;

const nothing = z.strictObject({});

/** Every engine method that crosses the port: schema of the question and of the answer. */
export const engineMethods = {
  commands: { input: nothing, output: z.array(commandDescriptor) },
  execute: { input: executeRequest, output: executeResult },
  documents: { input: nothing, output: z.array(documentSummary) },
  closeDocument: { input: z.strictObject({ id }), output: z.null() },
  readPlane: { input: planeRequest, output: pixelHeaderSchema },
  sharpness: {
    input: z.strictObject({ document: id, t: count, c: count }),
    output: z.array(figure),
  },
  recordedMacro: { input: nothing, output: z.string() },
  deviceStatus: { input: nothing, output: deviceStatus },
} as const;

export type EngineMethod = keyof typeof engineMethods;
export type MethodInput<K extends EngineMethod> = z.infer<(typeof engineMethods)[K]['input']>;
export type MethodOutput<K extends EngineMethod> = z.infer<(typeof engineMethods)[K]['output']>;

/** The names of all methods, for the schema of a request. */
export const ENGINE_METHODS = Object.keys(engineMethods) as [EngineMethod, ...EngineMethod[]];

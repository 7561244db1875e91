import { unknownCalibration, type Calibration } from '#core/image/Calibration';
import { EMPTY_HISTORY } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import type { PixelArray } from '#core/image/PixelType';
import type { PlaneSource } from '#core/image/PlaneSource';
import type { SimulationOptions } from '#core/optics/SimulationOptions';

/** Names of a simulated stack's channel and objective, which the optics do not need. */
export interface SimulationLabels {
  /** "nuclei", "beads" and so on. */
  readonly what: string;
  readonly channel: string | null;
  readonly magnification: number | null;
}

/** Makes stacks of simulated planes; what the simulation knew stands in their metadata. */
export function simulatedStacks(options: SimulationOptions, labels: SimulationLabels) {
  const shape = { t: 1, c: 1, z: options.planes, y: options.height, x: options.width };
  const calibration = calibrationOf(options, labels);
  const stackOf = (
    name: string,
    pixelType: ImageStack['pixelType'],
    source: PlaneSource,
  ): ImageStack => ({
    name,
    shape,
    pixelType,
    calibration,
    history: EMPTY_HISTORY,
    valueMapping: null,
    notes: [],
    source,
  });
  return {
    shape,
    noisy: (planes: readonly PixelArray[]) =>
      stackOf(`Simulated ${labels.what}`, 'uint16', memoryPlaneSource(shape, planes)),
    clean: (planes: readonly PixelArray[]) =>
      stackOf(
        `Simulated ${labels.what}, without noise`,
        'float32',
        memoryPlaneSource(shape, planes),
      ),
    /** Painted when somebody reads a plane, all planes at once. */
    specimen: (paint: () => Promise<readonly PixelArray[]>): ImageStack => {
      let painted: Promise<PlaneSource> | null = null;
      const source: PlaneSource = {
        levels: [{ width: shape.x, height: shape.y }],
        async read(index, how) {
          painted ??= paint().then((planes) => memoryPlaneSource(shape, planes));
          return (await painted).read(index, how);
        },
        close: () => Promise.resolve(),
      };
      return stackOf(`Simulated ${labels.what}, density`, 'float32', source);
    },
  };
}

function calibrationOf(
  { pixelSizeUm, zStepUm, system }: SimulationOptions,
  { channel, magnification }: SimulationLabels,
): Calibration {
  const { numericalAperture, immersionIndex, emissionUm } = system;
  return {
    ...unknownCalibration(1),
    pixelSizeUm: { x: pixelSizeUm, y: pixelSizeUm, z: zStepUm },
    channels: [{ name: channel, excitationNm: null, emissionNm: Math.round(emissionUm * 1000) }],
    objective: { numericalAperture, magnification, immersionIndex },
  };
}

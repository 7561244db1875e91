import { createFileAccess } from '#core/host/files/createFileAccess';
import { unknownCalibration } from '#core/image/Calibration';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import { blobScene, similarity } from '#tests/core/registration/scenes';

const SIDE = 96;
const STEP_PX = 1.5;
export const PIXEL_SIZE_UM = 0.2;

/** Where the scene stands in each frame, to the right, in micrometres. */
export function driftUm(frame: number): number {
  return frame * STEP_PX * PIXEL_SIZE_UM;
}

/** Writes frames that drift to the right as an OME-TIFF; frame `blank` shows nothing. */
export async function writeDriftingMovie(
  path: string,
  { frames, blank }: { readonly frames: number; readonly blank: number },
): Promise<void> {
  const shape = { t: frames, c: 1, z: 1, y: SIDE, x: SIDE };
  const planes = Array.from({ length: frames }, (_, t) => {
    const { data } = blobScene(SIDE, similarity(SIDE, 0, 1, STEP_PX * t, 0), 5, 30);
    return Uint16Array.from(data, (value) => (t === blank ? 100 : 10 * value));
  });
  const calibration = unknownCalibration(1);
  await createFileAccess().save(
    {
      ...{ name: 'movie', shape, pixelType: 'uint16' as const, valueMapping: null, notes: [] },
      calibration: {
        ...calibration,
        pixelSizeUm: { x: PIXEL_SIZE_UM, y: PIXEL_SIZE_UM, z: null },
        timeStepS: 5,
      },
      history: { calls: [], result: null },
      source: memoryPlaneSource(shape, planes),
    },
    path,
  );
}

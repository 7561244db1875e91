import { z } from 'zod';
import { withPixelSize } from '#core/image/withPixelSize';
import { defineCommand } from '#core/command/defineCommand';
import { lengthParams } from '#core/command/declarations/lengthParams';

export const imageSetCalibration = defineCommand({
  id: 'image.setCalibration',
  title: 'Properties…',
  summary: 'Sets the pixel size and the plane spacing of a stack.',
  menu: ['Image'],
  accelerator: 'Shift+P',
  verb: null,
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [{ name: 'calibrated', title: 'Calibrated stack', kind: 'stack', flag: 'o' }],
  params: z.object(lengthParams),
  inPlace: true,
  run(_context, { stack }, lengths) {
    const calibrated = withPixelSize(stack, lengths);
    const { x, z: zStepUm } = calibrated.calibration.pixelSizeUm;
    const line = `Pixel size ${x ?? 'unknown'} um, plane spacing ${zStepUm ?? 'unknown'} um`;
    return Promise.resolve({ stacks: { calibrated }, lines: [line] });
  },
});

import type { Calibration, Channel } from '#core/image/Calibration';
import { unknownCalibration } from '#core/image/Calibration';
import type { PageLayout } from './PageLayout';

const RGB_NAMES = ['Red', 'Green', 'Blue', 'Alpha'];

/**
 * Completes the channels of a calibration (samples of RGB pixels get their names where the file
 * gives none) and says what the photometric interpretation means for the values.
 */
export function describeChannels(
  layout: PageLayout,
  calibration: Calibration,
  channelCount: number,
): { calibration: Calibration; notes: string[] } {
  const isRgb = layout.photometric === 2 && layout.samplesPerPixel >= 3;
  const blank = unknownCalibration(channelCount).channels;
  const channels: Channel[] = blank.map((none, c) => {
    const known = calibration.channels[c] ?? none;
    const colour = isRgb ? (RGB_NAMES[c % layout.samplesPerPixel] ?? null) : null;
    return known.name === null ? { ...known, name: colour } : known;
  });
  const notes: string[] = [];
  if (layout.photometric === 0) {
    notes.push('The file means 0 as white; the values are those stored, so it looks inverted.');
  } else if (layout.photometric === 3) {
    notes.push('The file colours its values with a palette; the values are those stored.');
  }
  return { calibration: { ...calibration, channels }, notes };
}

import { z } from 'zod';

const length = (title: string, description: string, needsAxis?: 'z') =>
  z
    .number()
    .positive()
    .max(1e6)
    .nullable()
    .default(null)
    .meta({ title, description, unit: 'um', ...(needsAxis && { needsAxis }) });

/** The lengths that a user can state for a file that does not. */
export const lengthParams = {
  pixelSizeUm: length(
    'Pixel size',
    'Distance between pixels in the specimen; empty keeps what the file states.',
  ),
  zStepUm: length(
    'Plane spacing',
    'Distance between planes; empty keeps what the file states.',
    'z',
  ),
};

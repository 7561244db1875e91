import type { Plane } from '#core/image/Plane';

/**
 * Computes the sharpness of every pixel of a plane, row by row from the top; `row` is used again.
 * Borders are mirrored without repeating the edge.
 */
export type SharpnessRows = (plane: Plane, take: (row: Float32Array, y: number) => void) => void;

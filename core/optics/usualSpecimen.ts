import type { SpecimenOptions } from './specimenOf';

/** Kinds of specimens by name. */
export const SPECIMEN_KINDS = [
  'nuclei',
  'beads',
  'neurons',
  'filaments',
  'mitochondria',
  'mixture',
] as const;

/** One of `SPECIMEN_KINDS`. */
export type SpecimenKind = (typeof SPECIMEN_KINDS)[number];

/** What differs from the usual specimen of a kind. */
export interface SpecimenChanges {
  /** How much there is, relative to what is usual. @default 1 */
  readonly density?: number;
  /** Radius of nuclei, in micrometres. @default 3.2 */
  readonly radiusUm?: number;
  /** Diameter of beads, in micrometres. @default 0.2 */
  readonly diameterUm?: number;
}

/** A specimen as microscopists often see it: one set of options for each kind. */
export function usualSpecimen(kind: SpecimenKind, changes: SpecimenChanges = {}): SpecimenOptions {
  const { density = 1, radiusUm = 3.2, diameterUm = 0.2 } = changes;
  switch (kind) {
    case 'nuclei':
      return {
        kind,
        radiusUm,
        filling: 0.12 * density,
        flatness: 0.75,
        texture: 0.4,
        foci: 8,
        nucleoli: 2.5,
      };
    case 'beads':
      return { kind, diameterUm, perThousandUm3: 3 * density };
    case 'neurons':
      return { kind, bodyRadiusUm: 18, perHundredUm: 60 * density, granules: 60 };
    case 'filaments':
      return { kind, lengthPerUm3: 0.12 * density, layerUm: 3 };
    case 'mitochondria':
      return { kind, lengthPerUm3: 0.04 * density, layerUm: 3 };
    case 'mixture':
      return {
        kind,
        parts: [
          {
            specimen: { kind: 'nuclei', radiusUm, filling: 0.03 * density, layerUm: 2 },
            weight: 0.3,
          },
          {
            specimen: { kind: 'mitochondria', lengthPerUm3: 0.02 * density, layerUm: 3 },
            weight: 1,
          },
          { specimen: { kind: 'filaments', lengthPerUm3: 0.08 * density, layerUm: 3 }, weight: 30 },
        ],
      };
  }
}

/** How layers of light are looked for. */
export interface LayersMethod {
  /** Standard deviation of the grains that they are made of, in wavelengths over apertures; 0 for points. */
  readonly grain: number;
  /** See `depthWeights`. */
  readonly depthExponent: number;
  /**
   * Shares of the steps that are made at each resolution: the full one, a half, a quarter. Coarse steps cost
   * little, and what is far out of focus has no finer detail.
   */
  readonly stepShares: readonly number[];
}

/** Grains look as wide as points do. */
const GRAIN = 0.25;

/**
 * Ways to look for layers of light, by what the specimen is thought to be. `layers`: light anywhere, as close to the planes
 * as light can come. `grains`: structure no finer than the optics tell apart, wherever planes tell of it: noise does not
 * become structure.
 */
export const LAYERS_METHODS = {
  layers: { grain: 0, depthExponent: 0, stepShares: [0.3, 0.7] },
  grains: { grain: GRAIN, depthExponent: 0.75, stepShares: [0.08, 0.42, 0.5] },
} as const satisfies { readonly [model: string]: LayersMethod };

/** One of `LAYERS_METHODS`. */
export type LayersModel = keyof typeof LAYERS_METHODS;

import { gaussLegendre } from './gaussLegendre';
import type { OpticalPaths } from './opticalPaths';

/** Quadrature over the pupil: distances from its middle, 1 at the aperture, and weights of rho d rho. */
export interface PupilRule {
  readonly rho: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Gauss-Legendre quadrature of the integral over rho d rho. The substitution rho = rhoMax sin t takes the square-root end
 * point out of what is integrated, so that it converges at once.
 */
export function pupilRule({ rhoMax }: OpticalPaths, nodeCount: number): PupilRule {
  const { nodes, weights } = gaussLegendre(nodeCount, 0, Math.PI / 2);
  const rho = nodes.map((t) => rhoMax * Math.sin(t));
  return {
    rho,
    weights: rho.map((value, i) => weights[i]! * value * rhoMax * Math.cos(nodes[i]!)),
  };
}

/**
 * What keeps a wavefront from being a sphere: Zernike polynomials over the open pupil, in waves root mean
 * square (Noll's normalisation, so that each figure is the standard deviation of its own error). Angles
 * are in degrees from the x axis of the picture towards its y axis.
 */
export interface Aberrations {
  /**
   * Primary astigmatism, Z6 turned by its angle. Positive: planes deeper than a point show it drawn out
   * along the angle, planes nearer to the coverslip across it. @default 0
   */
  readonly astigmatism?: number;
  /** @default 0 */
  readonly astigmatismAngleDeg?: number;
  /** Primary coma, Z8 turned by its angle. Positive: the tail points away from the angle. @default 0 */
  readonly coma?: number;
  /** @default 0 */
  readonly comaAngleDeg?: number;
  /** Primary spherical aberration, Z11. @default 0 */
  readonly spherical?: number;
  /** Secondary spherical aberration, Z22. @default 0 */
  readonly secondarySpherical?: number;
}

/**
 * Path error over the pupil.
 *
 * @returns waves by distance from the pupil's centre (1 at its rim) and angle in radians
 * @throws RangeError when a figure is not finite
 * @see Noll 1976, doi:10.1364/JOSA.66.000207
 */
export function wavefrontError(aberrations: Aberrations): (r: number, theta: number) => number {
  const { astigmatism = 0, astigmatismAngleDeg = 0, coma = 0, comaAngleDeg = 0 } = aberrations;
  const { spherical = 0, secondarySpherical = 0 } = aberrations;
  const figures = [astigmatism, astigmatismAngleDeg, coma, comaAngleDeg];
  if (![...figures, spherical, secondarySpherical].every(Number.isFinite)) {
    throw new RangeError('Aberrations are finite numbers.');
  }
  const astigmatismTurn = (astigmatismAngleDeg * Math.PI) / 180;
  const comaTurn = (comaAngleDeg * Math.PI) / 180;
  return (r, theta) => {
    const square = r * r;
    return (
      astigmatism * Math.sqrt(6) * square * Math.cos(2 * (theta - astigmatismTurn)) +
      coma * Math.sqrt(8) * (3 * square - 2) * r * Math.cos(theta - comaTurn) +
      spherical * Math.sqrt(5) * ((6 * square - 6) * square + 1) +
      secondarySpherical * Math.sqrt(7) * (((20 * square - 30) * square + 12) * square - 1)
    );
  };
}

import { RINGS, type PlaneCorrelation } from '#core/image/PlaneCorrelation';
import { createRandom } from '#core/util/random';

/** A correlation that falls off the faster the finer the detail. */
export function falling(reachUm = 6, distances = 33): PlaneCorrelation {
  const values = Array.from({ length: RINGS }, (_, ring) =>
    Array.from({ length: distances }, (_, d) => {
      const distanceUm = (d * reachUm) / (distances - 1);
      return Math.exp(-((distanceUm * (0.2 + ring / 12)) ** 2));
    }),
  );
  return { reachUm, values };
}

/** Planes of waves of many lengths, each damped by its distance from a depth of its own; with noise. */
export function defocusedStack(
  width: number,
  height: number,
  zUm: readonly number[],
  noise = 0.02,
): { planes: Float32Array<ArrayBuffer>[]; correlation: PlaneCorrelation } {
  const random = createRandom(width * height + zUm.length);
  const waves = Array.from({ length: 40 }, () => ({
    fx: random.between(-0.4, 0.4),
    fy: random.between(-0.4, 0.4),
    phase: random.between(0, 6.3),
    depthUm: random.between(0, 5),
  }));
  const planes = zUm.map((z) =>
    Float32Array.from({ length: width * height }, (_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      const sum = waves.reduce((total, { fx, fy, phase, depthUm }) => {
        const blur = Math.exp(-((8 * (z - depthUm) * Math.hypot(fx, fy)) ** 2) / 40);
        return total + blur * Math.sin(2 * Math.PI * (fx * x + fy * y) + phase);
      }, 0);
      return 0.5 + 0.05 * sum + noise * random.normal();
    }),
  );
  return { planes, correlation: falling() };
}

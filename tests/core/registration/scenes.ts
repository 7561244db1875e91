import type { Plane } from '#core/image/Plane';
import { invertMatrix } from '#core/registration/Matrix3';
import type { Matrix3 } from '#core/registration/Matrix3';
import { mapPoint } from '#core/registration/PlaneMap';
import type { PlaneMap } from '#core/registration/PlaneMap';

/** A seeded stream of numbers from 0 up to 1 (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Gaussian blobs drawn analytically where `toPlane` puts them: pixel `toPlane` (x, y) of the plane
 * has the value that pixel (x, y) of the untransformed scene has. No interpolation is involved.
 */
export function blobScene(size: number, toPlane: Matrix3, seed: number, blobs = 60): Plane {
  return blobSceneSeenBy(size, { matrix: invertMatrix(toPlane) }, seed, blobs);
}

/** The same scene in a plane whose pixel (x, y) has the value of the scene at `toScene` (x, y). */
export function blobSceneSeenBy(size: number, toScene: PlaneMap, seed: number, blobs = 60): Plane {
  const random = seededRandom(seed);
  const { matrix, xy = [0, 0] } = toScene;
  const [[a, b, c], [d, e, f]] = matrix;
  const data = new Float32Array(size * size).fill(10);
  for (let blob = 0; blob < blobs; blob++) {
    const centreX = size * (1.2 * random() - 0.1);
    const centreY = size * (1.2 * random() - 0.1);
    const sigma = 2.5 + 6 * random();
    const height = 40 + 160 * random();
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const dx = a * x + b * y + c + xy[0] * x * y - centreX;
        const dy = d * x + e * y + f + xy[1] * x * y - centreY;
        const exponent = (dx * dx + dy * dy) / (2 * sigma * sigma);
        if (exponent < 20) data[y * size + x] += height * Math.exp(-exponent);
      }
    }
  }
  return { width: size, height: size, data };
}

/** Largest distance in pixels between the images of a 5 x 5 grid under two transforms. */
export function gridErrorPx(
  found: Matrix3 | PlaneMap,
  truth: Matrix3 | PlaneMap,
  width: number,
  height: number,
): number {
  const [ours, theirs] = [found, truth].map((map) => ('matrix' in map ? map : { matrix: map }));
  let largest = 0;
  for (let j = 0; j < 5; j++) {
    for (let i = 0; i < 5; i++) {
      const x = (i * (width - 1)) / 4;
      const y = (j * (height - 1)) / 4;
      const [u, v] = mapPoint(ours, x, y);
      const [s, t] = mapPoint(theirs, x, y);
      largest = Math.max(largest, Math.hypot(u - s, v - t));
    }
  }
  return largest;
}

/** A turn by `degrees` and a scaling about the centre of a square plane, then a shift. */
export function similarity(
  size: number,
  degrees: number,
  scale: number,
  shiftX: number,
  shiftY: number,
): Matrix3 {
  const centre = (size - 1) / 2;
  const cos = scale * Math.cos((degrees * Math.PI) / 180);
  const sin = scale * Math.sin((degrees * Math.PI) / 180);
  return [
    [cos, -sin, centre - cos * centre + sin * centre + shiftX],
    [sin, cos, centre - sin * centre - cos * centre + shiftY],
    [0, 0, 1],
  ];
}

/** Shifts of up to 24 pixels with turns of up to 8 degrees and shears of up to 5 per cent, about the centre. */
export function randomAffine(size: number, seed: number): Matrix3 {
  const random = seededRandom(seed);
  const within = (limit: number): number => limit * (2 * random() - 1);
  const turn = within((8 * Math.PI) / 180);
  const centre = (size - 1) / 2;
  const [a, b] = [Math.cos(turn) + within(0.05), -Math.sin(turn) + within(0.05)];
  const [c, d] = [Math.sin(turn) + within(0.05), Math.cos(turn) + within(0.05)];
  return [
    [a, b, centre * (1 - a - b) + within(24)],
    [c, d, centre * (1 - c - d) + within(24)],
    [0, 0, 1],
  ];
}

/** Small spots on noise of 8 grey levels, seen `shiftX` pixels further to the right. */
export function noisySpots(size: number, shiftX: number, seed: number): Plane {
  const place = seededRandom(seed);
  const spots = Array.from({ length: 60 }, () => ({
    x: size * place() - shiftX,
    y: size * place(),
    sigma: 1.3 + 2 * place(),
    height: 10 + 190 * place(),
  }));
  const random = seededRandom(1000 * seed + 100 * shiftX + 7);
  const data = Float32Array.from({ length: size * size }, (_, i) => {
    let value = 8 * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    for (const spot of spots) {
      const [dx, dy] = [(i % size) - spot.x, Math.floor(i / size) - spot.y];
      const distance = (dx ** 2 + dy ** 2) / (2 * spot.sigma ** 2);
      if (distance < 20) value += spot.height * Math.exp(-distance);
    }
    return value;
  });
  return { width: size, height: size, data };
}

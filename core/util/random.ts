/** A stream of random numbers that depends on its seed alone, on every machine. */
export interface Random {
  /** Uniform in [0, 1), 32 random bits. */
  uniform(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Uniform in the logarithm, in [low, high); both positive. */
  logBetween(low: number, high: number): number;
  /** Whole number in 0 … count - 1. */
  below(count: number): number;
  /** Normal with mean 0 and standard deviation 1. */
  normal(): number;
  /**
   * Poisson with the given mean.
   * @throws RangeError when the mean is negative or not finite
   */
  poisson(mean: number): number;
}

/** Above this mean, counting multiplications is slower than transformed rejection. */
const SMALL_POISSON_MEAN = 30;

/**
 * Makes a random stream from a seed.
 *
 * The generator is sfc32 (Doty-Humphrey, PractRand), its state filled from the seed by a 32-bit
 * mixer; normal values use the polar method (Marsaglia & Bray 1964, doi:10.1137/1006063),
 * Poisson values multiplication of uniforms for small means and transformed rejection for
 * large ones (Hörmann 1993, doi:10.1016/0167-6687(93)90997-4).
 *
 * @param seed any finite number; its whole part below 2^53 counts
 * @throws RangeError when the seed is not finite
 */
export function createRandom(seed: number): Random {
  if (!Number.isFinite(seed)) throw new RangeError('The seed of a random stream must be finite.');
  const uniform = sfc32(seed);
  const normal = polarNormal(uniform);
  return {
    uniform,
    normal,
    between: (low, high) => low + (high - low) * uniform(),
    logBetween: (low, high) => low * (high / low) ** uniform(),
    below: (count) => Math.floor(uniform() * count),
    poisson: (mean) => poisson(mean, uniform),
  };
}

function sfc32(seed: number): () => number {
  const whole = Math.trunc(seed);
  let mixer = whole | 0;
  const high = Math.floor(whole / 2 ** 32) | 0;
  const mix = (): number => {
    mixer = (mixer + 0x9e3779b9) | 0;
    let word = mixer ^ (mixer >>> 16);
    word = Math.imul(word, 0x21f0aaad);
    word ^= word >>> 15;
    word = Math.imul(word, 0x735a2d97);
    return word ^ (word >>> 15);
  };
  let a = mix();
  let b = mix() ^ high;
  let c = mix();
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // The first outputs still show the seed; neighbouring seeds must not give similar specimens.
  for (let i = 0; i < 12; i++) next();
  return next;
}

function polarNormal(uniform: () => number): () => number {
  let spare = 0;
  let hasSpare = false;
  return () => {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    let u = 0;
    let v = 0;
    let square = 0;
    do {
      u = 2 * uniform() - 1;
      v = 2 * uniform() - 1;
      square = u * u + v * v;
    } while (square >= 1 || square === 0);
    const scale = Math.sqrt((-2 * Math.log(square)) / square);
    spare = v * scale;
    hasSpare = true;
    return u * scale;
  };
}

function poisson(mean: number, uniform: () => number): number {
  if (!(mean >= 0) || mean === Infinity) {
    throw new RangeError(`A Poisson mean of ${mean} makes no sense.`);
  }
  return mean < SMALL_POISSON_MEAN ? fewPoisson(mean, uniform) : manyPoisson(mean, uniform);
}

function fewPoisson(mean: number, uniform: () => number): number {
  const limit = Math.exp(-mean);
  let product = uniform();
  let count = 0;
  while (product > limit) {
    product *= uniform();
    count++;
  }
  return count;
}

function manyPoisson(mean: number, uniform: () => number): number {
  const logMean = Math.log(mean);
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const accepted = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = uniform() - 0.5;
    const v = uniform();
    const us = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= accepted) return count;
    if (count < 0 || (us < 0.013 && v > us)) continue;
    const bound = Math.log((v * inverseAlpha) / (a / (us * us) + b));
    if (bound <= count * logMean - mean - logFactorial(count)) return count;
  }
}

/** Natural logarithm of n!, by Stirling's series above 9. */
function logFactorial(n: number): number {
  if (n < 10) {
    let product = 1;
    for (let i = 2; i <= n; i++) product *= i;
    return Math.log(product);
  }
  const x = n + 1;
  const inverse = 1 / (x * x);
  const correction = (1 / 12 - inverse * (1 / 360 - inverse / 1260)) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + correction;
}

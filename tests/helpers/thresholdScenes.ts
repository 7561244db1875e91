import { pixelTypeOf } from '#core/image/PixelType';
import type { Histogram } from '#core/threshold/Histogram';
import { streamHistogram } from '#core/threshold/streamHistogram';
import { seededRandom } from './planes';

/** An integer image for comparisons of thresholds. */
export interface ThresholdScene {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
}

const KINDS = ['disc', 'negative', 'flat', 'sparse', 'saturated', 'column'] as const;

/** Discs, their negatives, shapeless noise, few levels, clipped tops and images one pixel wide. */
export function thresholdScenes(bits: 8 | 16, count: number): ThresholdScene[] {
  return Array.from({ length: count }, (_, seed) => thresholdScene(bits, seed));
}

function thresholdScene(bits: 8 | 16, seed: number): ThresholdScene {
  const random = seededRandom(1000 * bits + seed);
  const kind = KINDS[seed % KINDS.length];
  const width = kind === 'column' ? 1 : 40 + Math.floor(40 * random());
  const height = 40 + Math.floor(40 * random());
  const largest = bits === 8 ? 255 : 65_535;
  const range = bits === 8 ? 255 : 200 + 9000 * random();
  const base = (0.1 + 0.2 * random()) * range;
  const radius = 5 + 12 * random();
  const value = (x: number, y: number): number => {
    const noise = (random() + random() + random() - 1.5) * 0.05 * range;
    const inside = (x - width / 2) ** 2 + (y - height / 2) ** 2 < radius ** 2;
    const signal = base + noise + (inside ? (0.1 + 0.5 * random()) * range : 0);
    if (kind === 'negative') return range - signal;
    if (kind === 'flat') return range * random();
    if (kind === 'sparse') return base + Math.floor(5 * random()) * Math.floor(0.1 * range);
    return kind === 'saturated' ? Math.min(signal, base + 0.3 * range) : signal;
  };
  const length = width * height;
  const values = Array.from({ length }, (_, i) =>
    Math.min(largest, Math.max(0, Math.round(value(i % width, Math.floor(i / width))))),
  );
  const pixels = bits === 8 ? Uint8Array.from(values) : Uint16Array.from(values);
  return {
    name: `${kind} ${seed}, ${pixelTypeOf(pixels)}`,
    width,
    height,
    pixels,
  };
}

const SPREADS = ['tail', 'dark', 'two', 'comb', 'uniform', 'saturated'] as const;

/** 16-bit noise over thousands of levels, of shapes that suit and that do not suit each method. */
export function wideThresholdScenes(count: number): ThresholdScene[] {
  return Array.from({ length: count }, (_, seed) => {
    const random = seededRandom(77 + seed);
    const kind = SPREADS[seed % SPREADS.length];
    const [width, height] = [50 + Math.floor(30 * random()), 60];
    const base = Math.floor(2000 * random());
    const range = seed % 20 === 4 ? 60_000 : 1500 + 9000 * random();
    const value = (): number => {
      const tail = Math.min(range, 0.1 * range * (random() - Math.log(1 - random())));
      if (kind === 'tail') return tail;
      if (kind === 'dark') return range - tail;
      if (kind === 'two') return range * ((random() < 0.3 ? 0.6 : 0) + 0.2 * (random() + random()));
      if (kind === 'comb') return 37 * Math.floor(tail / 37);
      return kind === 'uniform' ? range * random() : Math.min(tail, 0.2 * range);
    };
    const pixels = Uint16Array.from({ length: width * height }, () => Math.round(base + value()));
    return { name: `${kind} ${seed}`, width, height, pixels };
  });
}

/** Histogram of a scene in its own pixel type. */
export function sceneHistogram({ width, pixels }: ThresholdScene): Promise<Histogram> {
  return streamHistogram(1, width, () => Promise.resolve(pixels));
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { backgroundUnder, type ROLLING_BALL_VARIANTS } from '#core/background/backgroundUnder';
import { subtractBackground } from '#core/background/subtractBackground';
import { gaussianBlur } from '#core/image/gaussianBlur';
import type { Interpolation } from '#core/filter/resampleWeights';
import { resizePlane } from '#core/filter/resizePlane';
import type { Plane } from '#core/image/Plane';
import { toPixelType } from '#core/image/toPixelType';

interface Result {
  readonly operation: string;
  readonly by: string;
  readonly samples: readonly number[];
}

const { width, height, input, results } = JSON.parse(
  readFileSync('tests/fixtures/algorithms/filters.json', 'utf8'),
) as { width: number; height: number; input: number[]; results: Result[] };
const plane: Plane = { width, height, data: Float32Array.from(input) };

function withoutBackground(variant: (typeof ROLLING_BALL_VARIANTS)[number], radiusPx: number) {
  const how = { variant, radiusPx, smooth: true, lightBackground: false };
  const background = backgroundUnder(plane, how);
  const cut = variant === 'imagej' ? background.data : background.data.map(Math.trunc);
  const kind = { pixelType: 'uint16', lightBackground: false } as const;
  return toPixelType(subtractBackground(plane, { ...background, data: cut }, kind).data, 'uint16');
}

function operate(operation: string): ArrayLike<number> {
  const [name, how, ...numbers] = operation.split(' ');
  if (name === 'blur') return gaussianBlur(plane, Number(how)).data;
  const [first, second] = numbers.map(Number);
  if (name === 'ball') return withoutBackground(how as 'imagej', first);
  return resizePlane(plane, { width: first, height: second }, how as Interpolation).data;
}

describe('what other programs make of a plane', () => {
  it.each(results)('is made here too: $operation ($by)', ({ operation, samples }) => {
    const ours = operate(operation);
    expect(ours).toHaveLength(samples.length);
    const allowed = operation.startsWith('ball') ? 0 : 2e-7 * Math.max(...samples);
    samples.forEach((value, i) => expect(Math.abs(ours[i] - value)).toBeLessThanOrEqual(allowed));
  });
});

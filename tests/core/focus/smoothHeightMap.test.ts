import { describe, expect, it } from 'vitest';
import { smoothHeightMap } from '#core/focus/smoothHeightMap';

describe('smoothHeightMap', () => {
  it('removes a single outlier and keeps a straight edge', () => {
    const rows = [
      [1, 1, 5, 5],
      [1, 60, 5, 5],
      [1, 1, 5, 5],
    ];
    const data = Uint16Array.from(rows.flat());
    const { data: smooth } = smoothHeightMap({ width: 4, height: 3, data });
    expect([...smooth]).toEqual([1, 1, 5, 5, 1, 1, 5, 5, 1, 1, 5, 5]);
  });

  it('leaves a map of one pixel alone', () => {
    const map = { width: 1, height: 1, data: Uint16Array.of(3) };
    expect(smoothHeightMap(map)).toEqual(map);
  });
});

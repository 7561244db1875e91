import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fileName,
  folderName,
  formatBytes,
  formatDuration,
  formatFigure,
  formatValue,
  shortFigure,
} from '#renderer/components/format';
import { parseQuantity, unitLabel } from '#renderer/components/quantity';

describe('values', () => {
  it.each([
    [412, 'uint16', '412'],
    [0.7421, 'float32', '0.7421'],
    [0, 'float32', '0'],
    [2904.1234, 'float32', '2904'],
    [0.00001234, 'float32', '1.234e-5'],
    [NaN, 'float32', 'NaN'],
    [Infinity, 'float32', '∞'],
  ] as const)('shows %s of %s as %s', (value, type, text) => {
    expect(formatValue(value, type)).toBe(text);
  });

  it('shows figures that are no numbers as such', () => {
    expect([30.912, Infinity, -Infinity, NaN].map((value) => formatFigure(value, 1))).toEqual([
      '30.9',
      '∞',
      '-∞',
      '–',
    ]);
  });

  it('shows times and sizes in the unit that people read', () => {
    expect([0.2, 4.4, 130, 3900].map(formatDuration)).toEqual([
      '1 s',
      '4 s',
      '2 min 10 s',
      '1 h 5 min',
    ]);
    expect([4e8, 2e9].map(formatBytes)).toEqual(['400 MB', '2.0 GB']);
  });

  it('takes paths of both kinds of system apart', () => {
    expect([fileName('/a/b.tif'), fileName('C:\\a\\b.tif')]).toEqual(['b.tif', 'b.tif']);
    expect(folderName('/a/c/b.tif')).toBe('/a/c');
  });
});

describe('quantities', () => {
  it.each([
    ['500 nm', 'um', 0.5],
    ['0.5', 'um', 0.5],
    ['0,5 µm', 'um', 0.5],
    ['1 mm', 'um', 1000],
    ['0.2um', 'nm', 200],
    ['3 px', 'px', 3],
    ['-1e-2', null, -0.01],
  ])('reads "%s" in a field of %s as %s', (text, unit, value) => {
    expect(parseQuantity(text, unit)).toBe(value);
  });

  it.each([
    ['', 'um'],
    ['five', 'um'],
    ['5 px', 'um'],
    ['5 nm', null],
    ['1 2', 'um'],
    ['5 s', 'um'],
  ])('refuses "%s" in a field of %s', (text, unit) => {
    expect(parseQuantity(text, unit)).toBeNull();
  });

  it('reads back every number that a field of micrometres shows, also in nanometres', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), (nm) => {
        expect(parseQuantity(`${nm} nm`, 'um')).toBeCloseTo(nm / 1000, 9);
        expect(parseQuantity(String(nm / 1000), 'um')).toBe(nm / 1000);
      }),
    );
  });

  it('writes micrometres with their letter', () => {
    expect([unitLabel('um'), unitLabel('px')]).toEqual(['µm', 'px']);
  });
});

describe('a short figure', () => {
  it('drops decimals that a failed measurement only pretends to have', () => {
    expect([shortFigure(12.345, 2), shortFigure(-496551.129, 3)]).toEqual(['12.35', '-5.0e5']);
    expect([shortFigure(NaN, 2), shortFigure(Infinity, 2)]).toEqual(['–', '∞']);
  });
});

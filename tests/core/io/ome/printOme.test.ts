import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Calibration, Channel } from '#core/image/Calibration';
import { unknownCalibration } from '#core/image/Calibration';
import { parseOme } from '#core/io/ome/parseOme';
import { printOme } from '#core/io/ome/printOme';
import type { OmeToPrint } from '#core/io/ome/printOme';

const known = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
const length = fc.option(known);
const text = fc.string({ unit: 'grapheme' });

const channel: fc.Arbitrary<Channel> = fc.record({
  // A blank name says nothing, and line ends have no place in a name.
  name: fc.option(text.filter((name) => name.trim() !== '' && !/[\r\n\t]/u.test(name))),
  excitationNm: length,
  emissionNm: length,
});

const calibration = (c: number): fc.Arbitrary<Calibration> =>
  fc.record({
    pixelSizeUm: fc.record({ x: length, y: length, z: length }),
    zPositionsUm: fc.constant(null),
    timeStepS: length,
    channels: fc.array(channel, { minLength: c, maxLength: c }),
    objective: fc.record({
      numericalAperture: length,
      magnification: length,
      immersionIndex: length,
    }),
  });

const size = fc.integer({ min: 1, max: 4 });

const ome: fc.Arbitrary<OmeToPrint> = size.chain((c) =>
  fc.record({
    name: text.filter((name) => name.trim() !== '' && !/[\r\n\t]/u.test(name)),
    shape: fc.record({ t: size, c: fc.constant(c), z: size, y: size, x: size }),
    pixelType: fc.constantFrom('uint8', 'uint16', 'float32'),
    calibration: calibration(c),
    version: fc.constant('1.2.3'),
    historyText: fc.option(text.filter((history) => !history.includes('\r'))),
    valueMapping: fc.option(fc.record({ offset: known, scale: known })),
    notes: fc.array(text.filter((note) => !/[\r\n\t]/u.test(note) && note.trim() === note)),
    pixelSha256: fc.option(fc.constant('ab12')),
  }),
);

function plain(changes: Partial<OmeToPrint> = {}): OmeToPrint {
  return {
    name: 'a',
    shape: { t: 1, c: 1, z: 3, y: 2, x: 2 },
    pixelType: 'uint16',
    calibration: unknownCalibration(1),
    version: '1.2.3',
    historyText: null,
    valueMapping: null,
    notes: [],
    pixelSha256: null,
    ...changes,
  };
}

describe('printOme', () => {
  it('prints what parseOme reads back, whatever is known', () => {
    fc.assert(
      fc.property(ome, (printed) => {
        const image = parseOme(printOme(printed)).images[0];
        expect(image).toMatchObject({
          name: printed.name,
          sizeZ: printed.shape.z,
          sizeC: printed.shape.c,
          sizeT: printed.shape.t,
          calibration: printed.calibration,
          historyText: printed.historyText,
          valueMapping: printed.valueMapping,
          notes: printed.notes,
          pixelSha256: printed.pixelSha256,
        });
      }),
      { numRuns: 300 },
    );
  });

  it('keeps positions of planes that are not evenly spaced', () => {
    const zPositionsUm = [0, 0.3, 0.7];
    const printed = plain({ calibration: { ...unknownCalibration(1), zPositionsUm } });
    const image = parseOme(printOme(printed)).images[0];
    expect(image?.calibration.zPositionsUm).toEqual(zPositionsUm);
    expect(image?.calibration.pixelSizeUm.z).toBeNull();
  });

  it('says nothing about what nobody knows', () => {
    expect(printOme(plain())).not.toMatch(
      /PhysicalSize|TimeIncrement|Wavelength|Objective|Plane /u,
    );
  });

  it('is pure ASCII where the texts are', () => {
    const pixelSizeUm = { x: 0.1, y: 0.1, z: 0.2 };
    const printed = printOme(plain({ calibration: { ...unknownCalibration(1), pixelSizeUm } }));
    expect(printed).toMatch(/^[\n\x20-\x7e]*$/u);
  });

  it('replaces characters that XML cannot hold', () => {
    const name = 'a\u0000b\ud800c\ufffed';
    expect(parseOme(printOme(plain({ name }))).images[0]?.name).toBe('a\ufffdb\ufffdc\ufffdd');
  });
});

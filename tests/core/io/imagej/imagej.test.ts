import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unknownCalibration } from '#core/image/Calibration';
import { EMPTY_IMAGEJ_METADATA } from '#core/io/imagej/ImageJMetadata';
import { calibrationFromImageJ } from '#core/io/imagej/calibrationFromImageJ';
import type { TiffResolution } from '#core/io/imagej/calibrationFromImageJ';
import { parseInfoProperties, printInfoProperties } from '#core/io/imagej/infoProperties';
import { parseImageJDescription } from '#core/io/imagej/parseImageJDescription';
import { parseImageJMetadata } from '#core/io/imagej/parseImageJMetadata';
import { printImageJDescription } from '#core/io/imagej/printImageJDescription';
import { printImageJMetadata } from '#core/io/imagej/printImageJMetadata';
import { fullCalibration } from '#tests/helpers/rampStack';

const SHAPE = { t: 2, c: 2, z: 3, y: 4, x: 5 };
const TEN_PER_UNIT: TiffResolution = { x: [10, 1], y: [5, 1], unit: 1 };

function described(text: string) {
  const description = parseImageJDescription(text);
  if (!description) throw new Error('not ImageJ');
  return description;
}

function sizes(text: string, resolution: TiffResolution) {
  const { calibration } = calibrationFromImageJ(
    described(`ImageJ=1.54f\n${text}`),
    resolution,
    EMPTY_IMAGEJ_METADATA,
    SHAPE,
  );
  return calibration.pixelSizeUm;
}

describe('parseImageJDescription', () => {
  it('reads a hyperstack as ImageJ describes it', () => {
    const text =
      'ImageJ=1.54f\nimages=12\nchannels=2\nslices=3\nframes=2\nhyperstack=true\nmode=composite\n' +
      'unit=\\u00B5m\nfinterval=1.5\nspacing=0.2\nloop=false\nmin=3.0\nmax=255.0\n';
    expect(described(text)).toMatchObject({
      version: '1.54f',
      images: 12,
      channels: 2,
      slices: 3,
      frames: 2,
      hyperstack: true,
      mode: 'composite',
      unit: 'µm',
      spacing: 0.2,
      frameInterval: 1.5,
      min: 3,
      max: 255,
      valueMapping: null,
    });
  });

  it('reads the straight line of a density calibration', () => {
    expect(described('ImageJ=1.54f\ncf=0\nc0=-32768.0\nc1=1.0\nvunit=Gray Value\n')).toMatchObject({
      valueMapping: { offset: -32768, scale: 1 },
      valueUnit: 'Gray Value',
    });
    expect(described('ImageJ=1.54f\ncf=1\nc0=1\nc1=2\n').valueMapping).toBeNull();
  });

  it('takes nonsense for unstated', () => {
    expect(described('ImageJ=\nimages=-3\nslices=2.5\nspacing=abc\nunit=\nfoo')).toMatchObject({
      images: null,
      slices: null,
      spacing: null,
      unit: null,
    });
  });

  it('leaves texts of others alone', () => {
    expect(parseImageJDescription('<?xml version="1.0"?><OME/>')).toBeNull();
    expect(parseImageJDescription('')).toBeNull();
  });
});

describe('calibrationFromImageJ', () => {
  it.each([
    ['unit=um\nspacing=0.3', TEN_PER_UNIT, { x: 0.1, y: 0.2, z: 0.3 }],
    [
      'unit=nm\nspacing=300',
      { ...TEN_PER_UNIT, y: [1, 200] as const },
      { x: 0.0001, y: 0.2, z: 0.3 },
    ],
    ['unit=micron\nspacing=-0.3', TEN_PER_UNIT, { x: 0.1, y: 0.2, z: 0.3 }],
    ['unit=um\nzunit=nm\nspacing=300', TEN_PER_UNIT, { x: 0.1, y: 0.2, z: 0.3 }],
    ['unit=um', TEN_PER_UNIT, { x: 0.1, y: 0.2, z: null }],
    ['unit=pixel\nspacing=2', TEN_PER_UNIT, { x: null, y: null, z: null }],
    ['spacing=2', TEN_PER_UNIT, { x: null, y: null, z: null }],
    ['unit=um\nspacing=0.3', { x: [1, 1], y: null, unit: 1 }, { x: null, y: null, z: 0.3 }],
    ['unit=um', { x: [1000000, 1000000], y: [0, 1], unit: 1 }, { x: 1, y: null, z: null }],
    ['', { x: [100000, 1], y: [50000, 1], unit: 3 }, { x: 0.1, y: 0.2, z: null }],
    ['', { x: [72, 1], y: [96, 1], unit: 2 }, { x: null, y: null, z: null }],
    ['', { x: [254000, 1], y: [1, 0], unit: 2 }, { x: 0.1, y: null, z: null }],
  ] as const)('for "%s" and %o finds %o', (text, resolution, expected) => {
    const found = sizes(text, resolution);
    for (const axis of ['x', 'y', 'z'] as const) {
      if (expected[axis] === null) expect(found[axis]).toBeNull();
      else expect(found[axis]).toBeCloseTo(expected[axis], 12);
    }
  });

  it('takes channel names from labels that all planes of a channel share', () => {
    const names = (labels: readonly string[]) =>
      calibrationFromImageJ(
        described('ImageJ=1.54f\n'),
        TEN_PER_UNIT,
        { ...EMPTY_IMAGEJ_METADATA, labels },
        SHAPE,
      ).calibration.channels.map((channel) => channel.name);
    const labels: string[] = Array.from({ length: 12 }, (_, i) =>
      i % 2 === 0 ? 'DAPI\nmore' : 'GFP',
    );
    expect(names(labels)).toEqual(['DAPI', 'GFP']);
    expect(names(labels.with(7, 'slice 7'))).toEqual([null, null]);
    expect(names(labels.slice(0, 11))).toEqual([null, null]);
    expect(names(labels.map(() => 'same.tif'))).toEqual([null, null]);
  });

  it('reads a frame interval, or its inverse', () => {
    const step = (text: string) =>
      calibrationFromImageJ(
        described(`ImageJ=1.54f\n${text}`),
        TEN_PER_UNIT,
        EMPTY_IMAGEJ_METADATA,
        SHAPE,
      ).calibration.timeStepS;
    expect(step('finterval=200\ntunit=ms')).toBe(0.2);
    expect(step('fps=4')).toBe(0.25);
    expect(step('fps=0')).toBeNull();
  });
});

describe('printImageJDescription', () => {
  it('prints what parseImageJDescription reads', () => {
    const text = printImageJDescription(SHAPE, fullCalibration(['a', 'b']), {
      offset: 1,
      scale: 2,
    });
    expect(described(text)).toMatchObject({
      images: 12,
      channels: 2,
      slices: 3,
      frames: 2,
      hyperstack: true,
      unit: 'um',
      spacing: 0.2,
      frameInterval: 1.5,
      valueMapping: { offset: 1, scale: 2 },
    });
  });

  it('names neither unit nor spacing where no length is known', () => {
    const description = described(printImageJDescription(SHAPE, unknownCalibration(2), null));
    expect(description).toMatchObject({ unit: null, spacing: null, frameInterval: null });
  });

  it('states the mean distance of planes that are not evenly spaced', () => {
    const calibration = { ...unknownCalibration(1), zPositionsUm: [0, 0.3, 1] };
    expect(described(printImageJDescription(SHAPE, calibration, null)).spacing).toBe(0.5);
  });
});

describe('the private tags of ImageJ', () => {
  it('read as they were printed', () => {
    const anyText = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.option(anyText), fc.array(anyText), (info, labels) => {
        const tags = printImageJMetadata(info, labels);
        const read = tags
          ? parseImageJMetadata(tags.bytes, tags.byteCounts, false)
          : EMPTY_IMAGEJ_METADATA;
        expect(read).toEqual({ info, labels, ranges: [], luts: [] });
      }),
    );
  });

  it('read in little-endian files, with ranges and tables', () => {
    const view = new DataView(new ArrayBuffer(4 + 16 + 32 + 768));
    view.setUint32(0, 0x494a494a, true);
    view.setUint32(4, 0x72616e67, true);
    view.setUint32(8, 1, true);
    view.setUint32(12, 0x6c757473, true);
    view.setUint32(16, 1, true);
    [1, 2, 3, 4.5].forEach((value, i) => view.setFloat64(20 + i * 8, value, true));
    view.setUint8(52, 7);
    const read = parseImageJMetadata(new Uint8Array(view.buffer), [20, 32, 768], true);
    expect(read.ranges).toEqual([
      { min: 1, max: 2 },
      { min: 3, max: 4.5 },
    ]);
    expect(read.luts).toHaveLength(1);
    expect(read.luts[0]?.[0]).toBe(7);
  });

  it('read as far as they go, whatever the bytes', () => {
    const { bytes, byteCounts } = printImageJMetadata('info', ['a', 'b']) ?? {};
    if (!bytes || !byteCounts) throw new Error('nothing printed');
    expect(parseImageJMetadata(bytes.slice(0, -1), byteCounts, false)).toMatchObject({
      info: 'info',
      labels: ['a'],
    });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.array(fc.nat()), (noise, counts) => {
        const damaged = Uint8Array.from([...bytes.slice(0, 4), ...noise]);
        expect(parseImageJMetadata(damaged, counts, false).luts.length).toBeLessThan(100);
      }),
    );
  });
});

describe('the info text', () => {
  it('keeps what ImageJ TIFF has no place for', () => {
    const calibration = { ...fullCalibration(['DAPI', 'a "b"\nµ']), zPositionsUm: [0, 0.3, 0.7] };
    const text = printInfoProperties(calibration, { offset: -1.5, scale: 1e-9 }, 'a = b("x")\n');
    const read = parseInfoProperties(`Title: x\r\n${text}Other = 3\n`, 2);
    expect(read).toEqual({
      channelNames: ['DAPI', 'a "b"\nµ'],
      excitationNm: [405, 488],
      emissionNm: [461, 509],
      numericalAperture: 1.4,
      magnification: 63,
      immersionIndex: 1.518,
      zPositionsUm: [0, 0.3, 0.7],
      valueMapping: { offset: -1.5, scale: 1e-9 },
      historyText: 'a = b("x")\n',
    });
  });

  it('is empty where there is nothing to keep', () => {
    expect(printInfoProperties(unknownCalibration(3), null, null)).toBe('');
  });

  it('takes a name as it stands when somebody edited it by hand', () => {
    expect(parseInfoProperties('axial.channel.1.name = DAPI', 1).channelNames).toEqual(['DAPI']);
  });
});

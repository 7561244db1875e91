import { describe, expect, it } from 'vitest';
import { parseOme } from '#core/io/ome/parseOme';
import { isAxialError } from '#core/util/errors';

const SIZES =
  'DimensionOrder="XYZCT" Type="uint16" SizeX="5" SizeY="4" SizeZ="3" SizeC="1" SizeT="1"';

function document(pixelAttributes: string, children = '', before = '', after = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" UUID="urn:uuid:1">${before}
<Image ID="Image:0" Name="cell">${after}<Pixels ID="Pixels:0" ${pixelAttributes}>${children}<TiffData/></Pixels></Image></OME>`;
}

function readOnly(xml: string) {
  const image = parseOme(xml).images[0];
  if (!image) throw new Error('no image');
  return image;
}

function planes(positions: readonly string[]): string {
  return positions.map((p, z) => `<Plane TheZ="${z}" TheC="0" TheT="0" ${p}/>`).join('');
}

describe('parseOme', () => {
  it('reads sizes, order, type, name and the identity of the file', () => {
    const ome = parseOme(document(SIZES));
    expect(ome.uuid).toBe('urn:uuid:1');
    expect(ome.images[0]).toMatchObject({
      name: 'cell',
      dimensionOrder: 'XYZCT',
      sizeX: 5,
      sizeY: 4,
      sizeZ: 3,
      sizeC: 1,
      sizeT: 1,
      type: 'uint16',
    });
  });

  it.each([
    ['0.1', '', 0.1],
    ['65', 'nm', 0.065],
    ['0.1', '&#181;m', 0.1],
    ['0.1', 'μm', 0.1],
    ['0.1', 'um', 0.1],
    ['0.001', 'mm', 1],
    ['2e-6', 'm', 2],
    ['1000', 'Å', 0.1],
    ['100000', 'pm', 0.1],
    ['2', 'in', 50800],
    ['1', 'pixel', null],
    ['1', 'reference frame', null],
    ['0', 'nm', null],
    ['-1', 'nm', null],
    ['NaN', 'nm', null],
  ])('turns a pixel size of %s %s into %s um', (value, unit, expected) => {
    const unitAttribute = unit === '' ? '' : `PhysicalSizeXUnit="${unit}"`;
    const image = readOnly(document(`${SIZES} PhysicalSizeX="${value}" ${unitAttribute}`));
    expect(image.calibration.pixelSizeUm.x).toBe(expected);
  });

  it('leaves lengths that nobody stated unknown', () => {
    expect(readOnly(document(SIZES)).calibration).toEqual({
      pixelSizeUm: { x: null, y: null, z: null },
      zPositionsUm: null,
      timeStepS: null,
      channels: [{ name: null, excitationNm: null, emissionNm: null }],
      objective: { numericalAperture: null, magnification: null, immersionIndex: null },
    });
  });

  it('turns even plane positions into a step, and keeps uneven ones relative to the first plane', () => {
    const unit = 'PositionZUnit="nm"';
    const even = readOnly(
      document(
        SIZES,
        planes([
          `PositionZ="900" ${unit}`,
          `PositionZ="1200.1" ${unit}`,
          `PositionZ="1500" ${unit}`,
        ]),
      ),
    );
    expect(even.calibration.pixelSizeUm.z).toBeCloseTo(0.3, 12);
    expect(even.calibration.zPositionsUm).toBeNull();
    const uneven = readOnly(
      document(
        SIZES,
        planes([`PositionZ="900" ${unit}`, `PositionZ="1200" ${unit}`, `PositionZ="1600" ${unit}`]),
      ),
    );
    expect(uneven.calibration.pixelSizeUm.z).toBeNull();
    expect(uneven.calibration.zPositionsUm).toEqual([0, 0.3, 0.7]);
  });

  it('ignores positions in reference frames, constant ones, and sets with gaps', () => {
    const frames = planes(
      ['', '', ''].map((_, i) => `PositionZ="${i * i}" PositionZUnit="reference frame"`),
    );
    const constant = planes(['', '', ''].map(() => 'PositionZ="7" PositionZUnit="um"'));
    const gap = planes([
      'PositionZ="0" PositionZUnit="um"',
      '',
      'PositionZ="5" PositionZUnit="um"',
    ]);
    for (const children of [frames, constant, gap]) {
      const { calibration } = readOnly(document(`${SIZES} PhysicalSizeZ="0.5"`, children));
      expect(calibration.zPositionsUm).toBeNull();
      expect(calibration.pixelSizeUm.z).toBe(0.5);
    }
  });

  it('reads channels, wavelengths, objective and time step', () => {
    const image = readOnly(
      document(
        `${SIZES.replace('SizeC="1"', 'SizeC="2"')} TimeIncrement="250" TimeIncrementUnit="ms"`,
        '<Channel Name="DAPI" ExcitationWavelength="405" EmissionWavelength="0.461" EmissionWavelengthUnit="µm"/><Channel Name="A &amp; B"/>',
        '<Instrument ID="Instrument:0"><Objective ID="Objective:0" LensNA="0.5"/><Objective ID="Objective:1" LensNA="1.4" NominalMagnification="63" Immersion="Oil"/></Instrument>',
        '<ObjectiveSettings ID="Objective:1" RefractiveIndex="1.518"/>',
      ),
    );
    expect(image.calibration).toMatchObject({
      timeStepS: 0.25,
      channels: [
        { name: 'DAPI', excitationNm: 405, emissionNm: 461 },
        { name: 'A & B', excitationNm: null, emissionNm: null },
      ],
      objective: { numericalAperture: 1.4, magnification: 63, immersionIndex: 1.518 },
    });
  });

  it('repeats a channel for each sample it covers', () => {
    const image = readOnly(
      document(
        SIZES.replace('SizeC="1"', 'SizeC="3"'),
        '<Channel Name="RGB" SamplesPerPixel="3"/>',
      ),
    );
    expect(image.samplesPerPixel).toEqual([3]);
    expect(image.calibration.channels.map((channel) => channel.name)).toEqual([
      'RGB',
      'RGB',
      'RGB',
    ]);
  });

  it('reads TiffData with their defaults and files of a set', () => {
    const image = readOnly(
      document(
        SIZES,
        '<TiffData IFD="4"/><TiffData IFD="7" PlaneCount="2" FirstZ="1" FirstC="2" FirstT="3"><UUID FileName="b.ome.tif">urn:uuid:2</UUID></TiffData>',
      ),
    );
    const origin = { firstZ: 0, firstC: 0, firstT: 0, fileName: null, uuid: null };
    expect(image.tiffData).toEqual([
      { ...origin, ifd: 4, planeCount: 1 },
      {
        ifd: 7,
        planeCount: 2,
        firstZ: 1,
        firstC: 2,
        firstT: 3,
        fileName: 'b.ome.tif',
        uuid: 'urn:uuid:2',
      },
      { ...origin, ifd: 0, planeCount: null },
    ]);
  });

  it('reads a document of 2008 with a namespace prefix and channels in the image', () => {
    const image = readOnly(
      `<OME:OME xmlns:OME="http://www.openmicroscopy.org/Schemas/OME/2008-02"><OME:Image ID="Image:1">
       <OME:LogicalChannel ID="LogicalChannel:0" Name="GFP" EmWave="509" ExWave="488"/>
       <OME:Pixels PixelType="Uint8" DimensionOrder="XYCTZ" SizeX="1" SizeY="1" SizeZ="2" SizeC="1" SizeT="1" PhysicalSizeX="0.2">
       <OME:TiffData IFD="0" NumPlanes="2"/>
       <OME:Plane TheZ="0" TheC="0" TheT="0"><OME:StagePosition PositionZ="1"/></OME:Plane>
       <OME:Plane TheZ="1" TheC="0" TheT="0"><OME:StagePosition PositionZ="1.5"/></OME:Plane>
       </OME:Pixels></OME:Image></OME:OME>`,
    );
    expect(image).toMatchObject({
      type: 'uint8',
      dimensionOrder: 'XYCTZ',
      tiffData: [{ planeCount: 2 }],
    });
    expect(image.calibration.pixelSizeUm).toEqual({ x: 0.2, y: null, z: 0.5 });
    expect(image.calibration.channels).toEqual([
      { name: 'GFP', excitationNm: 488, emissionNm: 509 },
    ]);
  });

  it('names the companion file of a binary-only file', () => {
    const ome = parseOme(
      '<OME UUID="a"><BinaryOnly MetadataFile="set.companion.ome" UUID="b"/></OME>',
    );
    expect(ome).toEqual({ images: [], uuid: 'a', metadataFile: 'set.companion.ome' });
  });

  it.each([
    ['cut off', '<OME><Image><Pixels SizeX="3"'],
    ['badly nested', '<OME><Image></OME></Image>'],
    ['empty', ''],
    ['plain text', 'ImageJ=1.54f'],
    ['of another kind', '<svg/>'],
    ['without sizes', '<OME><Image><Pixels DimensionOrder="XYZCT"/></Image></OME>'],
    ['with a size of 0', document(SIZES.replace('SizeX="5"', 'SizeX="0"'))],
    ['with a size that is no number', document(SIZES.replace('SizeX="5"', 'SizeX="1e99"'))],
    ['too deep', `<OME>${'<a>'.repeat(500)}${'</a>'.repeat(500)}</OME>`],
    [
      'an entity bomb',
      `<!DOCTYPE OME [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><OME>&b;&b;</OME>`,
    ],
  ])('refuses a text that is %s as damaged, with a remedy', (_, xml) => {
    let caught: unknown;
    try {
      parseOme(xml);
    } catch (error) {
      caught = error;
    }
    expect(isAxialError(caught, 'DamagedFileError')).toBe(true);
    expect(isAxialError(caught) && caught.remedy).not.toBe('');
  });

  it.each([
    ['SizeC', '99999999999', 'planes'],
    ['SizeC', '2147483647', 'planes'],
    ['SizeC', '1000000', 'channels'],
    ['SizeT', '4000000000', 'planes'],
  ])('refuses at once when %s is %s', (axis, size, what) => {
    const start = Date.now();
    const xml = document(SIZES).replace(new RegExp(`${axis}="\\d+"`, 'u'), `${axis}="${size}"`);
    expect(() => parseOme(xml)).toThrow(new RegExp(`promises \\d+ ${what}`, 'u'));
    expect(Date.now() - start).toBeLessThan(1000);
  });

  it('refuses an enormous text at once', () => {
    const text = `<OME>${'<a/>'.repeat(9e6)}</OME>`;
    const start = Date.now();
    expect(() => parseOme(text)).toThrow(/characters/u);
    expect(Date.now() - start).toBeLessThan(1000);
  });

  it('accepts trailing zero bytes and a byte order mark', () => {
    expect(readOnly(`\uFEFF${document(SIZES)}\0\0\n`).sizeX).toBe(5);
  });
});

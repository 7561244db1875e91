/** What tifffile reads in the OME-XML of a file. */
export interface Facts {
  readonly shape: { readonly [axis in 't' | 'c' | 'z' | 'y' | 'x']: number };
  /** x, y, z; `null` where nothing is stated. */
  readonly pixelSizeUm: readonly (number | null)[];
  readonly zPositionsUm: readonly number[] | null;
  readonly timeStepS: number | null;
  /** Name, excitation and emission in nm. */
  readonly channels: readonly (readonly (string | number | null)[])[];
  /** Numerical aperture, magnification, immersion, refractive index. */
  readonly objective: readonly (string | number | null)[];
}

const UNEVEN_UM = [0, 0.3, 0.7, 1.5, 1.8];
const DAPI = ['DAPI', 405, 461];
const GFP = ['GFP', 488, 509];
const UNNAMED = [null, null, null];

const EVEN: Facts = {
  shape: { t: 3, c: 2, z: 5, y: 16, x: 20 },
  pixelSizeUm: [0.1, 0.12, 0.3],
  zPositionsUm: null,
  timeStepS: 2.5,
  channels: [DAPI, GFP],
  objective: [1.4, 63, 'Oil', 1.518],
};
const UNEVEN: Facts = { ...EVEN, pixelSizeUm: [0.1, 0.12, null], zPositionsUm: UNEVEN_UM };

/** What the inputs that tests/reference/command/calibrated.py writes state, by their names. */
export const INPUTS = { even: EVEN, uneven: UNEVEN };

/** What a command changes in what is stated; the rest has to survive it. */
export interface Change {
  readonly shape?: Partial<Facts['shape']>;
  readonly both?: Partial<Facts>;
  readonly even?: Partial<Facts>;
  readonly uneven?: Partial<Facts>;
}

interface Case {
  /** The command line; IN is the input, OUT the folder for results. */
  readonly line: string;
  /** A macro that the line runs, for commands without a verb. */
  readonly macro?: string;
  /** Changes by the name of the result. */
  readonly results: { readonly [file: string]: Change };
}

const NO_Z: Change = {
  shape: { z: 1 },
  even: { pixelSizeUm: [0.1, 0.12, null] },
  uneven: { zPositionsUm: null },
};
const SAME: Change = {};

const one = (verb: string, change: Change, options = ''): Case => ({
  line: `${verb} IN ${options} -o OUT/a.ome.tif`,
  results: { 'a.ome.tif': change },
});
const played = (call: string, change: Change): Case => ({
  line: 'run OUT/macro.axial -o OUT/a.ome.tif',
  macro: `stack = file.open(path="IN")\nmade = ${call}\nreturn made\n`,
  results: { 'a.ome.tif': change },
});
const zSwapped = (even: Facts['pixelSizeUm'], uneven: Facts['pixelSizeUm']): Change => ({
  even: { pixelSizeUm: even },
  uneven: { pixelSizeUm: uneven, zPositionsUm: null },
});

/** At least one call of every command that makes a stack of another. */
export const CASES: { readonly [command: string]: readonly Case[] } = {
  'file.open': [
    one(
      'convert',
      {
        both: { pixelSizeUm: [0.2, 0.2, 0.5], zPositionsUm: null },
      },
      '--pixel-size-um 0.2 --z-step-um 0.5',
    ),
    one('convert', SAME),
  ],
  'image.convertType': [
    one('convert', SAME, '--pixel-type float32'),
    one('convert', SAME, '--pixel-type uint8'),
  ],
  'process.applyModel': [one('apply', SAME, '--model OUT/../model')],
  'image.setCalibration': [
    played('image.setCalibration(stack, pixelSizeUm=0.2, zStepUm=null)', {
      even: { pixelSizeUm: [0.2, 0.2, 0.3] },
      uneven: { pixelSizeUm: [0.2, 0.2, null] },
    }),
    played('image.setCalibration(stack, pixelSizeUm=null, zStepUm=0.5)', {
      both: { pixelSizeUm: [0.1, 0.12, 0.5], zPositionsUm: null },
    }),
  ],
  'image.crop': [one('crop', { shape: { y: 9, x: 7 } }, '--x 3 --y 2 --width 7 --height 9')],
  'image.scale': [
    one(
      'scale',
      {
        shape: { y: 8, x: 10 },
        even: { pixelSizeUm: [0.2, 0.24, 0.3] },
        uneven: { pixelSizeUm: [0.2, 0.24, null] },
      },
      '--factor 0.5',
    ),
    one(
      'scale',
      {
        shape: { y: 8, x: 40 },
        even: { pixelSizeUm: [0.05, 0.24, 0.3] },
        uneven: { pixelSizeUm: [0.05, 0.24, null] },
      },
      '--width 40 --height 8',
    ),
  ],
  'image.substack': [
    one(
      'substack',
      {
        shape: { z: 3, c: 1 },
        both: { channels: [GFP] },
        even: { pixelSizeUm: [0.1, 0.12, 0.6] },
        uneven: { zPositionsUm: [0, 1.1, 1.8] },
      },
      '--planes 4,2,0 --channels 1',
    ),
    one(
      'substack',
      {
        shape: { z: 2, t: 2 },
        both: { timeStepS: 5, channels: [GFP, DAPI] },
        even: { pixelSizeUm: [0.1, 0.12, 0.9] },
        uneven: { pixelSizeUm: [0.1, 0.12, 1.5], zPositionsUm: null },
      },
      '--planes 1,4 --channels 1,0 --times 0,2',
    ),
    one(
      'substack',
      {
        shape: { z: 3, t: 1 },
        even: { pixelSizeUm: [0.1, 0.12, null], zPositionsUm: [0, 0.3, 1.2] },
        uneven: { zPositionsUm: [0, 0.3, 1.8] },
      },
      '--planes 0,1,4 --times 1',
    ),
  ],
  'image.reverse': [
    one('reverse', { uneven: { zPositionsUm: [0, 0.3, 1.1, 1.5, 1.8] } }),
    one('reverse', SAME, '--axis t'),
  ],
  'image.project': [
    ...['max', 'min', 'mean', 'sum', 'std', 'median'].map((method) =>
      one('project', NO_Z, `--method ${method}`),
    ),
    one('project', { shape: { t: 1 }, both: { timeStepS: null } }, '--axis t'),
  ],
  'image.reslice': [
    one('reslice', {
      shape: { y: 5, z: 16 },
      ...zSwapped([0.1, 0.3, 0.12], [0.1, null, 0.12]),
    }),
    one(
      'reslice',
      {
        shape: { x: 16, y: 5, z: 20 },
        ...zSwapped([0.12, 0.3, 0.1], [0.12, null, 0.1]),
      },
      '--view yz',
    ),
  ],
  'image.reorderAxes': [
    one(
      'reorder',
      {
        shape: { t: 5, z: 3 },
        both: { timeStepS: null, pixelSizeUm: [0.1, 0.12, null], zPositionsUm: null },
      },
      '--order zct',
    ),
    one(
      'reorder',
      {
        shape: { c: 5, z: 2 },
        both: {
          channels: Array.from({ length: 5 }, () => UNNAMED),
          pixelSizeUm: [0.1, 0.12, null],
          zPositionsUm: null,
        },
      },
      '--order tzc',
    ),
    one(
      'reorder',
      { shape: { t: 2, c: 3 }, both: { timeStepS: null, channels: [UNNAMED, UNNAMED, UNNAMED] } },
      '--order ctz',
    ),
  ],
  'image.splitChannels': [
    {
      line: 'split IN --channel0 OUT/0.ome.tif --channel1 OUT/1.ome.tif',
      results: {
        '0.ome.tif': { shape: { c: 1 }, both: { channels: [DAPI] } },
        '1.ome.tif': { shape: { c: 1 }, both: { channels: [GFP] } },
      },
    },
  ],
  'image.mergeChannels': [
    {
      line: 'merge IN IN -o OUT/a.ome.tif',
      results: { 'a.ome.tif': { shape: { c: 4 }, both: { channels: [DAPI, GFP, DAPI, GFP] } } },
    },
  ],
  'edit.invert': [one('invert', SAME)],
  'process.gaussianBlur': [one('blur', SAME)],
  'process.median': [one('median', SAME)],
  'process.align': [
    one('align', SAME),
    one('align', SAME, '--reference global --model translation --channel 1'),
  ],
  'process.edf': [
    {
      line: 'edf IN -o OUT/a.ome.tif --height-map OUT/h.ome.tif',
      results: { 'a.ome.tif': NO_Z, 'h.ome.tif': NO_Z },
    },
  ],
  'process.background': [
    {
      line: 'background IN -o OUT/a.ome.tif --background OUT/b.ome.tif',
      results: { 'a.ome.tif': SAME, 'b.ome.tif': SAME },
    },
    {
      line: 'background IN --method flat-field -o OUT/a.ome.tif --background OUT/b.ome.tif',
      results: { 'a.ome.tif': SAME, 'b.ome.tif': SAME },
    },
  ],
  'process.threshold': [one('threshold', SAME)],
  'process.normalise': [one('normalise', SAME)],
  'process.restoreLevels': [one('restore', SAME, '--figures OUT/../figures.json')],
  'reconstruct.recurrentMz': [
    one('reconstruct', SAME, '--inputs 0,4'),
    one(
      'reconstruct',
      { shape: { z: 3 }, both: { pixelSizeUm: [0.1, 0.12, 0.5], zPositionsUm: null } },
      '--inputs 0,4 --z 0:1:0.5',
    ),
  ],
  'reconstruct.uncertainty': [
    one(
      'uncertainty',
      { shape: { z: 3 }, both: { pixelSizeUm: [0.1, 0.12, 0.5], zPositionsUm: null } },
      '--inputs 0,4 --z 0:1:0.5',
    ),
  ],
  'reconstruct.surface': [
    one('surface', {
      shape: { t: 1, c: 1, z: 1 },
      both: {
        pixelSizeUm: [0.1, 0.12, null],
        zPositionsUm: null,
        timeStepS: null,
        channels: [UNNAMED],
        objective: [null, null, null, null],
      },
    }),
  ],
  'compare.consistency': [
    {
      line: 'consistency IN IN --given 0,4 --channel 1 -o OUT/a.ome.tif',
      results: {
        'a.ome.tif': { shape: { t: 1, c: 1 }, both: { timeStepS: null, channels: [GFP] } },
      },
    },
  ],
};

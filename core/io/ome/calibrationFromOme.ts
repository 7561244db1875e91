import type { Calibration, Channel, Objective } from '#core/image/Calibration';
import { uniformStep } from '#core/io/units/uniformStep';
import type { OmePlane } from './OmeDocument';
import { omeDuration, omeSize, omeWavelength } from './omeQuantity';
import { attributeOf, childOf, childrenOf, numberOf } from './xmlNode';
import type { XmlNode } from './xmlNode';

/** The parts of an OME-XML document that calibrate one image. */
export interface OmeCalibrationParts {
  readonly root: XmlNode;
  readonly image: XmlNode;
  readonly pixels: XmlNode;
  readonly channels: readonly XmlNode[];
  readonly samplesPerPixel: readonly number[];
  readonly planes: readonly OmePlane[];
  readonly sizeZ: number;
  readonly sizeC: number;
  readonly sizeT: number;
}

const IMMERSION_INDEX: ReadonlyMap<string, number> = new Map([
  ['oil', 1.515],
  ['water', 1.333],
  ['waterdipping', 1.333],
  ['glycerol', 1.47],
  ['glycerine', 1.47],
  ['air', 1],
  ['dry', 1],
]);

function readChannel(node: XmlNode): Channel {
  const pinholeUm = omeSize(node, 'PinholeSize', 'um');
  return {
    name: attributeOf(node, 'Name'),
    excitationNm: omeWavelength(node, 'ExcitationWavelength') ?? omeWavelength(node, 'ExWave'),
    emissionNm: omeWavelength(node, 'EmissionWavelength') ?? omeWavelength(node, 'EmWave'),
    ...(pinholeUm !== null && { pinholeUm }),
  };
}

/** One entry for each sample: a described channel covers as many as it has samples per pixel. */
function readChannels({ channels, samplesPerPixel, sizeC }: OmeCalibrationParts): Channel[] {
  const perSample: Channel[] = [];
  channels.forEach((node, i) => {
    const channel = readChannel(node);
    const samples = Math.min(samplesPerPixel[i] ?? 1, sizeC - perSample.length);
    for (let sample = 0; sample < samples; sample++) perSample.push(channel);
  });
  while (perSample.length < sizeC) {
    perSample.push({ name: null, excitationNm: null, emissionNm: null });
  }
  return perSample;
}

/** The image's objective, or the only one there is. */
function findObjective(root: XmlNode, settings: XmlNode | null): XmlNode | null {
  const objectives = childrenOf(root, 'Instrument').flatMap((i) => childrenOf(i, 'Objective'));
  const id = settings && (attributeOf(settings, 'ID') ?? attributeOf(settings, 'ObjectiveID'));
  if (id !== null) return objectives.find((node) => attributeOf(node, 'ID') === id) ?? null;
  return objectives.length === 1 ? (objectives[0] ?? null) : null;
}

function positive(value: number | null): number | null {
  return value !== null && value > 0 ? value : null;
}

function readObjective({ root, image }: OmeCalibrationParts): Objective {
  const settings = childOf(image, 'ObjectiveSettings') ?? childOf(image, 'ObjectiveRef');
  const objective = findObjective(root, settings);
  const medium =
    (settings && attributeOf(settings, 'Medium')) ??
    (objective && attributeOf(objective, 'Immersion'));
  const statedIndex = settings && positive(numberOf(settings, 'RefractiveIndex'));
  const read = (name: string): number | null => objective && positive(numberOf(objective, name));
  return {
    numericalAperture: read('LensNA'),
    magnification: read('CalibratedMagnification') ?? read('NominalMagnification'),
    immersionIndex: statedIndex ?? IMMERSION_INDEX.get(medium?.toLowerCase() ?? '') ?? null,
  };
}

/** Values along one axis from the planes at the origin of the others; `null` where one is missing. */
function alongAxis(
  planes: readonly OmePlane[],
  size: number,
  place: (plane: OmePlane) => number | null,
  value: (plane: OmePlane) => number | null,
): number[] | null {
  if (size < 2 || planes.length < size) return null;
  const values = new Array<number>(size).fill(Number.NaN);
  for (const plane of planes) {
    const index = place(plane);
    const here = value(plane);
    if (index !== null && index < size && here !== null) values[index] = here;
  }
  return values.some(Number.isNaN) ? null : values;
}

/** A difference of stage positions carries rounding noise far below anything a stage can do. */
function roundToPicometre(lengthUm: number): number {
  return Math.round(lengthUm * 1e6) / 1e6;
}

function readZ(parts: OmeCalibrationParts): { step: number | null; positions: number[] | null } {
  const stated = omeSize(parts.pixels, 'PhysicalSizeZ', 'um');
  const positions = alongAxis(
    parts.planes,
    parts.sizeZ,
    (plane) => (plane.c === 0 && plane.t === 0 ? plane.z : null),
    (plane) => plane.positionZUm,
  );
  if (!positions) return { step: stated, positions: null };
  const step = uniformStep(positions);
  if (step !== null)
    return { step: stated ?? (step === 0 ? null : Math.abs(step)), positions: null };
  const first = positions[0] ?? 0;
  return {
    step: stated,
    positions: positions.map((position) => roundToPicometre(position - first)),
  };
}

function readTimeStep(parts: OmeCalibrationParts): number | null {
  const stated = omeDuration(parts.pixels, 'TimeIncrement', 's');
  if (stated !== null && stated > 0) return stated;
  const times = alongAxis(
    parts.planes,
    parts.sizeT,
    (plane) => (plane.c === 0 && plane.z === 0 ? plane.t : null),
    (plane) => plane.deltaTS,
  );
  const step = times && uniformStep(times);
  return step !== null && step > 0 ? step : null;
}

/**
 * The calibration of one OME image. Evenly spaced plane positions (within a thousandth of a step)
 * become a step; a stated PhysicalSizeZ wins over it, as stages report rounded positions.
 */
export function calibrationFromOme(parts: OmeCalibrationParts): Calibration {
  const z = readZ(parts);
  return {
    pixelSizeUm: {
      x: omeSize(parts.pixels, 'PhysicalSizeX', 'um'),
      y: omeSize(parts.pixels, 'PhysicalSizeY', 'um'),
      z: z.step,
    },
    zPositionsUm: z.positions,
    timeStepS: readTimeStep(parts),
    channels: readChannels(parts),
    objective: readObjective(parts),
  };
}

import type { Calibration, Channel } from '#core/image/Calibration';
import type { StackShape, ValueMapping } from '#core/image/ImageStack';
import { toMicrometres } from '#core/io/units/toMicrometres';
import { toSeconds } from '#core/io/units/toSeconds';
import type { ImageJDescription } from './ImageJDescription';
import type { ImageJMetadata } from './ImageJMetadata';
import { parseInfoProperties } from './infoProperties';

/** A TIFF rational as stored: numerator and denominator. */
export type Rational = readonly [numerator: number, denominator: number];

/** The resolution tags of the first page; `null` where a tag is missing. */
export interface TiffResolution {
  /** XResolution, pixels per unit. */
  readonly x: Rational | null;
  /** YResolution, pixels per unit. */
  readonly y: Rational | null;
  /** ResolutionUnit: 1 none, 2 inch, 3 centimetre. */
  readonly unit: number | null;
}

/** What an ImageJ TIFF says beside its pixels. */
export interface ImageJCalibration {
  readonly calibration: Calibration;
  readonly valueMapping: ValueMapping | null;
  readonly historyText: string | null;
}

const DOTS_PER_INCH_OF_SCREENS: ReadonlySet<number> = new Set([72, 96]);

/**
 * Sample spacing from one resolution tag. The literal 1/1 is what writers put where nothing is known
 * (ImageJ itself writes a true 1 as 1000000/1000000), and 72 dots per inch is no microscope.
 */
function pixelSize(rational: Rational | null, unit: string, isDefaultUnit: boolean): number | null {
  if (!rational || rational[0] <= 0 || rational[1] <= 0) return null;
  if (rational[0] === 1 && rational[1] === 1) return null;
  if (isDefaultUnit && unit === 'inch' && DOTS_PER_INCH_OF_SCREENS.has(rational[0] / rational[1])) {
    return null;
  }
  return toMicrometres(rational[1] / rational[0], unit);
}

function resolutionUnit(unit: number | null): string {
  if (unit === 2) return 'inch';
  return unit === 3 ? 'cm' : 'pixel';
}

function positive(value: number | null): number | null {
  return value !== null && value > 0 ? value : null;
}

function timeStep(description: ImageJDescription): number | null {
  const { frameInterval, timeUnit, framesPerSecond } = description;
  if (frameInterval !== null && frameInterval > 0) {
    return toSeconds(frameInterval, timeUnit ?? 's');
  }
  return framesPerSecond !== null && framesPerSecond > 0 ? 1 / framesPerSecond : null;
}

/**
 * Names from slice labels: the label that all planes of a channel share. A lone plane's label is
 * usually a file name, so it counts only where several planes agree or several channels differ.
 */
function namesFromLabels(labels: readonly string[], shape: StackShape): (string | null)[] {
  const none = Array.from({ length: shape.c }, () => null);
  const planeCount = shape.t * shape.z * shape.c;
  if (labels.length < planeCount || planeCount < 2) return none;
  const names: (string | null)[] = labels
    .slice(0, shape.c)
    .map((label) => label.split('\n', 1)[0]?.trim() || null);
  for (let plane = 0; plane < planeCount; plane++) {
    const name = labels[plane]?.split('\n', 1)[0]?.trim() || null;
    if (name !== names[plane % shape.c]) return none;
  }
  const allDiffer = new Set(names).size === names.length;
  return allDiffer ? names : none;
}

/**
 * The calibration of an ImageJ TIFF: pixel size from the resolution tags in the unit of the description,
 * z step from its spacing, channel names from the Info text or the slice labels.
 *
 * @param shape shape (t, c, z, y, x) of the stack
 */
export function calibrationFromImageJ(
  description: ImageJDescription,
  resolution: TiffResolution,
  metadata: ImageJMetadata,
  shape: StackShape,
): ImageJCalibration {
  const isDefaultUnit = description.unit === null;
  const unit = description.unit ?? resolutionUnit(resolution.unit);
  const properties = parseInfoProperties(metadata.info ?? '', shape.c);
  const labelled = namesFromLabels(metadata.labels, shape);
  const hasNames = properties.channelNames.some((name) => name !== null);
  const names = hasNames ? properties.channelNames : labelled;
  const channels: Channel[] = Array.from({ length: shape.c }, (_, c) => ({
    name: names[c] ?? null,
    excitationNm: positive(properties.excitationNm[c] ?? null),
    emissionNm: positive(properties.emissionNm[c] ?? null),
  }));
  const { spacing } = description;
  const step =
    spacing === null ? null : toMicrometres(Math.abs(spacing), description.zUnit ?? unit);
  const positions = properties.zPositionsUm;
  return {
    calibration: {
      pixelSizeUm: {
        x: pixelSize(resolution.x, unit, isDefaultUnit),
        y: pixelSize(resolution.y, description.yUnit ?? unit, isDefaultUnit),
        z: positive(step),
      },
      zPositionsUm: positions?.length === shape.z ? positions : null,
      timeStepS: timeStep(description),
      channels,
      objective: {
        numericalAperture: positive(properties.numericalAperture),
        magnification: positive(properties.magnification),
        immersionIndex: positive(properties.immersionIndex),
      },
    },
    valueMapping: properties.valueMapping ?? description.valueMapping,
    historyText: properties.historyText,
  };
}

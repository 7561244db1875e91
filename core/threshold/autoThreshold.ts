import { AxialError } from '#core/util/errors';
import { equalClasses } from './equalClasses';
import { fijiHuangBin } from './fijiHuangBin';
import { FRACTION_BINS, type Histogram } from './Histogram';
import { huangBin } from './huangBin';
import { imagejClasses } from './imagejClasses';
import { liBin } from './liBin';
import { matlabTriangleBin } from './matlabTriangleBin';
import { meanBin } from './meanBin';
import { otsuBin } from './otsuBin';
import { percentileBin } from './percentileBin';
import { scikitThreshold } from './scikitThreshold';
import { METHODS_OF_VARIANT, type ThresholdMethod, type ThresholdVariant } from './ThresholdMethod';
import { triangleBin } from './triangleBin';
import { yenBin } from './yenBin';

/** What is looked for, and by whose rules. */
export interface AutoThresholdOptions {
  readonly method: ThresholdMethod;
  /** @default 'fiji' */
  readonly variant?: ThresholdVariant;
  /** Whether objects are darker than the background. @default false */
  readonly lightBackground?: boolean;
}

/** A threshold in grey levels: bright objects are the values above it, dark ones those up to it. */
export interface AutoThreshold {
  readonly threshold: number;
  /** What the user should know, or `null`. */
  readonly note: string | null;
}

type BinMethods = {
  readonly [method in ThresholdMethod]: (counts: Float64Array) => number | null;
};

const IMAGEJ_METHODS: BinMethods = {
  triangle: triangleBin,
  otsu: otsuBin,
  li: liBin,
  huang: huangBin,
  yen: yenBin,
  mean: meanBin,
  percentile: percentileBin,
};

const FIJI_METHODS: BinMethods = { ...IMAGEJ_METHODS, huang: fijiHuangBin };

/**
 * Threshold of what a histogram counts. When all values are equal it is that value, which leaves nothing
 * above it, and the note says so; of two values it is the lower one for fiji, and for imagej the
 * highest level that gives the same split.
 *
 * @throws AxialError UsageError when the variant's original lacks the method; ImpossibleRequestError
 * when the method finds no threshold
 */
export function autoThreshold(
  histogram: Histogram,
  { method, variant = 'fiji', lightBackground = false }: AutoThresholdOptions,
): AutoThreshold {
  requireMethod(method, variant);
  const { counts, start, binWidth, integral } = histogram;
  if (binWidth === 0 || counts.length === 1) {
    return {
      threshold: start,
      note: 'All values are equal, so there is nothing to separate.',
    };
  }
  switch (variant) {
    case 'scikit-image':
      return { threshold: scikitThreshold(histogram, method), note: null };
    case 'imagej': {
      const classes = imagejClasses(histogram, lightBackground);
      return {
        threshold: classes.thresholdOf(binOf(IMAGEJ_METHODS, method, classes.counts, true)),
        note: null,
      };
    }
    case 'fiji':
    case 'matlab': {
      const classes = integral ? counts : equalClasses(counts);
      const width = integral ? 1 : (binWidth * FRACTION_BINS) / classes.length;
      const bin =
        variant === 'matlab'
          ? matlabTriangleBin(classes)
          : binOf(FIJI_METHODS, method, classes, false);
      // The whole class of the threshold is background.
      return {
        threshold: start + (bin + (integral ? 0 : 1)) * width,
        note: null,
      };
    }
  }
}

function binOf(
  methods: BinMethods,
  method: ThresholdMethod,
  counts: Float64Array,
  highestOfGap: boolean,
): number {
  const first = counts.findIndex((count) => count > 0);
  const last = counts.findLastIndex((count) => count > 0);
  const second = counts.findIndex((count, bin) => bin > first && count > 0);
  if (second === last) return highestOfGap ? last - 1 : first;
  const bin = methods[method](counts);
  if (bin !== null) return bin;
  throw new AxialError(
    'ImpossibleRequestError',
    `The method ${method} finds no threshold in this image.`,
    'Choose another method, such as triangle or otsu.',
    { details: { method } },
  );
}

function requireMethod(method: ThresholdMethod, variant: ThresholdVariant): void {
  const known = METHODS_OF_VARIANT[variant];
  if (known.includes(method)) return;
  throw new AxialError(
    'UsageError',
    `${variant} has no method ${method}.`,
    `With this variant use ${known.join(', ')}; with fiji or imagej every method.`,
  );
}

import { AxialError } from '#core/util/errors';

/** What `parseIndexRanges` reads, as a regular expression. */
export const INDEX_RANGES = /^\s*(\d+(-\d+(:[1-9]\d*)?)?)(\s*,\s*\d+(-\d+(:[1-9]\d*)?)?)*\s*$/;

/**
 * Numbers as a person writes them: "0-9, 12, 20-30:2" is 0 to 9, 12, and every second one from 20 to
 * 30. A range may run downwards. Order and repetition are kept.
 *
 * @param count how many there are; numbers are from 0 to count - 1
 * @param what what is counted, for the message: "plane"
 * @throws AxialError UsageError when the text is none, ImpossibleRequestError when a number is too large
 */
export function parseIndexRanges(text: string, count: number, what: string): number[] {
  if (!INDEX_RANGES.test(text)) {
    throw new AxialError(
      'UsageError',
      `"${text}" is no list of ${what}s.`,
      'Write numbers and ranges such as 0-9,12,20-30:2.',
    );
  }
  const ranges = text.split(',').map((part) => {
    const [span, step = '1'] = part.trim().split(':');
    const [first, last = first] = span.split('-').map(Number);
    return { first, last, step: Number(step) };
  });
  const missing = ranges.flatMap(({ first, last }) => [first, last]).find((i) => i >= count);
  if (missing !== undefined) {
    throw new AxialError(
      'ImpossibleRequestError',
      `There is no ${what} ${missing}.`,
      `The stack has ${what}s 0 to ${count - 1}.`,
      { details: { asked: missing, count } },
    );
  }
  return ranges.flatMap(({ first, last, step }) => {
    const length = Math.floor(Math.abs(last - first) / step) + 1;
    return Array.from({ length }, (_, i) => first + (last < first ? -i : i) * step);
  });
}

import type { Calibration } from '#core/image/Calibration';
import type { ValueMapping } from '#core/image/ImageStack';

/** What Axial keeps in ImageJ's Info text because ImageJ TIFF has no place for it. */
export interface InfoProperties {
  /** One per channel; all `null` where the text says nothing. */
  readonly channelNames: readonly (string | null)[];
  readonly excitationNm: readonly (number | null)[];
  readonly emissionNm: readonly (number | null)[];
  readonly numericalAperture: number | null;
  readonly magnification: number | null;
  readonly immersionIndex: number | null;
  readonly zPositionsUm: readonly number[] | null;
  readonly valueMapping: ValueMapping | null;
  readonly historyText: string | null;
}

/**
 * Prints "key = value" lines, which ImageJ's own getStringProperty and getNumericProperty read.
 *
 * @returns the empty string when there is nothing to say
 */
export function printInfoProperties(
  calibration: Calibration,
  valueMapping: ValueMapping | null,
  historyText: string | null,
): string {
  const lines: string[] = [];
  const add = (key: string, value: string | number | null): void => {
    if (value !== null) lines.push(`axial.${key} = ${value}`);
  };
  calibration.channels.forEach((channel, i) => {
    add(`channel.${i + 1}.name`, channel.name === null ? null : JSON.stringify(channel.name));
    add(`channel.${i + 1}.excitationNm`, channel.excitationNm);
    add(`channel.${i + 1}.emissionNm`, channel.emissionNm);
  });
  add('objective.numericalAperture', calibration.objective.numericalAperture);
  add('objective.magnification', calibration.objective.magnification);
  add('objective.immersionIndex', calibration.objective.immersionIndex);
  add('zPositionsUm', calibration.zPositionsUm?.join(' ') ?? null);
  add('valueOffset', valueMapping?.offset ?? null);
  add('valueScale', valueMapping?.scale ?? null);
  add('history', historyText === null ? null : JSON.stringify(historyText));
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function readLines(info: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of info.split(/\r?\n/u)) {
    const match = /^axial\.([\w.]+) = (.*)$/u.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) values.set(match[1], match[2]);
  }
  return values;
}

function parseQuoted(text: string | undefined): string | null {
  if (text === undefined) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : null;
  } catch {
    // Somebody edited the text by hand: take it as it stands.
    return text;
  }
}

function parseNumbers(text: string | undefined): number[] | null {
  if (text === undefined) return null;
  const numbers = text.trim().split(/\s+/u).map(Number);
  return numbers.every(Number.isFinite) ? numbers : null;
}

/** Reads what `printInfoProperties` wrote, among whatever else the text holds. */
export function parseInfoProperties(info: string, channelCount: number): InfoProperties {
  const values = readLines(info);
  const number = (key: string): number | null => {
    const value = values.get(key);
    return value !== undefined && Number.isFinite(Number(value)) ? Number(value) : null;
  };
  const channels = Array.from({ length: channelCount }, (_, i) => `channel.${i + 1}`);
  const offset = number('valueOffset');
  const scale = number('valueScale');
  return {
    channelNames: channels.map((key) => parseQuoted(values.get(`${key}.name`))),
    excitationNm: channels.map((key) => number(`${key}.excitationNm`)),
    emissionNm: channels.map((key) => number(`${key}.emissionNm`)),
    numericalAperture: number('objective.numericalAperture'),
    magnification: number('objective.magnification'),
    immersionIndex: number('objective.immersionIndex'),
    zPositionsUm: parseNumbers(values.get('zPositionsUm')),
    valueMapping: offset !== null && scale !== null && scale !== 0 ? { offset, scale } : null,
    historyText: parseQuoted(values.get('history')),
  };
}

import { describe, expect, it } from 'vitest';
import { driftCsv } from '#core/command/steps/driftCsv';
import { driftLines, failedPlanesNote } from '#core/command/steps/driftLines';
import { driftPage } from '#core/command/steps/driftPage';
import { drawnRows, driftTable, type DriftFacts } from '#core/command/steps/driftTable';
import { reasonWords, SUSPECT_REASONS } from '#core/command/steps/suspectReasons';
import { unknownCalibration } from '#core/image/Calibration';
import type { PlaneTransform, Transforms } from '#core/registration/Transforms';
import { similarity } from '#tests/core/registration/scenes';

const SIDE = 65;
const TURN_DEG = 3;
const SCALE = 1.02;

function plane(index: number, fields: Partial<PlaneTransform> = {}): PlaneTransform {
  return {
    index,
    matrix: similarity(SIDE, 0, 1, 2 * index, -index),
    correlationBefore: index === 0 ? null : 0.5,
    correlationAfter: index === 0 ? null : 0.9,
    residual: index === 0 ? null : 12.5,
    displacementPx: Math.hypot(2, 1) * index,
    converged: true,
    suspect: false,
    reasons: [],
    ...fields,
  };
}

function transforms(planes: readonly PlaneTransform[], model = 'rigid'): Transforms {
  return {
    model: model as Transforms['model'],
    ...{ reference: 'previous', anchor: 0, mapping: 'output-to-input' },
    ...{ width: SIDE, height: SIDE, planes },
  };
}

function facts(fields: { z?: number; t?: number; calibrated?: boolean } = {}): DriftFacts {
  const { z = 1, t = 3, calibrated = true } = fields;
  const calibration = unknownCalibration(1);
  return {
    shape: { t, c: 1, z, y: SIDE, x: SIDE },
    calibration: calibrated
      ? { ...calibration, pixelSizeUm: { x: 0.1, y: 0.2, z: 0.5 }, timeStepS: 4 }
      : calibration,
  };
}

const FAILED = plane(1, {
  displacementPx: 500,
  converged: false,
  suspect: true,
  reasons: ['not-converged', 'outlier'],
});

describe('the table of drift', () => {
  it('gives the shift of the middle of a plane in micrometres, each side by its own pixel size', () => {
    const table = driftTable([transforms([0, 1, 2].map((i) => plane(i)))], facts());
    expect(table).toMatchObject({ unit: 'um', along: 't', placeUnit: 's', seriesCount: 1 });
    const [, , last] = table.rows;
    expect(last).toMatchObject({ plane: 2, place: 8 });
    expect(last.x).toBeCloseTo(0.4, 12);
    expect(last.y).toBeCloseTo(-0.4, 12);
    expect([last.xPx, last.yPx]).toEqual([expect.closeTo(4, 12), expect.closeTo(-2, 12)]);
  });

  it('stays in pixels and counts planes when nothing is calibrated', () => {
    const table = driftTable(
      [transforms([plane(0), plane(1)])],
      facts({ calibrated: false, z: 2, t: 1 }),
    );
    expect(table).toMatchObject({ unit: 'px', along: 'z', placeUnit: null });
    expect(table.rows[1]).toMatchObject({ place: null, x: expect.closeTo(2, 12) as number });
  });

  it('takes turn and size out of the matrix, whatever the shift', () => {
    const matrix = similarity(SIDE, TURN_DEG, SCALE, 7, 3);
    const [row] = driftTable([transforms([plane(0, { matrix })])], facts({ t: 1 })).rows;
    expect(Math.abs(row.turnDeg)).toBeCloseTo(TURN_DEG, 9);
    expect(row.scale).toBeCloseTo(SCALE, 9);
  });

  it('has columns for what the model can do and no others', () => {
    const titles = (model: string): string =>
      driftCsv(driftTable([transforms([plane(0)], model)], facts())).split('\r\n')[0];
    expect(titles('translation')).not.toMatch(/turn|scale/);
    expect(titles('rigid')).toMatch(/turn_deg/);
    expect(titles('rigid')).not.toMatch(/scale/);
    expect(titles('affine')).toMatch(/turn_deg,scale/);
  });

  it('keeps the time points of z-stacks apart', () => {
    const series = [transforms([plane(0), plane(1)]), transforms([plane(0), plane(1)])];
    const table = driftTable(series, facts({ z: 2, t: 2 }));
    expect(table.rows.map(({ series: s, plane: p }) => [s, p])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    expect(driftCsv(table)).toMatch(/^time_point,plane,z_um,/);
  });
});

describe('the table as text', () => {
  it('has a line for each plane, empty cells where nothing is known, and reasons in words', () => {
    const table = driftTable([transforms([plane(0), FAILED])], facts());
    const [titles, first, second, end] = driftCsv(table).split('\r\n');
    const cells = (line: string): string[] => line.split(',');
    const at = (line: string, title: string): string => cells(line)[cells(titles).indexOf(title)];
    expect(at(first, 'correlation_after')).toBe('');
    expect(at(second, 'correlation_after')).toBe('0.9');
    expect([at(second, 'converged'), at(second, 'probably_failed')]).toEqual(['no', 'yes']);
    expect(at(second, 'reasons')).toBe(
      'no best position was found; far less in common than the other planes have',
    );
    expect(end).toBe('');
  });

  it('quotes what holds the separator', () => {
    const odd = plane(0, { suspect: true, reasons: ['a "new", reason'] as never });
    expect(driftCsv(driftTable([transforms([odd])], facts()))).toContain('"a ""new"", reason"');
  });

  it('separates by tabs for the clipboard', () => {
    const lines = driftCsv(driftTable([transforms([plane(0)])], facts()), '\t').split('\r\n');
    expect(lines[0].split('\t')).toContain('shift_x_um');
  });
});

describe('what is said about failed planes', () => {
  it('is nothing when none failed', () => {
    expect(failedPlanesNote([transforms([plane(0)])])).toBeNull();
    expect(driftLines([transforms([plane(0)])])).toContain('No plane flagged');
  });

  it('names them, and leaves them out of the largest drift', () => {
    const series = [transforms([plane(0), FAILED, plane(2)])];
    expect(failedPlanesNote(series)).toContain('plane 1;');
    expect(driftLines(series)[0]).toBe('Largest drift 4.47 px at plane 2');
  });

  it('has words and a remedy for every reason, and lets an unknown one stand', () => {
    for (const words of Object.values(SUSPECT_REASONS)) {
      expect(words.what).not.toBe('');
      expect(words.remedy).toMatch(/\.$/);
    }
    expect(reasonWords('from-a-later-version')).toEqual({
      what: 'from-a-later-version',
      remedy: '',
    });
  });

  it('keeps failed planes out of a curve unless hardly anything else is there', () => {
    const rowsOf = (planes: PlaneTransform[]) => driftTable([transforms(planes)], facts()).rows;
    const many = rowsOf([plane(0), FAILED, plane(2), plane(3)]);
    expect(drawnRows(many).map((row) => row.plane)).toEqual([0, 2, 3]);
    const few = rowsOf([plane(0), FAILED]);
    expect(drawnRows(few)).toEqual(few);
  });
});

describe('the report of drift', () => {
  it('warns, marks the failed plane in the plot and in the table, and escapes names', () => {
    const series = [transforms([plane(0), FAILED, plane(2), plane(3)])];
    const page = driftPage('<b>stack</b>', series, driftTable(series, facts({ t: 4 })));
    expect(page).toContain('role="alert"');
    expect(page.match(/<path class="failed"/g)).toHaveLength(2);
    expect(page.match(/<tr class="failed">/g)).toHaveLength(1);
    expect(page).not.toContain('<b>stack');
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('does not warn when nothing failed', () => {
    const series = [transforms([plane(0), plane(1), plane(2)], 'translation')];
    const page = driftPage('stack', series, driftTable(series, facts()));
    expect(page).not.toContain('role="alert"');
    expect(page.match(/<svg/g)).toHaveLength(1);
  });
});

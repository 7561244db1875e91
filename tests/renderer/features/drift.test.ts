import { describe, expect, it } from 'vitest';
import type { DriftRow, DriftTable } from '#core/command/steps/driftTable';
import { pathOf, placeIn, roundTicks } from '#renderer/components/plotGeometry';
import { driftCurves } from '#renderer/features/drift/driftCurves';
import { planeColumns, sortedRows } from '#renderer/features/drift/planeColumns';
import { placeText, walkedAxis } from '#renderer/stores/walkedAxis';
import { placeDetail } from '#renderer/features/viewer/placeDetail';
import { fakeDocument } from '#tests/helpers/fakeEngine';

function row(plane: number, fields: Partial<DriftRow> = {}): DriftRow {
  return {
    ...{ series: 0, plane, place: plane * 0.5, x: plane, y: -plane, xPx: plane, yPx: -plane },
    ...{ turnDeg: 0, scale: 1, displacementPx: plane, residual: 1, converged: true },
    correlationBefore: plane === 0 ? null : 0.5,
    correlationAfter: plane === 0 ? null : 1 - plane / 10,
    ...{ suspect: false, reasons: [], remedies: [] },
    ...fields,
  };
}

const failed = row(2, { x: 900, suspect: true, reasons: ['blank'] });
const rows = [row(0), row(1), failed, row(3), row(4)];
const table: DriftTable = {
  ...{ unit: 'um', along: 'z', placeUnit: 'um', seriesCount: 1 },
  ...{ turns: true, scales: false, rows },
};
const X = { name: 'x', look: 'solid', of: (one: DriftRow) => one.x } as const;

describe('the plot of drift', () => {
  const drawn = driftCurves(rows, [X], (plane) => plane / 4);

  it('breaks at a failed plane and marks it at the foot, and is not squeezed by it', () => {
    expect(drawn.curves[0]?.points.map(({ value }) => value)).toEqual([0, 1, null, 3, 4]);
    expect(drawn.high).toBeLessThan(5);
    expect(drawn.marks).toEqual([
      { key: '2', kind: 'failed', at: 0.5, value: drawn.low, title: '2: probably failed (blank)' },
    ]);
  });

  it('has extent also where nothing moved', () => {
    const still = driftCurves([row(0)], [X], () => 0);
    expect(still.high).toBeGreaterThan(still.low);
  });
});

describe('a line plot', () => {
  it('starts a new stroke behind a gap', () => {
    const points = [0, 0.1, 0.2, 0.3].map((at, i) => ({ at, value: i === 2 ? null : i }));
    expect(pathOf(points, (value) => value)).toBe('M0.0 0.00L100.0 1.00M300.0 3.00');
  });

  it('holds what lies outside at its rim', () => {
    expect([placeIn(-9, 0, 1), placeIn(0, 0, 1)]).toEqual([94, 94]);
    expect([placeIn(9, 0, 1), placeIn(1, 0, 1)]).toEqual([6, 6]);
  });

  it.each([
    [-0.2, 0.6, [-0.2, 0, 0.2, 0.4, 0.6]],
    [-1.7, 0.8, [-1, 0]],
    [3, 3, [3]],
  ])('has round ticks from %d to %d', (low, high, ticks) => {
    expect(roundTicks(low, high)).toEqual(ticks);
  });
});

describe('the table of planes', () => {
  const columns = planeColumns(table);

  it('has units in its titles and no column that says nothing', () => {
    expect(columns.map(({ title }) => title)).toEqual([
      ...['Plane', 'z, µm', 'x, µm', 'y, µm', 'turn, °', 'fit before', 'fit after'],
    ]);
    const plain = planeColumns({ ...table, unit: 'px', placeUnit: null, turns: false });
    expect(plain.map(({ title }) => title)).toEqual([
      ...['Plane', 'x, px', 'y, px', 'fit before', 'fit after'],
    ]);
  });

  it('sorts by any column, both ways, with missing figures last', () => {
    const byFit = columns.length - 1;
    const planes = (descending: boolean): number[] =>
      sortedRows(rows, columns, { column: byFit, descending }).map(({ plane }) => plane);
    expect(planes(false)).toEqual([4, 3, 2, 1, 0]);
    expect(planes(true)).toEqual([1, 2, 3, 4, 0]);
  });
});

describe('the axis that is walked', () => {
  it('is the depth of a stack, also over time', () => {
    const stack = fakeDocument({ shape: { t: 5, c: 1, z: 21, y: 8, x: 8 } });
    expect(walkedAxis(stack)).toMatchObject({ name: 'z', count: 21 });
    expect(placeText(walkedAxis(stack), 3)).toBe('0.60 µm');
  });

  it('is time for single planes, in seconds when they are stated', () => {
    const { calibration } = fakeDocument();
    const shape = { t: 5, c: 1, z: 1, y: 8, x: 8 };
    const movie = fakeDocument({ shape, calibration: { ...calibration, timeStepS: 2.5 } });
    expect(walkedAxis(movie).places).toEqual([0, 2.5, 5, 7.5, 10]);
    expect(placeDetail(movie, { z: 0, t: 3 })).toBe('t = 7.5 s · time point 3 of 5');
    expect(placeDetail(fakeDocument({ shape }), { z: 0, t: 3 })).toBe('time point 3 of 5');
  });

  it('is nothing for one plane', () => {
    const plane = fakeDocument({ shape: { t: 1, c: 1, z: 1, y: 8, x: 8 } });
    expect(placeDetail(plane, { z: 0, t: 0 })).toBe('one plane');
  });
});

/** How planes are interpolated along z where no network is at work. */
export type ZInterpolation = 'nearest' | 'linear' | 'cubic';

/** A group of input planes at one position. */
interface Knot {
  readonly zUm: number;
  readonly members: readonly number[];
}

/**
 * Weights with which planes add up to the plane at `targetUm`: the nearest plane, linear
 * interpolation, or the not-a-knot cubic spline (with three planes the parabola through them).
 * Beyond the first and last plane that plane is taken. Planes at equal z share their weight.
 *
 * @param zUm positions of the planes in micrometres, in any order
 * @returns one weight for each plane; they add up to 1
 * @throws RangeError when there is no plane or a position is not finite
 */
export function zInterpolationWeights(
  zUm: readonly number[],
  targetUm: number,
  method: ZInterpolation,
): Float64Array {
  const knots = groupByPosition(zUm, targetUm);
  const positions = knots.map((knot) => knot.zUm);
  const target = Math.min(Math.max(targetUm, positions[0] ?? 0), positions.at(-1) ?? 0);
  const knotWeights = weightsOf(positions, target, method);
  const weights = new Float64Array(zUm.length);
  knots.forEach(({ members }, k) => {
    for (const index of members) weights[index] = (knotWeights[k] ?? 0) / members.length;
  });
  return weights;
}

function groupByPosition(zUm: readonly number[], targetUm: number): Knot[] {
  if (zUm.length === 0) throw new RangeError('Interpolation needs at least one plane.');
  if (![...zUm, targetUm].every(Number.isFinite)) throw new RangeError('A position is not finite.');
  const groups = new Map<number, number[]>();
  zUm.forEach((z, index) => groups.set(z, [...(groups.get(z) ?? []), index]));
  return [...groups].map(([z, members]) => ({ zUm: z, members })).sort((a, b) => a.zUm - b.zUm);
}

function weightsOf(
  positions: readonly number[],
  target: number,
  method: ZInterpolation,
): readonly number[] {
  if (positions.length === 1) return [1];
  switch (method) {
    case 'nearest':
      return nearestWeights(positions, target);
    case 'linear':
      return linearWeights(positions, target);
    case 'cubic':
      return positions.length <= 4
        ? polynomialWeights(positions, target)
        : splineWeights(positions, target);
  }
}

/** Heights this close are equal: a picometre, far above what multiplying a step leaves. */
const ROUNDING_UM = 1e-6;

/** The lower of two planes that are equally near. */
function nearestWeights(positions: readonly number[], target: number): number[] {
  let best = 0;
  positions.forEach((z, k) => {
    if (Math.abs(z - target) < Math.abs((positions[best] ?? 0) - target) - ROUNDING_UM) best = k;
  });
  return positions.map((_, k) => (k === best ? 1 : 0));
}

function linearWeights(positions: readonly number[], target: number): number[] {
  const { interval, share } = locate(positions, target);
  return positions.map((_, k) => (k === interval ? 1 - share : k === interval + 1 ? share : 0));
}

/** Lagrange's polynomial; up to four knots the not-a-knot spline is this polynomial. */
function polynomialWeights(positions: readonly number[], target: number): number[] {
  return positions.map((own, k) =>
    positions.reduce(
      (product, other, j) => (j === k ? product : (product * (target - other)) / (own - other)),
      1,
    ),
  );
}

function splineWeights(positions: readonly number[], target: number): number[] {
  const { interval, share } = locate(positions, target);
  const width = (positions[interval + 1] ?? 0) - (positions[interval] ?? 0);
  const left = ((1 - share) ** 3 - (1 - share)) * (width ** 2 / 6);
  const right = (share ** 3 - share) * (width ** 2 / 6);
  return positions.map((_, k) => {
    const values = positions.map((_unused, j) => (j === k ? 1 : 0));
    const bends = secondDerivatives(positions, values);
    return (
      (1 - share) * (values[interval] ?? 0) +
      share * (values[interval + 1] ?? 0) +
      left * (bends[interval] ?? 0) +
      right * (bends[interval + 1] ?? 0)
    );
  });
}

/** Second derivatives of the not-a-knot cubic spline at its knots (five or more of them). */
function secondDerivatives(x: readonly number[], y: readonly number[]): number[] {
  const n = x.length;
  const at = (list: readonly number[], i: number): number => list[i] ?? 0;
  const h = x.slice(1).map((value, i) => value - at(x, i));
  const matrix = x.map(() => new Array<number>(n + 1).fill(0));
  matrix.forEach((row, i) => {
    if (i === 0 || i === n - 1) {
      // The third derivative is continuous at the second and at the last but one knot.
      const first = i === 0 ? 0 : n - 3;
      row[first] = at(h, first + 1);
      row[first + 1] = -(at(h, first) + at(h, first + 1));
      row[first + 2] = at(h, first);
    } else {
      row[i - 1] = at(h, i - 1);
      row[i] = 2 * (at(h, i - 1) + at(h, i));
      row[i + 1] = at(h, i);
      const rise = (at(y, i + 1) - at(y, i)) / at(h, i);
      row[n] = 6 * (rise - (at(y, i) - at(y, i - 1)) / at(h, i - 1));
    }
  });
  return solve(matrix);
}

/** Gaussian elimination with row pivoting; the last column is the right-hand side. */
function solve(matrix: number[][]): number[] {
  const n = matrix.length;
  const cell = (row: number, column: number): number => matrix[row]?.[column] ?? 0;
  for (let pivot = 0; pivot < n; pivot++) {
    let best = pivot;
    for (let row = pivot + 1; row < n; row++) {
      if (Math.abs(cell(row, pivot)) > Math.abs(cell(best, pivot))) best = row;
    }
    [matrix[pivot], matrix[best]] = [matrix[best] ?? [], matrix[pivot] ?? []];
    for (let row = pivot + 1; row < n; row++) {
      const factor = cell(row, pivot) / cell(pivot, pivot);
      matrix[row] = (matrix[row] ?? []).map(
        (value, column) => value - factor * cell(pivot, column),
      );
    }
  }
  const solution = new Array<number>(n).fill(0);
  for (let row = n - 1; row >= 0; row--) {
    let rest = cell(row, n);
    for (let column = row + 1; column < n; column++) {
      rest -= cell(row, column) * (solution[column] ?? 0);
    }
    solution[row] = rest / cell(row, row);
  }
  return solution;
}

/** The interval that holds `target`, and how far into it, from 0 to 1. */
function locate(positions: readonly number[], target: number): { interval: number; share: number } {
  let interval = 0;
  while (interval < positions.length - 2 && target > (positions[interval + 1] ?? 0)) interval++;
  const from = positions[interval] ?? 0;
  return { interval, share: (target - from) / ((positions[interval + 1] ?? 0) - from) };
}

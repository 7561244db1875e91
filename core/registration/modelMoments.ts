import type { StepModel } from './TransformModel';
import { ELEMENTARY } from './registrationMoments';

/** The part of an elementary curvature (8 x 8) that a model can use: G C G', n x n, row-major. */
export function modelCurvature(model: StepModel, elementary: Float64Array): Float64Array {
  const { generators } = model;
  const n = generators.length;
  const curvature = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      let sum = 0;
      for (let i = 0; i < ELEMENTARY; i++) {
        for (let j = 0; j < ELEMENTARY; j++) {
          sum += generators[row][i] * elementary[ELEMENTARY * i + j] * generators[column][j];
        }
      }
      curvature[row * n + column] = sum;
    }
  }
  return curvature;
}

/** The part of an elementary projection (8 numbers) that a model can use: G p, n numbers. */
export function modelProjection(model: StepModel, elementary: Float64Array): Float64Array {
  return Float64Array.from(model.generators, (generator) =>
    generator.reduce((sum, weight, i) => sum + weight * elementary[i], 0),
  );
}

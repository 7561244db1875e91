import { simulationParams } from '#core/command/declarations/simulationParams';
import { simulationOptions } from '#core/command/steps/simulationOptions';
import { describe, expect, it } from 'vitest';

describe('simulationOptions', () => {
  it('has no aberrations unless one is asked for, whatever the angles', () => {
    expect(simulationOptions(simulationParams.parse({})).aberrations).toBeUndefined();
    const turned = simulationParams.parse({ comaAngle: 30 });
    expect(simulationOptions(turned).aberrations).toBeUndefined();
  });

  it('hands on aberrations in waves and their angles in degrees', () => {
    const params = simulationParams.parse({ astigmatism: 0.05, astigmatismAngle: 30, coma: -0.1 });
    expect(simulationOptions(params).aberrations).toEqual({
      astigmatism: 0.05,
      astigmatismAngleDeg: 30,
      coma: -0.1,
      comaAngleDeg: 0,
      spherical: 0,
      secondarySpherical: 0,
    });
  });

  it.each([{ waves: 'richards-wolf' }, { pinholeAiry: 1 }])(
    'says that aberrations need scalar waves in wide field: %o',
    (other) => {
      const params = simulationParams.parse({ spherical: 0.1, ...other });
      expect(() => simulationOptions(params)).toThrow(
        expect.objectContaining({ tag: 'UsageError' }),
      );
    },
  );
});

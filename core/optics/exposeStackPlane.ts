import { createRandom } from '#core/util/random';
import type { Exposure } from './expose';
import { expose } from './expose';
import type { LightLevels } from './lightLevels';
import type { SimulationOptions } from './SimulationOptions';
import { PLANE_STREAM_STEP, STREAMS } from './SimulationOptions';

/**
 * Turns one rendered plane into what the camera gives: bleaching, haze, background and vignetting, then
 * the exposure. Every plane has its own stream of noise, so that planes can be exposed in any order.
 *
 * @param image rendered light of the plane, row-major (y, x)
 * @param haze blurred mean of all planes, or `null`
 * @param z number of the plane
 */
export function exposeStackPlane(
  options: SimulationOptions,
  levels: LightLevels,
  image: Float32Array,
  haze: Float32Array | null,
  z: number,
): Exposure {
  const { seed, planes, width, height, light, camera = {}, moment } = options;
  const { photons, background = 0.05, bleaching = 0, vignetting = 0 } = light;
  const kept = (1 - bleaching) ** (planes > 1 ? z / (planes - 1) : 0);
  const electrons = new Float32Array(image.length);
  const cornerSquare = (width ** 2 + height ** 2) / 4;
  for (let y = 0, i = 0; y < height; y++) {
    const dy = y + 0.5 - height / 2;
    for (let x = 0; x < width; x++, i++) {
      const dx = x + 0.5 - width / 2;
      const extra = haze ? Math.max(0, levels.haze * haze[i]!) : 0;
      const specimen = Math.max(0, levels.image * image[i]!) + extra;
      const passed = 1 - (vignetting * (dx * dx + dy * dy)) / cornerSquare;
      electrons[i] = passed * (kept * specimen + background * photons);
    }
  }
  const exposure = (moment?.index ?? 0) * planes + z;
  const noise = createRandom(seed + STREAMS.noise + exposure * PLANE_STREAM_STEP);
  return expose(electrons, camera, noise);
}

import type { DetailSurvey } from './detailSurvey';
import { detailSurveyor } from './detailSurvey';
import type { EdfAccumulator, EdfResult } from './EdfAccumulator';
import { focusSearch, type FocusSearch } from './focusSearch';
import { passCounter } from './passCounter';
import { surfaceSampling, type SurfaceSampling } from './surfaceSampling';

/**
 * Extended depth of field along a surface of focus. Three passes: survey the noise and the detail of
 * the stack; find, for windows of 0.8 to 24 pixels, where the sharpness peaks along z, and join the
 * peaks to one surface between the planes; fit the image on that surface. Meant for a sheet or
 * a relief: one depth per pixel. Memory is that of about 25 planes in single precision, however many
 * are added.
 *
 * @param width number of columns of every plane
 * @param height number of rows of every plane
 * @see Nayar S. K. and Nakagawa Y., Shape from focus, IEEE Trans. Pattern Analysis 16, 1994,
 * doi:10.1109/34.308479; Pertuz S., Puig D., Garcia M. A., Pattern Recognition 46, 2013,
 * doi:10.1016/j.patcog.2012.11.011
 */
export function focusSurfaceEdf(width: number, height: number): EdfAccumulator {
  const counter = passCounter(width, height, 3);
  const surveyor = detailSurveyor(width, height);
  let planeCount = 0;
  let survey: DetailSurvey | null = null;
  let search: FocusSearch | null = null;
  let sampling: SurfaceSampling | null = null;
  let surface = new Float32Array(0);
  return {
    passes: 3,
    add: (plane, z) => {
      counter.accept(plane, z);
      planeCount = Math.max(planeCount, z + 1);
      if (sampling) sampling.offer(plane, z);
      else if (search) search.add(plane);
      else surveyor.add(plane, z);
    },
    endPass: () => {
      counter.endPass();
      if (search) {
        if (sampling) return;
        surface = search.surface();
        sampling = surfaceSampling(surface, width, planeCount);
        search = null;
      } else if (!survey) {
        survey = surveyor.survey();
        search = focusSearch(width, height, survey);
      }
    },
    finish: () => {
      counter.requireFinished();
      if (!sampling || !survey) throw new RangeError('The fusion has no planes.');
      return resultOf(sampling.sampled(survey.noise), surface, width, height);
    },
  };
}

function resultOf(
  fused: Float32Array<ArrayBuffer>,
  surface: Float32Array<ArrayBuffer>,
  width: number,
  height: number,
): EdfResult {
  const data = new Uint16Array(surface.length);
  for (let i = 0; i < data.length; i++) data[i] = Math.round(surface[i]);
  return {
    fused: { width, height, data: fused },
    heightMap: { width, height, data },
    surface: { width, height, data: surface },
    unassigned: null,
  };
}

import { lateralCutoff } from '#core/optics/opticalCutoffs';
import type { OpticalSystem } from '#core/optics/OpticalSystem';
import { MirroredField } from '#core/util/fourier/MirroredField';
import { meanOf } from '#core/util/meanOf';

/** A plane beside its image from a specimen; both without their mean, limited to what the optics pass well. */
export interface PlaneAgreement {
  /** The plane, row-major (y, x). */
  readonly structure: Float32Array<ArrayBuffer>;
  /** The plane less the image, row-major (y, x). */
  readonly difference: Float32Array<ArrayBuffer>;
  /** How large the difference would be by the noise of the plane alone: root mean square. */
  readonly noiseRms: number;
}

/** What is compared, and through what it was seen. */
export interface AgreementField {
  readonly width: number;
  readonly height: number;
  readonly pixelSizeUm: { readonly x: number; readonly y: number };
  readonly system: OpticalSystem;
}

/** Share of the lateral cutoff up to which planes are compared; beyond it is noise and hardly any signal. */
const PASSED_SHARE = 0.8;

/** Planes are continued this far by reflection, so that their sides do not meet. */
const MARGIN_UM = 3;

/**
 * Compares a plane with an image, after the brightness and the background with which the image comes
 * nearest (least squares): lamps fade and backgrounds drift, which says nothing of structure.
 *
 * @param plane row-major (y, x)
 * @param image of the same size
 */
export function planeAgreement(
  plane: Float32Array,
  image: Float32Array,
  { width, height, pixelSizeUm, system }: AgreementField,
): PlaneAgreement {
  const cutoff = lateralCutoff({ system });
  const marginPx = {
    x: Math.min(width - 1, MARGIN_UM / pixelSizeUm.x),
    y: Math.min(height - 1, MARGIN_UM / pixelSizeUm.y),
  };
  const field = new MirroredField({ width, height }, { marginPx, pixelSize: pixelSizeUm, cutoff });
  const spectrumOf = (values: Float32Array): Float32Array =>
    field.spectrum(values, new Float32Array(2 * field.layout.length));
  const own = spectrumOf(plane);
  const other = spectrumOf(fitted(image, plane));
  let [noisePower, noiseCount, passedCount] = [0, 0, 0];
  field.eachFrequency((at, frequency) => {
    const isPassed = frequency > 0 && frequency < PASSED_SHARE * cutoff;
    if (isPassed) passedCount++;
    else if (frequency > 0) {
      noisePower += own[2 * at]! ** 2 + own[2 * at + 1]! ** 2;
      noiseCount++;
    }
    for (const i of [2 * at, 2 * at + 1]) {
      other[i] = isPassed ? own[i]! - other[i]! : 0;
      if (!isPassed) own[i] = 0;
    }
  });
  // Parseval's theorem; the half of the spectrum that is not kept holds as much.
  const power = noiseCount > 0 ? (2 * passedCount * noisePower) / noiseCount : 0;
  const noiseRms = Math.sqrt(power) / (field.layout.width * field.layout.height);
  return { structure: field.plane(own), difference: field.plane(other), noiseRms };
}

/** The image, as bright and with as much background as brings it nearest to the plane. */
function fitted(image: Float32Array, plane: Float32Array): Float32Array {
  const [imageMean, planeMean] = [meanOf(image), meanOf(plane)];
  let [together, own] = [0, 0];
  for (let i = 0; i < image.length; i++) {
    together += (image[i]! - imageMean) * (plane[i]! - planeMean);
    own += (image[i]! - imageMean) ** 2;
  }
  const gain = own > 0 ? together / own : 0;
  return image.map((value) => planeMean + gain * (value - imageMean));
}

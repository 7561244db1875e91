import type { Calibration } from '#core/image/Calibration';
import type { ValueMapping } from '#core/image/ImageStack';

/** The namespace of the annotation in which Axial keeps what OME-XML has no place for. */
export const AXIAL_ANNOTATION_NAMESPACE = 'urn:axial:provenance:1';

/** Where the pixels of a run of planes are. */
export interface OmeTiffData {
  /** Page of the first plane; counts from 0. */
  readonly ifd: number;
  /** Planes in the run; `null`: every page of the file. */
  readonly planeCount: number | null;
  readonly firstZ: number;
  readonly firstC: number;
  readonly firstT: number;
  /** File of a multi-file set, relative to this one's folder; `null`: this file. */
  readonly fileName: string | null;
  readonly uuid: string | null;
}

/** What the file says about one plane. */
export interface OmePlane {
  readonly z: number;
  readonly c: number;
  readonly t: number;
  /** Stage position in micrometres; `null` where none is stated in a unit of length. */
  readonly positionZUm: number | null;
  /** Seconds since the start of the acquisition. */
  readonly deltaTS: number | null;
}

/** One image of an OME-XML document. Sizes are as stated, at least 1. */
export interface OmeImage {
  readonly name: string | null;
  /** Fastest axis first, such as "XYZCT". */
  readonly dimensionOrder: string;
  readonly sizeX: number;
  readonly sizeY: number;
  readonly sizeZ: number;
  /** Counts samples: an RGB image has 3. */
  readonly sizeC: number;
  readonly sizeT: number;
  /** OME's word for the pixel type, in lower case: "uint8", "int16", "float", "double", … */
  readonly type: string;
  /** For each channel that the file describes, how many of the `sizeC` samples it covers. */
  readonly samplesPerPixel: readonly number[];
  /** `channels` has `sizeC` entries. */
  readonly calibration: Calibration;
  readonly tiffData: readonly OmeTiffData[];
  readonly planes: readonly OmePlane[];
  /** The macro that made the stack, as Axial saved it. */
  readonly historyText: string | null;
  /** How stored integers map back to values, as Axial saved it. */
  readonly valueMapping: ValueMapping | null;
  /** What Axial noted of the pixels when it saved them. */
  readonly notes: readonly string[];
  /** SHA-256 of the samples, little-endian, planes in file order, in hexadecimal. */
  readonly pixelSha256: string | null;
}

/** An OME-XML document, as far as pixels and calibration go. */
export interface OmeDocument {
  readonly images: readonly OmeImage[];
  /** The identity of this file in a multi-file set. */
  readonly uuid: string | null;
  /** Set when the file only points at another that holds the metadata; `images` is then empty. */
  readonly metadataFile: string | null;
}

/** What ImageJ keeps in its private TIFF tags 50838 (byte counts) and 50839 (bytes). */
export interface ImageJMetadata {
  /** The text of Image > Show Info. */
  readonly info: string | null;
  /** One per plane, in the order of the file (channels fastest, then slices, then frames); may be shorter. */
  readonly labels: readonly string[];
  /** Display range of each channel in stored values. */
  readonly ranges: readonly { readonly min: number; readonly max: number }[];
  /** 256 reds, 256 greens, 256 blues for each channel. */
  readonly luts: readonly Uint8Array<ArrayBuffer>[];
}

/** No private tags. */
export const EMPTY_IMAGEJ_METADATA: ImageJMetadata = {
  info: null,
  labels: [],
  ranges: [],
  luts: [],
};

/** Begins the header of tag 50839: "IJIJ". */
export const IMAGEJ_MAGIC = 0x494a494a;

/** Kinds of entries, four letters as one number. */
export const IMAGEJ_ENTRY = {
  info: 0x696e666f,
  labels: 0x6c61626c,
  ranges: 0x72616e67,
  luts: 0x6c757473,
} as const;

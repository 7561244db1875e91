/** A wide-field microscope, its coverslip and the medium around the specimen. */
export interface OpticalSystem {
  readonly numericalAperture: number;
  /** Emission wavelength in vacuum, in micrometres. */
  readonly emissionUm: number;
  /** Refractive index of the immersion medium in use. */
  readonly immersionIndex: number;
  /** Refractive index around the specimen. */
  readonly specimenIndex: number;
  /** Index of the immersion medium that the objective is made for. @default immersionIndex */
  readonly designImmersionIndex?: number;
  /** Refractive index of the coverslip in use. @default 1.515 */
  readonly coverslipIndex?: number;
  /** Index of the coverslip that the objective is made for. @default 1.515 */
  readonly designCoverslipIndex?: number;
  /** Thickness of the coverslip in use, in micrometres. @default 170 */
  readonly coverslipUm?: number;
  /** Thickness of the coverslip that the objective is made for, in micrometres. @default 170 */
  readonly designCoverslipUm?: number;
  /** Working distance: thickness of the immersion layer at best focus, in micrometres. @default 150 */
  readonly workingDistanceUm?: number;
}

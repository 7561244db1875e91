/** An objective as the catalogue describes it. */
export interface ObjectivePreset {
  readonly title: string;
  readonly magnification: number;
  readonly numericalAperture: number;
  /** Refractive index of the immersion medium it is made for. */
  readonly immersionIndex: number;
  readonly workingDistanceUm: number;
  /** Pixels in the specimen with the usual cameras, and planes that suit the depth of field. */
  readonly pixelSizeUm: number;
  readonly zStepUm: number;
}

/** Objectives that the shipped models and samples know, by name. */
export const OBJECTIVES = {
  oil63: {
    title: '63x/1.4 oil',
    magnification: 63,
    numericalAperture: 1.4,
    immersionIndex: 1.515,
    workingDistanceUm: 150,
    pixelSizeUm: 0.1,
    zStepUm: 0.2,
  },
  oil40: {
    title: '40x/1.3 oil',
    magnification: 40,
    numericalAperture: 1.3,
    immersionIndex: 1.515,
    workingDistanceUm: 200,
    pixelSizeUm: 0.16,
    zStepUm: 0.25,
  },
  dry20: {
    title: '20x/0.75 dry',
    magnification: 20,
    numericalAperture: 0.75,
    immersionIndex: 1,
    workingDistanceUm: 1000,
    pixelSizeUm: 0.325,
    zStepUm: 0.8,
  },
  dry20High: {
    title: '20x/0.8 dry',
    magnification: 20,
    numericalAperture: 0.8,
    immersionIndex: 1,
    workingDistanceUm: 550,
    pixelSizeUm: 0.325,
    zStepUm: 0.7,
  },
} as const satisfies { readonly [name: string]: ObjectivePreset };

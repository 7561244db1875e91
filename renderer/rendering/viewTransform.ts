/** A width and a height in CSS pixels of a pane, or in pixels of an image. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** Where a pane looks: the image point at its centre, and CSS pixels per image pixel. */
export interface ViewTransform {
  readonly centreX: number;
  readonly centreY: number;
  readonly zoom: number;
}

export const MIN_ZOOM = 1 / 64;
export const MAX_ZOOM = 64;

/** The whole image in the middle of the pane. */
export function fitView(image: Extent, pane: Extent): ViewTransform {
  const zoom = Math.min(pane.width / image.width, pane.height / image.height);
  return { centreX: image.width / 2, centreY: image.height / 2, zoom: clampZoom(zoom) };
}

/** `zoom` within what a pane can show; a pane without extent gets 1. */
export function clampZoom(zoom: number): number {
  return zoom > 0 ? Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom)) : 1;
}

/** Image coordinates (continuous; pixel i covers i to i + 1) under a point of the pane. */
export function paneToImage(
  view: ViewTransform,
  pane: Extent,
  point: { readonly x: number; readonly y: number },
): { x: number; y: number } {
  return {
    x: view.centreX + (point.x - pane.width / 2) / view.zoom,
    y: view.centreY + (point.y - pane.height / 2) / view.zoom,
  };
}

/** Zooms by `factor` so that the image point under `point` stays where it is. */
export function zoomAt(
  view: ViewTransform,
  pane: Extent,
  point: { readonly x: number; readonly y: number },
  factor: number,
): ViewTransform {
  const zoom = clampZoom(view.zoom * factor);
  const fixed = paneToImage(view, pane, point);
  return {
    centreX: fixed.x - (point.x - pane.width / 2) / zoom,
    centreY: fixed.y - (point.y - pane.height / 2) / zoom,
    zoom,
  };
}

/** Moves the image by a distance in CSS pixels, keeping some of it in sight. */
export function panBy(view: ViewTransform, image: Extent, dx: number, dy: number): ViewTransform {
  return {
    centreX: Math.min(image.width, Math.max(0, view.centreX - dx / view.zoom)),
    centreY: Math.min(image.height, Math.max(0, view.centreY - dy / view.zoom)),
    zoom: view.zoom,
  };
}

const STEPS = [
  1 / 32,
  1 / 16,
  1 / 8,
  1 / 6,
  1 / 4,
  1 / 3,
  1 / 2,
  0.75,
  1,
  1.5,
  2,
  3,
  4,
  6,
  8,
  12,
  16,
  24,
  32,
  48,
  64,
];

/** The next of ImageJ's zoom levels in a direction. */
export function nextZoom(zoom: number, direction: 1 | -1): number {
  const tolerance = 1.001;
  if (direction > 0) return STEPS.find((step) => step > zoom * tolerance) ?? MAX_ZOOM;
  return STEPS.findLast((step) => step < zoom / tolerance) ?? MIN_ZOOM;
}

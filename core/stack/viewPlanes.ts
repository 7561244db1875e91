import type { ImageStack, StackShape } from '#core/image/ImageStack';
import type { PlaneIndex } from '#core/image/PlaneSource';

/** What differs between a stack and a view of it. */
export interface ViewOptions {
  /** Shape of the view; rows and columns stay as they are. */
  readonly shape: StackShape;
  /** Which plane of the stack stands at a place of the view. */
  readonly indexOf: (index: PlaneIndex) => PlaneIndex;
  readonly changes: Partial<Pick<ImageStack, 'name' | 'calibration' | 'notes'>>;
}

/** A stack of the same planes in other places: nothing is copied, and resolution levels stay. */
export function viewPlanes(
  stack: ImageStack,
  { shape, indexOf, changes }: ViewOptions,
): ImageStack {
  const { origin: _origin, source, ...rest } = stack;
  return {
    ...rest,
    ...changes,
    shape,
    source: {
      levels: source.levels,
      read: (index, options) => source.read(indexOf(index), options),
      close: () => source.close(),
    },
  };
}

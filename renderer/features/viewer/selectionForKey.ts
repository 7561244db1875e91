import { grown, moved, type Selection } from '#renderer/rendering/selection';
import type { Extent } from '#renderer/rendering/viewTransform';

const ARROWS: { readonly [key: string]: readonly [number, number] } = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const LARGE_STEP_PX = 10;

/**
 * The selection after a key: arrows move it by a pixel, with Shift by ten, with Alt they move its
 * right and lower edge; Escape removes it. `undefined` for any other key.
 */
export function selectionForKey(
  event: KeyboardEvent,
  selection: Selection,
  image: Extent,
): Selection | null | undefined {
  if (event.key === 'Escape') return null;
  const arrow = ARROWS[event.key];
  if (!arrow || event.ctrlKey || event.metaKey) return undefined;
  const [dx, dy] = arrow.map((step) => step * (event.shiftKey ? LARGE_STEP_PX : 1)) as [
    number,
    number,
  ];
  return event.altKey ? grown(selection, dx, dy, image) : moved(selection, dx, dy, image);
}

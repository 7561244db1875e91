import { ref, type Ref } from 'vue';
import type { Region } from '#core/image/PlaneSource';
import { cursorFor, dragged, gripAt, pointInImage, type Grip } from '#renderer/rendering/selection';
import { paneToImage, panBy } from '#renderer/rendering/viewTransform';
import { useSelections } from '#renderer/stores/selections';
import { useViews } from '#renderer/stores/views';
import type { PaneSurface, PaneView, Point } from './usePaneView';

/** What the button holds while it is down. */
interface Hold {
  readonly start: Point;
  last: Point;
  moved: boolean;
  readonly selection: Region | null;
  readonly grip: Grip | null;
}

const DRAG_THRESHOLD_PX = 3;

/** What the mouse does in a pane: moves the picture, zooms, or draws a rectangle. */
export function usePointerTools(
  { tab, host, image, pane, transform }: PaneSurface,
  { pointOf, setTransform, zoomStep }: PaneView,
): {
  readonly cursor: Ref<string>;
  readonly press: (event: PointerEvent) => void;
  readonly move: (event: PointerEvent) => void;
  readonly release: (event: PointerEvent) => void;
} {
  const views = useViews();
  const selections = useSelections();
  const cursor = ref('');
  let hold: Hold | null = null;

  function gripUnder(point: Point): Grip | null {
    const selection = selections.of(tab());
    return selection && gripAt(selection, transform(), pane(), point);
  }

  function press(event: PointerEvent): void {
    if (event.button !== 0) return;
    host()?.setPointerCapture(event.pointerId);
    const at = pointOf(event);
    const [selection, grip] = [selections.of(tab()), gripUnder(at)];
    hold = { start: at, last: at, moved: false, selection, grip };
  }

  function drag({ start, last, selection, grip }: Hold, point: Point): void {
    if (views.tool !== 'rectangle') {
      setTransform(panBy(transform(), image(), point.x - last.x, point.y - last.y));
      return;
    }
    const [from, to] = [start, point].map((at) => pointInImage(transform(), pane(), at, image()));
    if (from && to) selections.select(tab(), dragged({ selection, grip, from }, to, image()));
  }

  function move(event: PointerEvent): void {
    const point = pointOf(event);
    views.pointAt(tab(), paneToImage(transform(), pane(), point));
    if (!hold) {
      cursor.value = views.tool === 'rectangle' ? cursorFor(gripUnder(point)) : '';
      return;
    }
    hold.moved ||= Math.hypot(point.x - hold.start.x, point.y - hold.start.y) >= DRAG_THRESHOLD_PX;
    if (!hold.moved) return;
    drag(hold, point);
    hold.last = point;
  }

  function release(event: PointerEvent): void {
    const clicked = hold && !hold.moved ? hold : null;
    hold = null;
    if (!clicked) return;
    if (views.tool === 'zoom') zoomStep(event.altKey || event.shiftKey ? -1 : 1, pointOf(event));
    // As in ImageJ, a click beside the rectangle removes it.
    if (views.tool === 'rectangle' && !clicked.grip) selections.select(tab(), null);
  }

  return { cursor, press, move, release };
}

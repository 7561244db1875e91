import {
  nextZoom,
  zoomAt,
  type Extent,
  type ViewTransform,
} from '#renderer/rendering/viewTransform';
import { useViews } from '#renderer/stores/views';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a pane shows and where it stands, gathered by the component. */
export interface PaneSurface {
  readonly tab: () => string;
  readonly host: () => HTMLElement | null;
  readonly image: () => Extent;
  readonly pane: () => Extent;
  readonly transform: () => ViewTransform;
}

/** Moving the view of a pane. */
export interface PaneView {
  /** Where a mouse event happened, in CSS pixels of the pane. */
  readonly pointOf: (event: MouseEvent) => Point;
  /** `null` shows the whole image again. */
  readonly setTransform: (next: ViewTransform | null) => void;
  /** To ImageJ's next zoom level, about a point or the middle. */
  readonly zoomStep: (direction: 1 | -1, point?: Point) => void;
}

export function usePaneView({ tab, host, pane, transform }: PaneSurface): PaneView {
  const views = useViews();

  function pointOf(event: MouseEvent): Point {
    const box = host()?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  }

  function setTransform(next: ViewTransform | null): void {
    views.change(tab(), { transform: next });
  }

  function zoomStep(direction: 1 | -1, point?: Point): void {
    const { width, height } = pane();
    const now = transform();
    const factor = nextZoom(now.zoom, direction) / now.zoom;
    setTransform(zoomAt(now, pane(), point ?? { x: width / 2, y: height / 2 }, factor));
  }

  return { pointOf, setTransform, zoomStep };
}

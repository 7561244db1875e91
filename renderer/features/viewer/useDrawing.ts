import { onBeforeUnmount, onMounted, ref, watch, type Ref, type ShallowRef } from 'vue';
import type { PlanePixels } from '#core/command/engineApi';
import {
  NoWebGl2Error,
  PlaneRenderer,
  type Appearance,
  type DrawnPlane,
} from '#renderer/rendering/PlaneRenderer';
import type { Extent, ViewTransform } from '#renderer/rendering/viewTransform';

/** What a pane draws, gathered by the component. */
export interface Scene {
  readonly plane: PlanePixels | null;
  readonly image: Extent;
  readonly transform: ViewTransform;
  readonly appearance: Appearance;
}

type ElementRef<T> = Readonly<ShallowRef<T | null>>;

/** Keeps one canvas drawn: once per frame at most, after something changed. */
export function useDrawing(
  host: ElementRef<HTMLElement>,
  canvas: ElementRef<HTMLCanvasElement>,
  pane: Ref<Extent>,
  scene: () => Scene,
): { readonly trouble: Ref<string | null> } {
  const trouble = ref<string | null>(null);
  let renderer: PlaneRenderer | null = null;
  let drawn: DrawnPlane | null = null;
  let frame = 0;

  function draw(): void {
    frame = 0;
    if (!renderer || trouble.value !== null) return;
    const { plane, image, transform, appearance } = scene();
    if (plane?.pixels !== drawn?.pixels) {
      drawn = plane && { ...plane, fullSize: image };
      renderer.setPlane(drawn);
    }
    renderer.draw(transform, appearance);
  }

  function schedule(): void {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }

  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return;
    const { width, height } = entry.contentRect;
    pane.value = { width: Math.max(1, width), height: Math.max(1, height) };
    renderer?.resize(pane.value, window.devicePixelRatio);
    schedule();
  });

  function onContext(lost: boolean): void {
    trouble.value = lost
      ? 'The graphics driver was reset. The picture comes back by itself.'
      : null;
    if (!lost) schedule();
  }

  onMounted(() => {
    if (!canvas.value || !host.value) return;
    try {
      renderer = new PlaneRenderer(canvas.value, onContext);
    } catch (error) {
      if (!(error instanceof NoWebGl2Error)) throw error;
      trouble.value =
        'Images cannot be drawn here: WebGL 2 is missing. Update the graphics driver; everything but the picture works.';
    }
    observer.observe(host.value);
  });
  watch(scene, schedule, { deep: 1 });
  onBeforeUnmount(() => {
    cancelAnimationFrame(frame);
    observer.disconnect();
    renderer?.dispose();
  });
  return { trouble };
}

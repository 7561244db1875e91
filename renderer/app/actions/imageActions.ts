import { useTabs } from '#renderer/stores/tabs';
import { useViews } from '#renderer/stores/views';
import type { PaneControls, WindowAction } from './WindowAction';

/** Contrast, zoom and steps through the depth of the shown pane. */
export function imageActions(pane: PaneControls): WindowAction[] {
  const tabs = useTabs();
  const views = useViews();
  const hasImage = (): boolean => tabs.activeDocument !== null;
  const zoom = ['Image', 'Zoom'];
  const action = (
    id: string,
    title: string,
    menu: readonly string[],
    accelerator: string,
    run: () => unknown,
  ): WindowAction => ({ id, title, menu, accelerator, enabled: hasImage, run });
  return [
    {
      ...action('view.contrast', 'Brightness/Contrast', ['Image', 'Adjust'], 'Shift+C', () => {
        views.contrastOpen = !views.contrastOpen;
      }),
      checked: () => views.contrastOpen,
    },
    action('view.zoomIn', 'In', zoom, '+', () => {
      pane.zoomStep(1);
    }),
    action('view.zoomOut', 'Out', zoom, '-', () => {
      pane.zoomStep(-1);
    }),
    action('view.originalSize', 'One to One', zoom, '4', () => {
      pane.originalSize();
    }),
    action('view.fit', 'Fit to Pane', zoom, '5', () => {
      pane.fit();
    }),
    action('view.nextPlane', 'Next Plane', ['Image', 'Stacks'], '.', () => {
      pane.stepPlane(1);
    }),
    action('view.previousPlane', 'Previous Plane', ['Image', 'Stacks'], ',', () => {
      pane.stepPlane(-1);
    }),
    {
      id: 'view.smooth',
      title: 'Interpolate When Zoomed',
      menu: ['Image'],
      separated: true,
      checked: () => views.smooth,
      run: () => {
        views.smooth = !views.smooth;
      },
    },
    {
      id: 'view.inverted',
      title: 'Inverted Greys',
      menu: ['Image'],
      checked: () => views.inverted,
      run: () => {
        views.inverted = !views.inverted;
      },
    },
  ];
}

import { deviceActions } from './deviceActions';
import { editActions } from './editActions';
import { fileActions } from './fileActions';
import { guidedActions } from './guidedActions';
import { helpActions } from './helpActions';
import { imageActions } from './imageActions';
import { tabActions } from './tabActions';
import type { PaneControls, WindowAction } from './WindowAction';

/** Everything that the window itself can do, as menus, keys and the palette offer it. */
export function windowActions(pane: PaneControls): WindowAction[] {
  return [
    ...fileActions(),
    ...editActions(),
    ...imageActions(pane),
    ...guidedActions(),
    ...tabActions(),
    ...deviceActions(),
    ...helpActions(),
  ];
}

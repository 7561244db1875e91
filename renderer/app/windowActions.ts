import { AxialError } from '#core/util/errors';
import { ask } from '#renderer/platform/bridge';
import { useApp } from '#renderer/stores/app';
import { useCommands } from '#renderer/stores/commands';
import { useDialogs } from '#renderer/stores/dialogs';
import { useDocuments } from '#renderer/stores/documents';
import { useEngine } from '#renderer/stores/engine';
import { useGuided } from '#renderer/stores/guided';
import { useTabs } from '#renderer/stores/tabs';
import { useViews } from '#renderer/stores/views';
import { requestClose } from './requestClose';

/** Something that the window does by itself; commands come from the engine. */
export interface WindowAction {
  readonly id: string;
  readonly title: string;
  /** Menu path, top level first. */
  readonly menu: readonly string[];
  readonly accelerator?: string;
  readonly separated?: boolean;
  readonly enabled?: () => boolean;
  /** For a switch: whether it is on. */
  readonly checked?: () => boolean;
  readonly run: () => unknown;
}

/** What acts on the pane that is shown; the application provides it. */
export interface PaneControls {
  zoomStep(direction: 1 | -1): void;
  originalSize(): void;
  fit(): void;
  stepPlane(planes: number): void;
}

function fileActions(): WindowAction[] {
  const app = useApp();
  const commands = useCommands();
  const engine = useEngine();
  const tabs = useTabs();
  const dialogs = useDialogs();
  const hasImage = (): boolean => tabs.activeDocument !== null;
  const saveCommand = (): ReturnType<typeof engine.commandById.get> =>
    engine.commandById.get('file.save');
  return [
    ...app.recentFiles.map((path, i) => ({
      id: `recent.${i}`,
      title: path,
      menu: ['File', 'Open Recent'],
      run: () => commands.openPaths([path]),
    })),
    {
      id: 'recent.clear',
      title: 'Clear List',
      menu: ['File', 'Open Recent'],
      separated: true,
      enabled: () => app.recentFiles.length > 0,
      run: () => app.clearRecent(),
    },
    {
      id: 'file.saveWithOptions',
      title: 'Save With Options…',
      menu: ['File'],
      accelerator: 'CmdOrCtrl+Shift+S',
      enabled: () => hasImage() && saveCommand() !== undefined,
      run: () => {
        const command = saveCommand();
        const document = tabs.activeDocument;
        if (command && document) commands.openDialog(command, { stack: document.id }, {});
      },
    },
    {
      id: 'tab.close',
      title: 'Close',
      menu: ['File'],
      accelerator: 'CmdOrCtrl+W',
      separated: true,
      enabled: () => tabs.active !== null,
      run: () => tabs.active && commands.closeTab(tabs.active.id),
    },
    {
      id: 'app.quit',
      title: 'Quit',
      menu: ['File'],
      accelerator: 'CmdOrCtrl+Q',
      run: () => {
        requestClose(true);
      },
    },
    {
      id: 'edit.copyMacro',
      title: 'Copy Recorded Macro',
      menu: ['Edit'],
      run: async () => {
        await ask('clipboard.writeText', { text: await engine.api().recordedMacro() });
      },
    },
    {
      id: 'edit.showMacro',
      title: 'Show Recorded Macro…',
      menu: ['Edit'],
      run: async () => {
        const text = await engine.api().recordedMacro();
        dialogs.sheet = { title: 'Recorded macro', lines: text.trimEnd().split('\n'), html: null };
      },
    },
  ];
}

function imageActions(pane: PaneControls): WindowAction[] {
  const guided = useGuided();
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
    action('view.zoomIn', 'In', zoom, '+', () => { pane.zoomStep(1); }),
    action('view.zoomOut', 'Out', zoom, '-', () => { pane.zoomStep(-1); }),
    action('view.originalSize', 'One to One', zoom, '4', () => { pane.originalSize(); }),
    action('view.fit', 'Fit to Pane', zoom, '5', () => { pane.fit(); }),
    action('view.nextPlane', 'Next Plane', ['Image', 'Stacks'], '.', () => { pane.stepPlane(1); }),
    action('view.previousPlane', 'Previous Plane', ['Image', 'Stacks'], ',', () => { pane.stepPlane(-1); }),
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
    {
      id: 'guided.suggest',
      title: 'Suggest Input Planes',
      menu: ['Reconstruct'],
      enabled: hasImage,
      run: () => {
        if (guided.rootId !== null) guided.suggest(guided.rootId);
      },
    },
    {
      id: 'guided.runAll',
      title: 'Run All Steps',
      menu: ['Reconstruct'],
      enabled: hasImage,
      run: () => guided.rootId !== null && guided.runAll(guided.rootId),
    },
  ];
}

function windowMenuActions(): WindowAction[] {
  const app = useApp();
  const dialogs = useDialogs();
  const documents = useDocuments();
  const tabs = useTabs();
  const views = useViews();
  return [
    {
      id: 'tab.next',
      title: 'Next Tab',
      menu: ['Window'],
      accelerator: 'Ctrl+Tab',
      enabled: () => tabs.all.length > 1,
      run: () => { tabs.step(1); },
    },
    {
      id: 'tab.previous',
      title: 'Previous Tab',
      menu: ['Window'],
      accelerator: 'Ctrl+Shift+Tab',
      enabled: () => tabs.all.length > 1,
      run: () => { tabs.step(-1); },
    },
    {
      id: 'view.guided',
      title: 'Guided Panel',
      menu: ['Window'],
      separated: true,
      checked: () => views.guidedOpen,
      run: () => {
        views.guidedOpen = !views.guidedOpen;
      },
    },
    {
      id: 'view.planes',
      title: 'Planes Strip',
      menu: ['Window'],
      checked: () => views.planesOpen,
      run: () => {
        views.planesOpen = !views.planesOpen;
      },
    },
    {
      id: 'view.fullScreen',
      title: 'Full Screen',
      menu: ['Window'],
      accelerator: 'F11',
      run: () => ask('window.fullScreen', {}),
    },
    ...tabs.all.map((tab, i) => ({
      id: `tab.${i}`,
      title: tab.title,
      menu: ['Window'],
      separated: i === 0,
      checked: () => tabs.activeId === tab.id,
      run: () => {
        tabs.activeId = tab.id;
      },
    })),
    {
      id: 'help.search',
      title: 'Search Commands…',
      menu: ['Help'],
      accelerator: 'L',
      run: () => {
        dialogs.palette = true;
      },
    },
    {
      id: 'engine.restart',
      title: 'Restart Engine',
      menu: ['Help'],
      run: () => {
        if (documents.unsaved.length === 0) return ask('engine.restart', {});
        dialogs.confirmation = {
          title: 'Results that are not saved will be lost.',
          lines: documents.unsaved.map(({ name }) => name),
          discard: 'Restart without saving',
          onDiscard: () => void ask('engine.restart', {}),
        };
        return null;
      },
    },
    {
      id: 'help.about',
      title: 'About Axial',
      menu: ['Help'],
      separated: true,
      run: () => {
        dialogs.sheet = { title: `Axial ${app.version}`, lines: ABOUT, html: null };
      },
    },
  ];
}

const ABOUT = [
  'Volumes from a few wide-field fluorescence images: align, refocus, reconstruct, compare, save.',
  'Research software; no medical device. MIT licence.',
  'The refocusing methods are the subject of their authors’ patent applications,',
  'for instance WO 2020/139835.',
];

/** Everything that the window itself can do, as menus, keys and the palette offer it. */
export function windowActions(pane: PaneControls): WindowAction[] {
  return [...fileActions(), ...imageActions(pane), ...windowMenuActions()];
}

/** The failure of an action that does not exist: a menu of an older state. */
export function unknownAction(id: string): AxialError {
  return new AxialError(
    'UsageError',
    `There is no action "${id}".`,
    'Open the menu again; it may have changed.',
  );
}

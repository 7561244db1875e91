/** What the page may ask of main. Kept apart from the schemas so that the preload script stays small. */
export const REQUEST_NAMES = [
  'app.start',
  'clipboard.writeText',
  'dialog.open',
  'dialog.save',
  'dialog.saveText',
  'engine.connect',
  'engine.restart',
  'menu.set',
  'recent.add',
  'recent.clear',
  'window.close',
  'window.fullScreen',
  'window.progress',
  'window.quit',
] as const;

export type RequestName = (typeof REQUEST_NAMES)[number];

/** Name of the Electron channel of a request. */
export function requestChannel(name: RequestName): string {
  return `axial:request:${name}`;
}

/** Main tells the page something. */
export const EVENT_CHANNEL = 'axial:event';

/** Main hands the page a port to the engine. */
export const PORT_CHANNEL = 'axial:enginePort';

import { z } from 'zod';
import { NETWORK_DEVICES } from '#core/network/networkDevices';
import type { RequestName } from './channels';
import { menusSchema } from './menuModel';
import { wireErrorSchema } from './wireError';

interface Request<I extends z.ZodType, O extends z.ZodType> {
  readonly input: I;
  readonly output: O;
}

function request<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Request<I, O> {
  return { input, output };
}

const nothing = z.strictObject({});
const path = z.string().min(1).max(32_767);
const recentFiles = z.strictObject({ recentFiles: z.array(path).max(50) });
const fileFilter = z.strictObject({
  name: z.string().max(100),
  extensions: z.array(z.string().regex(/^[a-z0-9.*]+$/i)).max(20),
});

/** Everything that the page asks of main: channel to schema of the question and of the answer. */
export const requests = {
  'app.start': request(
    nothing,
    z.strictObject({
      version: z.string(),
      platform: z.string(),
      /** Whether the platform shows the native menu bar, so that the page draws none. */
      nativeMenu: z.boolean(),
      recentFiles: z.array(path),
      /** What computes networks. */
      device: z.enum(NETWORK_DEVICES),
      /** Files that the program was started with. */
      openPaths: z.array(path),
    }),
  ),
  'clipboard.writeText': request(z.strictObject({ text: z.string().max(10_000_000) }), nothing),
  'dialog.open': request(
    z.strictObject({
      title: z.string().max(200),
      kind: z.enum(['files', 'folder']),
      filters: z.array(fileFilter).max(20),
    }),
    z.strictObject({ paths: z.array(path) }),
  ),
  'dialog.save': request(
    z.strictObject({
      title: z.string().max(200),
      suggestedName: z.string().max(1000),
      filters: z.array(fileFilter).max(20),
    }),
    z.strictObject({ path: path.nullable() }),
  ),
  'dialog.saveText': request(
    z.strictObject({
      title: z.string().max(200),
      suggestedName: z.string().max(1000),
      filters: z.array(fileFilter).max(20),
      text: z.string().max(100_000_000),
    }),
    z.strictObject({ path: path.nullable() }),
  ),
  'engine.connect': request(
    z.strictObject({ nonce: z.string().min(8).max(100) }),
    z.strictObject({ generation: z.number().int() }),
  ),
  /** With a device, the engine computes networks on that one from then on; `null` keeps what it had. */
  'engine.restart': request(
    z.strictObject({ device: z.enum(NETWORK_DEVICES).nullable() }),
    nothing,
  ),
  'menu.set': request(z.strictObject({ menus: menusSchema }), nothing),
  'recent.add': request(z.strictObject({ path }), recentFiles),
  'recent.clear': request(nothing, recentFiles),
  'window.close': request(z.strictObject({ discard: z.boolean() }), nothing),
  'window.fullScreen': request(nothing, nothing),
  'window.progress': request(
    z.strictObject({
      /** `null` hides the bar in the taskbar, -1 means busy without a known amount. */
      fraction: z.number().min(-1).max(1).nullable(),
    }),
    nothing,
  ),
  'window.quit': request(z.strictObject({ discard: z.boolean() }), nothing),
} as const satisfies { [K in RequestName]: Request<z.ZodType, z.ZodType> };

export type Input<K extends RequestName> = z.infer<(typeof requests)[K]['input']>;
export type Output<K extends RequestName> = z.infer<(typeof requests)[K]['output']>;

/** The envelope of every answer: Electron would carry only the message of a thrown error. */
export const replySchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), error: wireErrorSchema }),
]);
export type Reply = z.infer<typeof replySchema>;

/** What main tells the page without being asked. */
export const mainEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('menu'), id: z.string() }),
  z.strictObject({ kind: z.literal('openFiles'), paths: z.array(path) }),
  z.strictObject({
    kind: z.literal('engineExited'),
    exitCode: z.number().int().nullable(),
    /** Whether the user wanted another start. */
    wanted: z.boolean(),
    /** False after too many deaths in a short time: the user has to ask for another start. */
    restarting: z.boolean(),
    lastWords: z.string(),
  }),
  z.strictObject({ kind: z.literal('closeRequested'), quit: z.boolean() }),
]);
export type MainEvent = z.infer<typeof mainEventSchema>;

/** The message with which the preload script hands a port to the page. */
export const portMessageSchema = z.strictObject({
  channel: z.literal('axial:enginePort'),
  nonce: z.string(),
});

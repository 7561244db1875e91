import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { EVENT_CHANNEL, requestChannel, type RequestName } from '#electron/shared/channels';
import {
  requests,
  type Input,
  type MainEvent,
  type Output,
  type Reply,
} from '#electron/shared/contract';
import { toWireError } from '#core/command/wireError';
import { PAGE_ORIGIN } from './protocol';

/** Only the top frame of a page that we served ourselves may ask for anything. */
function assertTrusted(event: IpcMainInvokeEvent): void {
  const frame = event.senderFrame;
  const trusted =
    frame !== null && frame === event.sender.mainFrame && frame.url.startsWith(`${PAGE_ORIGIN}/`);
  if (!trusted) throw new Error('A message came from an unknown sender.');
}

/** Answers one kind of request: sender checked, payload parsed, errors kept whole. */
export function handle<K extends RequestName>(
  name: K,
  answer: (input: Input<K>, event: IpcMainInvokeEvent) => Output<K> | Promise<Output<K>>,
): void {
  ipcMain.handle(requestChannel(name), async (event, payload: unknown): Promise<Reply> => {
    try {
      assertTrusted(event);
      const input = requests[name].input.parse(payload) as Input<K>;
      return { ok: true, value: await answer(input, event) };
    } catch (error) {
      return { ok: false, error: toWireError(error) };
    }
  });
}

/** Tells the page something; a window that is gone hears nothing. */
export function tell(window: BrowserWindow | null, event: MainEvent): void {
  if (window && !window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, event);
}

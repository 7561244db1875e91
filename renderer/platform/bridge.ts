import { reviveError } from '#core/command/wireError';
import type { Bridge } from '#electron/shared/bridge';
import type { RequestName } from '#electron/shared/channels';
import {
  mainEventSchema,
  replySchema,
  requests,
  type Input,
  type MainEvent,
  type Output,
} from '#electron/shared/contract';

declare global {
  interface Window {
    readonly axial: Bridge<File>;
  }
}

/** Asks main for something and unwraps its answer; the only user of `window.axial` with bridge.ts. */
export async function ask<K extends RequestName>(name: K, input: Input<K>): Promise<Output<K>> {
  const reply = replySchema.parse(await window.axial.invoke(name, input));
  if (!reply.ok) throw reviveError(reply.error);
  return requests[name].output.parse(reply.value) as Output<K>;
}

/** Hears what main tells the page. */
export function onMainEvent(listener: (event: MainEvent) => void): void {
  window.axial.onEvent((message) => {
    listener(mainEventSchema.parse(message));
  });
}

/** Where a dropped file lies. Electron before 32 says so on the file itself. */
export function pathOfFile(file: File): string {
  const path: unknown = Reflect.get(file, 'path');
  return typeof path === 'string' && path !== '' ? path : window.axial.pathForFile(file);
}

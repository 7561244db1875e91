import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { CommandDescriptor, DeviceStatus, EngineEvent } from '#core/command/engineApi';
import { AxialError } from '#core/util/errors';
import { connectEngine } from '#renderer/platform/connectEngine';
import type { EngineClient } from '#renderer/platform/EngineClient';

export type EngineState = 'starting' | 'ready' | 'restarting' | 'stopped';

function notRunning(): AxialError {
  return new AxialError(
    'DeviceError',
    'The engine is not running.',
    'Wait a moment, or choose Help > Restart Engine.',
  );
}

/** The connection to the engine process, and what the engine says of itself. */
export const useEngine = defineStore('engine', () => {
  const state = ref<EngineState>('starting');
  const client = shallowRef<EngineClient | null>(null);
  const commands = shallowRef<readonly CommandDescriptor[]>([]);
  const device = shallowRef<DeviceStatus | null>(null);
  const listeners = new Set<(event: EngineEvent) => void>();

  const commandById = computed(
    () => new Map(commands.value.map((command) => [command.id, command] as const)),
  );

  async function connect(): Promise<void> {
    const connected = await connectEngine();
    connected.onEvent((event) => {
      for (const listener of listeners) listener(event);
    });
    commands.value = await connected.commands();
    client.value = connected;
    state.value = 'ready';
    await refreshDevice();
  }

  /** The engine process died; every open question fails. */
  function lose(restarting: boolean): void {
    client.value?.close();
    client.value = null;
    device.value = null;
    state.value = restarting ? 'restarting' : 'stopped';
  }

  async function refreshDevice(): Promise<void> {
    if (client.value) device.value = await client.value.deviceStatus();
  }

  /** The engine, or the failure that it is not there. */
  function api(): EngineClient {
    if (client.value) return client.value;
    throw notRunning();
  }

  function onEvent(listener: (event: EngineEvent) => void): void {
    listeners.add(listener);
  }

  return {
    state,
    client,
    commands,
    commandById,
    device,
    connect,
    lose,
    refreshDevice,
    api,
    onEvent,
  };
});

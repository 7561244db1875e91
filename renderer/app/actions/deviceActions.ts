import { useApp } from '#renderer/stores/app';
import { useEngineRestart } from './useEngineRestart';
import type { WindowAction } from './WindowAction';

const DEVICES = [
  { device: 'auto', title: 'Fastest That Is Right' },
  { device: 'cpu', title: 'CPU' },
  { device: 'webgpu', title: 'Graphics Processor (WebGPU)' },
] as const;

/** On what networks are computed. */
export function deviceActions(): WindowAction[] {
  const app = useApp();
  const restart = useEngineRestart();
  return DEVICES.map(({ device, title }) => ({
    id: `device.${device}`,
    title,
    menu: ['Edit', 'Compute Networks On'],
    checked: () => app.device === device,
    run: () => (app.device === device ? null : restart(device)),
  }));
}

import { NETWORK_DEVICES, type NetworkDevice } from '#core/network/networkDevices';

/** The device named by the environment, for where no option names one. */
export function deviceFromEnvironment(): NetworkDevice {
  const named = process.env['AXIAL_DEVICE'];
  return NETWORK_DEVICES.find((device) => device === named) ?? 'auto';
}

import { webcrypto } from 'node:crypto';

/** Node 18, which older Electron carries, has Web Crypto but not yet as a global. */
export function provideWebCrypto(): void {
  if ('crypto' in globalThis) return;
  Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true });
}

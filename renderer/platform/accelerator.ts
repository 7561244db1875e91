// The page's way to what it shares with the native menu.
export { acceleratorParts, isPlainKey } from '#electron/shared/accelerator';

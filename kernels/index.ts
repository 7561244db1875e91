export * from './wavelet';

export * from './binomial';
export * from './gradientEnergy';
export * from './wavelet';

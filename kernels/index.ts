export * from './binomial';
export * from './gaussian';
export * from './gradientEnergy';
export * from './variance';
export * from './wavelet';

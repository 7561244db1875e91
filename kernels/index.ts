export * from './binomial';
export * from './extremes';
export * from './gaussian';
export * from './gradientEnergy';
export * from './variance';
export * from './wavelet';

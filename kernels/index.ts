export * from './binomial';
export * from './extremes';
export * from './gaussian';
export * from './gradientEnergy';
export * from './sums';
export * from './variance';
export * from './wavelet';

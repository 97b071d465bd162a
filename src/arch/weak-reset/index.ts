export { fitMeanCurve } from './fit-mean-curve.js';
export { type MeanCurve, meanGap } from './mean-curve.js';
export { meanSpectrum, type PowerSpectrum, powerLaw } from './mean-spectrum.js';
export { type WeakResetOptions, weakResetDefaults } from './options.js';
export { afterPulses, occupancy, type Telegraph, weakResetTelegraph } from './telegraph-noise.js';
export { gapTrajectories, increments, meanCorrelation, quantile } from './trajectories.js';
export { type Pulses, WeakResetArray } from './weak-reset-array.js';

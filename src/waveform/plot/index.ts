/** Plots. Apart from the rest of the folder, so that d3 is loaded only where something is drawn. */
export { histogramSvg, type HistogramRequest } from './histogram-svg.js';
export type { PlotRequest } from './plot-request.js';
export { plotSvg } from './plot-svg.js';

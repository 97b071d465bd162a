/** Plots. Apart from the rest of the folder, so that d3 is loaded only where something is drawn. */
export { type BarGroup, barsSvg, type BarsRequest } from './bars-svg.js';
export { heatmapSvg, type HeatmapRequest } from './heatmap-svg.js';
export { type Bins, histogram } from './histogram.js';
export { histogramSvg, type HistogramRequest } from './histogram-svg.js';
export { type ImagePanel, imagesSvg, type ImagesRequest } from './images-svg.js';
export type { PlotRequest } from './plot-request.js';
export { plotSvg } from './plot-svg.js';

// Results of ngspice that its own tolerances no longer change.
import { parseQuantity } from '../../dist/base/index.js';
import { compareDatasets } from './compare-datasets.mjs';
import { limits, transientRule } from './rules.mjs';
import { runNgspice } from './run-ngspice.mjs';
import { stopTime, tightened } from './tighten.mjs';

/** Own change of a reference, as a part of the limit: 0.05 % of 0.2 %. */
const settled = 0.25;
const mostHalvings = 7;
const firstTolerance = 1e-6;
/** Of analyses without time: as far as Newton gets. */
const finestTolerance = 1e-9;

/**
 * Halves the longest step and quarters the relative tolerance until that changes the result by less
 * than 0.05 %. Gives the datasets, with what they were computed: step [s], tolerance, and the last
 * change (relative).
 */
export function reference(text, folder) {
  const stop = stopTime(text);
  if (stop === undefined) {
    const datasets = runNgspice(tightened(text, finestTolerance, 0), folder);
    return { datasets, reltol: finestTolerance, change: 0 };
  }
  const rule = transientRule(text, parseQuantity);
  let [maxStep, reltol] = [stop / 2000, firstTolerance];
  let datasets = runNgspice(tightened(text, reltol, maxStep), folder);
  for (let i = 0; i < mostHalvings; i++) {
    maxStep /= 2;
    reltol /= 4;
    const finer = runNgspice(tightened(text, reltol, maxStep), folder);
    const changes = transients(finer).map((dataset, k) =>
      compareDatasets(dataset, transients(datasets)[k], rule),
    );
    datasets = finer;
    const change = Math.max(...changes.map(({ error }) => error));
    if (Math.max(...changes.map(({ worst }) => worst)) <= settled)
      return { datasets, maxStep, reltol, change };
  }
  throw new Error(`the reference does not settle within ${mostHalvings} halvings of the step`);
}

function transients(datasets) {
  return datasets.filter(({ analysis }) => analysis === 'tran');
}

export { limits };

// Results of ngspice that its own tolerances no longer change.
import { parseQuantity } from '../../dist/base/index.js';
import { compareDatasets } from './compare-datasets.mjs';
import { limits, transientRule } from './rules.mjs';
import { runNgspice } from './run-ngspice.mjs';
import { stopTime, tightened } from './tighten.mjs';

/** Own change of a reference, as a part of the limit: 0.05 % of 0.2 %. */
const settled = 0.25;
const mostHalvings = 7;

/**
 * Tightens tolerances, and halves the longest step until that changes the result by less than
 * 0.05 %. Gives the datasets, the step [s] and the last change (relative).
 */
export function reference(text, folder) {
  const stop = stopTime(text);
  const rule = transientRule(text, parseQuantity);
  let maxStep = (stop ?? 0) / 2000;
  let datasets = runNgspice(tightened(text, maxStep), folder);
  if (stop === undefined) return { datasets, maxStep: undefined, change: 0 };
  for (let i = 0; i < mostHalvings; i++) {
    maxStep /= 2;
    const finer = runNgspice(tightened(text, maxStep), folder);
    const changes = transients(finer).map((dataset, k) =>
      compareDatasets(dataset, transients(datasets)[k], rule),
    );
    datasets = finer;
    const worst = Math.max(...changes.map((change) => change.worst));
    if (worst <= settled)
      return { datasets, maxStep, change: Math.max(...changes.map(({ error }) => error)) };
  }
  throw new Error(`the reference does not settle within ${mostHalvings} halvings of the step`);
}

function transients(datasets) {
  return datasets.filter(({ analysis }) => analysis === 'tran');
}

export { limits };

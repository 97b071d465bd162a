// Results of ngspice that its own tolerances no longer change.
import { parseQuantity } from '../../dist/base/index.js';
import { compareDatasets } from './compare-datasets.mjs';
import { firstTolerance, limits, statedTolerances, transientRule } from './rules.mjs';
import { runNgspice } from './run-ngspice.mjs';
import { stopTime, tightened } from './tighten.mjs';

/** Own change of a reference, as a part of the limit: 0.05 % of 0.2 %. */
const settled = 0.25;
const mostHalvings = 7;
/** In coulombs. The first at which ngspice gets through: Meyer's capacitances jump, and stall it. */
const chargeTolerances = [1e-18, 1e-17, 1e-16, 1e-15];
/** Of analyses without time: as far as Newton gets. */
const finestTolerance = 1e-9;

/**
 * Halves the longest step and quarters the relative tolerance until that changes the result by less
 * than 0.05 %, or runs once with what the deck states. Gives the datasets, with what they were
 * computed: step [s], tolerances, and the last change (relative; undefined if stated).
 */
export function reference(text, folder) {
  const stated = statedTolerances(text, parseQuantity);
  if (stated) return { datasets: runNgspice(tightened(text, stated), folder), ...stated };
  const stop = stopTime(text);
  if (stop !== undefined) return settledReference(text, folder, stop, chargeTolerances);
  const reltol = finestTolerance;
  const datasets = runNgspice(tightened(text, { reltol, chgtol: 1e-18, maxStep: 0 }), folder);
  return { datasets, reltol, change: 0 };
}

function settledReference(text, folder, stop, [chgtol, ...larger]) {
  const compute = (step) => runNgspice(tightened(text, { ...step, chgtol }), folder);
  const rule = transientRule(text, parseQuantity);
  try {
    let [maxStep, reltol] = [stop / 2000, firstTolerance];
    let datasets = compute({ maxStep, reltol });
    for (let i = 0; i < mostHalvings; i++) {
      [maxStep, reltol] = [maxStep / 2, reltol / 4];
      const finer = compute({ maxStep, reltol });
      const { worst, error } = changeOf(finer, datasets, rule);
      datasets = finer;
      if (worst <= settled) return { datasets, maxStep, reltol, chgtol, change: error };
    }
  } catch (problem) {
    if (larger.length === 0) throw problem;
    return settledReference(text, folder, stop, larger);
  }
  throw new Error(`the reference does not settle within ${mostHalvings} halvings of the step`);
}

function changeOf(finer, coarser, rule) {
  const changes = transients(finer).map((dataset, k) =>
    compareDatasets(dataset, transients(coarser)[k], rule),
  );
  return {
    worst: Math.max(...changes.map(({ worst }) => worst)),
    error: Math.max(...changes.map(({ error }) => error)),
  };
}

function transients(datasets) {
  return datasets.filter(({ analysis }) => analysis === 'tran');
}

export { limits };

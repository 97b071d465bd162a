// How far the dataset of one simulator is from another's, by the rules of issue and deck.
import {
  compareEdges,
  compareOscillations,
  comparePoints,
  compareWaveforms,
  extremes,
  interpolate,
} from '../../dist/waveform/index.js';
import { limits } from './rules.mjs';

/** `worst` is in units of what is allowed: 1 is the limit. */
const better = { worst: 0, error: 0, signal: '' };

/** Names of the columns that both have, by the reference's name, with the candidate's. */
export function commonSignals(reference, candidate, aliases = new Map()) {
  return reference.columns.slice(reference.hasScale ? 1 : 0).flatMap((column) => {
    const { name } = column;
    if (reference.analysis === 'sens' && !isDifference(column, reference)) return [];
    const names = [aliases.get(name), name, flatName(name), resultName(name)];
    const found = names.find((other) => other !== undefined && candidate.has(other));
    return found === undefined ? [] : [{ name, other: found }];
  });
}

/** ngspice calls the element e1 of x1 `e.x1.e1`. */
function flatName(name) {
  return name.replace(/^i\([a-z]\.(x.*)\)$/i, 'i($1)').replace(/^[a-z]\.(x.*#branch)$/i, '$1');
}

/**
 * Results that are no signals: ngspice writes all in `v(…)` or `i(…)`, the noise of an element of a
 * subcircuit as `onoise_r.x1.r1`, and what a resistance does to small signals as `r1_ac`.
 */
function resultName(name) {
  return name
    .toLowerCase()
    .replace(/^[vi]\((.*)\)$/, '$1')
    .replace(/([_.])[a-z]\.(x\d)/, '$1$2')
    .replace(/^(r\w*)_ac$/, '$1');
}

/**
 * Whether ngspice's sensitivity says anything: it is zero where the parameter is not read again for
 * the difference (m and rs of a diode), and a resistance is named twice over frequency.
 */
function isDifference({ name, real }, reference) {
  const again = name.replace(/\)$/, '_ac)');
  const isDc = again !== name && reference.columns.some((column) => column.name === again);
  return !isDc && real.some((value) => value !== 0);
}

export function compareDatasets(reference, candidate, rule, aliases) {
  const signals = commonSignals(reference, candidate, aliases);
  if (reference.analysis === 'pz')
    return {
      rule: 'nearest',
      signals: reference.columns.length,
      ...compareRoots(reference, candidate),
    };
  if (reference.analysis !== 'tran')
    return {
      rule: 'relative',
      signals: signals.length,
      ...comparePointwise(reference, candidate, signals),
    };
  if (rule.kind === 'oscillator')
    return { rule: 'oscillator', signals: 1, ...compareOscillator(reference, candidate, rule) };
  if (rule.kind === 'edges')
    return { rule: 'edges', signals: 1, ...compareEdgeTimes(reference, candidate, rule) };
  return { rule: 'rms', signals: signals.length, ...compareByRms(reference, candidate, signals) };
}

function worstOf(signals, figureOf) {
  return signals.reduce((worst, { name, other }) => {
    const figure = figureOf(name, other);
    return figure.worst > worst.worst || Number.isNaN(figure.worst)
      ? { ...figure, signal: name }
      : worst;
  }, better);
}

function comparePointwise(reference, candidate, signals) {
  if (reference.length !== candidate.length)
    return {
      worst: Infinity,
      error: Infinity,
      signal: `${reference.length} and ${candidate.length} points`,
    };
  return worstOf(signals, (name, other) => {
    const column = reference.get(name);
    const floor = floorOf(reference, column);
    const { relative } = comparePoints(column, candidate.get(other), floor);
    const limit = reference.analysis === 'sens' ? limits.differences : limits.relative;
    return { worst: relative / limit, error: relative };
  });
}

/** A contribution to the noise that is a billionth of the largest one is rounding. */
function floorOf(reference, { name, quantity }) {
  const own = limits.floors[reference.analysis] ?? limits.pointFloor[quantity.unit] ?? 0;
  if (!reference.analysis.endsWith('noise')) return own;
  const side = /[io]noise/.exec(name)?.[0] ?? name;
  const alike = reference.columns.slice(reference.hasScale ? 1 : 0);
  const largest = alike
    .filter((column) => column.name.includes(side))
    .map(({ real }) => Math.max(...real));
  return Math.max(own, 1e-9 * Math.max(...largest));
}

/** Poles and zeros have no order: each is compared with the nearest of its kind. */
function compareRoots(reference, candidate) {
  if (reference.columns.length !== candidate.columns.length)
    return { worst: Infinity, error: Infinity, signal: `${candidate.columns.length} roots` };
  return reference.columns.reduce((worst, { name, real, imaginary }) => {
    const kind = /pole|zero/.exec(name)[0];
    const distances = candidate.columns
      .filter((column) => column.name.includes(kind))
      .map((column) => Math.hypot(column.real[0] - real[0], column.imaginary[0] - imaginary[0]));
    const size = Math.max(Math.hypot(real[0], imaginary[0]), limits.floors.pz);
    const error = Math.min(...distances) / size;
    const figure = error / limits.relative;
    return figure > worst.worst ? { worst: figure, error, signal: name } : worst;
  }, better);
}

function compareByRms(reference, candidate, signals) {
  return worstOf(signals, (name, other) => {
    const expected = reference.waveform(name);
    const rms = rmsBesideJumps(expected, candidate.waveform(other));
    const floor = limits.rmsFloor[reference.get(name).quantity.unit] ?? 0;
    if (rms <= floor) return { worst: 0, error: 0 };
    const [low, high] = extremes(expected.y);
    return { worst: rms / (high - low) / limits.rms, error: rms / (high - low) };
  });
}

/**
 * A corner of a source makes the current through a capacitance jump. Drawn through points, a jump is
 * a ramp as long as the step that follows, whatever the steps' accuracy: the candidate's intervals
 * that hold a jump of the reference do not count.
 */
function rmsBesideJumps(expected, actual) {
  let [integral, length] = [0, 0];
  for (const [from, to] of beside(jumps(expected, actual), expected.x)) {
    const { rms } = compareWaveforms(cut(expected, from, to), actual);
    integral += rms * rms * (to - from);
    length += to - from;
  }
  return Math.sqrt(integral / length);
}

/**
 * The candidate's intervals, ascending, in which the reference jumps: by more than 2 % of its span
 * between points closer than 1e-4 of the record.
 */
function jumps({ x, y }, candidate) {
  const [low, high] = extremes(y);
  const close = 1e-4 * (x[x.length - 1] - x[0]);
  const found = [];
  let k = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    if (x[i + 1] - x[i] > close || Math.abs(y[i + 1] - y[i]) < 0.02 * (high - low)) continue;
    while (k + 2 < candidate.x.length && candidate.x[k + 1] <= x[i]) k++;
    found.push([candidate.x[k], candidate.x[k + 1]]);
  }
  return found;
}

/** What is left of the range of `x` beside intervals, which may overlap. */
function beside(intervals, x) {
  const left = [];
  let from = x[0];
  for (const [start, end] of [...intervals, [x[x.length - 1], Infinity]]) {
    if (start > from) left.push([from, start]);
    from = Math.max(from, end);
  }
  return left;
}

function cut(wave, from, to) {
  const inside = wave.x.filter((x) => x > from && x < to);
  const x = new Float64Array(inside.length + 2);
  x.set(inside, 1);
  [x[0], x[x.length - 1]] = [from, to];
  return { x, y: interpolate(wave, x) };
}

function compareOscillator(reference, candidate, { signal }) {
  const difference = compareOscillations(reference.waveform(signal), candidate.waveform(signal));
  if (!difference) return { worst: Infinity, error: Infinity, signal: `${signal} is at rest` };
  const period = Math.abs(difference.relativePeriod);
  const shape = difference.aligned.relativeRms;
  const worst = Math.max(period / limits.period, shape / limits.rms);
  return { worst, error: Math.max(period, shape), signal };
}

function compareEdgeTimes(reference, candidate, { signal, level, tolerance }) {
  const edges = compareEdges(reference.waveform(signal), candidate.waveform(signal), { level });
  if (edges.count.reference !== edges.count.candidate || !edges.sameDirections)
    return { worst: Infinity, error: Infinity, signal: `${signal}: other edges` };
  const [from, to] = extremes(reference.scale.real);
  return {
    worst: Math.abs(edges.worst) / tolerance,
    error: Math.abs(edges.worst) / (to - from),
    signal,
  };
}

// How far the dataset of one simulator is from another's, by the rules of issue and deck.
import {
  compareEdges,
  compareOscillations,
  comparePoints,
  compareWaveforms,
  extremes,
} from '../../dist/waveform/index.js';
import { limits } from './rules.mjs';

/** `worst` is in units of what is allowed: 1 is the limit. */
const better = { worst: 0, error: 0, signal: '' };

/** Names of the columns that both have, by the reference's name, with the candidate's. */
export function commonSignals(reference, candidate, aliases = new Map()) {
  return reference.columns.slice(reference.analysis === 'op' ? 0 : 1).flatMap(({ name }) => {
    const names = [aliases.get(name), name, flatName(name)];
    const found = names.find((other) => other !== undefined && candidate.has(other));
    return found === undefined ? [] : [{ name, other: found }];
  });
}

/** ngspice calls the element e1 of x1 `e.x1.e1`. */
function flatName(name) {
  return name.replace(/^i\([a-z]\.(x.*)\)$/i, 'i($1)').replace(/^[a-z]\.(x.*#branch)$/i, '$1');
}

export function compareDatasets(reference, candidate, rule, aliases) {
  const signals = commonSignals(reference, candidate, aliases);
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
    const floor = limits.pointFloor[column.quantity.unit] ?? 0;
    const { relative } = comparePoints(column, candidate.get(other), floor);
    return { worst: relative / limits.relative, error: relative };
  });
}

function compareByRms(reference, candidate, signals) {
  return worstOf(signals, (name, other) => {
    const { rms, relativeRms } = compareWaveforms(
      reference.waveform(name),
      candidate.waveform(other),
    );
    const floor = limits.rmsFloor[reference.get(name).quantity.unit] ?? 0;
    if (rms <= floor) return { worst: 0, error: 0 };
    return { worst: relativeRms / limits.rms, error: relativeRms };
  });
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

import { error } from '../base/index.js';
import type { CornerStatement, MonteCarloStatement } from './ast.js';
import type { MonteCarloCard, StepCard } from './circuit.js';
import { targetsOf } from './expand-step.js';
import type { Expansion } from './expansion.js';
import type { Level } from './level.js';
import { valueOf } from './scope.js';

const mostRuns = 100_000_000;

/** Evaluates `.mc`; undefined after an error. */
export function expandMonteCarlo(
  { runs, seed, span }: MonteCarloStatement,
  { scope }: Level,
  { report }: Expansion,
): MonteCarloCard | undefined {
  const count = report.number(valueOf(runs, scope));
  const key = seed && report.number(valueOf(seed, scope));
  if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= mostRuns)) {
    report.add(error('N429', "a '.mc' has a whole number of runs, from 1 on", runs.span));
    return undefined;
  }
  if (seed && key !== undefined && !(Number.isInteger(key) && key >= 0 && key < 2 ** 32)) {
    report.add(error('N429', 'a seed is a whole number from 0 to 4294967295', seed.span));
    return undefined;
  }
  if (count === undefined || (seed && key === undefined)) return undefined;
  return { runs: count, ...(key === undefined ? {} : { seed: key }), span };
}

/**
 * All corners of a deck as one loop, whose rows have names. What a corner does not set has its
 * nominal value there.
 */
export function expandCorners(
  corners: readonly CornerStatement[],
  level: Level,
  expansion: Expansion,
): StepCard | undefined {
  if (corners.length === 0) return undefined;
  const { report } = expansion;
  const before = report.errors;
  const words = new Map(
    corners.flatMap(({ settings }) => settings.map(({ name }) => [name.text, name] as const)),
  );
  const targets = targetsOf([...words.values()], level, expansion);
  const rows = corners.map(({ name: corner, settings }) =>
    [...words.keys()].map((name) => {
      const own = settings.find((setting) => setting.name.text === name);
      if (own) return report.number(valueOf(own.values[0], level.scope)) ?? NaN;
      const nominal = name === 'temp' ? level.scope.temperature() : level.scope.lookup(name);
      if (typeof nominal === 'number') return nominal;
      report.add(
        error('N431', `the corner '${corner.text}' does not set '${name}'`, corner.span, {
          help: ["what is no '.param' has no nominal value here: set it in every corner"],
        }),
      );
      return NaN;
    }),
  );
  if (report.errors > before) return undefined;
  const names = corners.map(({ name }) => name.text);
  return { targets, rows, names, span: corners[0].span };
}

import type { AnalogProgram } from './analog-program.js';
import { evaluateNodes, type Decision } from './evaluate-node.js';
import type { Finding } from './finding.js';
import { reachable, type Node } from './ir.js';
import type { ModelDefinition } from './model.js';
import { BiasSampler, type Bias } from './sample-biases.js';

/** Straight ways through the space of biases, and points on each. */
const ways = 48;
const pointsOnWay = 24;

/** A jump is what is left of a difference, relative to both sides, when these are next to each other. */
const relativeJump = 1e-6;
const noise = 1e-12;

/**
 * Currents, voltages and rates that jump where a condition on the bias changes. Newton's iteration
 * finds no solution within the jump, and a rate that jumps leaves it to chance which side counts.
 */
export function checkContinuity(definition: ModelDefinition, program: AnalogProgram): Finding[] {
  const label = (n: number): string => (n < 0 ? '0' : program.nodes[n]);
  const sampler = new BiasSampler(definition, program);
  const findings: Finding[] = [];
  const examine = (call: Finding['call'], names: string[], value: Node, what: string): void => {
    const jump = findJump(value, sampler);
    if (jump) findings.push(describe(call, names, what, jump));
  };
  for (const { from, to, value } of program.currents)
    examine(
      'I',
      [label(from), label(to)],
      value,
      `the current from ${label(from)} to ${label(to)}`,
    );
  for (const { from, to, value } of program.voltages)
    examine(
      'V',
      [label(from), label(to)],
      value,
      `the voltage from ${label(from)} to ${label(to)}`,
    );
  for (const [name, value] of program.rates)
    examine('rate', [name], value, `the rate of state '${name}'`);
  return findings;
}

interface Jump {
  readonly before: number;
  readonly after: number;
  readonly voltages: readonly number[];
}

function describe(
  call: Finding['call'],
  names: readonly string[],
  what: string,
  { before, after, voltages }: Jump,
): Finding {
  const at = voltages.map((v) => v.toPrecision(3)).join(', ');
  return {
    code: 'M161',
    message: `${what} jumps from ${before.toPrecision(3)} to ${after.toPrecision(3)} where a condition changes (near node voltages ${at} V)`,
    help: 'let both sides meet there, or pass over smoothly; a switch keeps its position in a held variable that an event sets',
    call,
    names,
  };
}

function findJump(value: Node, sampler: BiasSampler): Jump | undefined {
  const conditional = reachable([value]).some((n) => n.op === 'select' || isStep(n));
  if (!conditional) return undefined;
  for (let way = 0; way < ways; way++) {
    const [start, end] = [sampler.next(), sampler.next()];
    const jump = jumpOnWay(value, sampler, start, end);
    if (jump) return jump;
  }
  return undefined;
}

function jumpOnWay(value: Node, sampler: BiasSampler, start: Bias, end: Bias): Jump | undefined {
  const at = (part: number) => {
    const decisions: Decision[] = [];
    const bias = between(start, end, part);
    const [result] = evaluateNodes([value], sampler.leaves(bias), decisions);
    const path = decisions.map(([node, holds]) => `${node.id}${holds ? '+' : '-'}`).join();
    return { part, bias, result, path };
  };
  let last = at(0);
  let largest = Math.abs(last.result);
  for (let k = 1; k <= pointsOnWay; k++) {
    const now = at(k / pointsOnWay);
    largest = Math.max(largest, Math.abs(now.result));
    if (now.path !== last.path) {
      let [low, high] = [last, now];
      let wide = Infinity;
      // Halved until both sides are neighbours among the numbers.
      for (let i = 0; i < 60; i++) {
        const middle = at((low.part + high.part) / 2);
        if (middle.part === low.part || middle.part === high.part) break;
        if (middle.path === low.path) low = middle;
        else high = middle;
        if (i === 35) wide = Math.abs(high.result - low.result);
      }
      const [a, b] = [low.result, high.result];
      const difference = Math.abs(a - b);
      const scale = Math.max(Math.abs(a), Math.abs(b));
      // What is steep shrinks with the distance, a jump does not.
      const stays = difference > 0.1 * wide;
      if (stays && difference > relativeJump * scale + noise * largest && difference < Infinity)
        return { before: a, after: b, voltages: low.bias.voltages };
    }
    last = now;
  }
  return undefined;
}

function between(start: Bias, end: Bias, part: number): Bias {
  const mix = (a: number, b: number): number => a + (b - a) * part;
  const unknowns = Object.entries(start.unknowns).map(([name, value]) => [
    name,
    mix(value, end.unknowns[name]),
  ]);
  return {
    voltages: start.voltages.map((v, k) => mix(v, end.voltages[k])),
    unknowns: Object.fromEntries(unknowns) as Record<string, number>,
  };
}

function isStep({ op }: Node): boolean {
  return op === 'sign' || op === 'floor' || op === 'ceil' || op === 'round' || op === 'trunc';
}

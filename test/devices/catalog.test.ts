import { describe, expect, it } from 'vitest';
import { parameterProblem } from '../../src/base/index.js';
import { catalog } from '../../src/devices/catalog.js';
import { environment } from '../../src/devices/language/compiled.js';
import { interpret } from '../../src/devices/language/interpret.js';
import { chargeRoundLoop } from './charge-round-loop.js';
import { bias, Draws, randomInstance } from './random-instance.js';
import type { SingleInstance } from './single-instance.js';

/**
 * What every model of the catalogue must fulfil. Random numbers are drawn by name, so that a failure
 * repeats itself.
 */
const models = catalog.map(({ definition }) => [definition.name, definition] as const);
const samples = Array.from({ length: 16 }, (_, i) => i);

/** The plain function at the bias of a compiled instance, with `ddt` as given. */
function reference(subject: SingleInstance, ddt: (value: number) => number) {
  const { model, memory, parameters } = subject;
  const { definition } = model;
  const at = (name: string): number => memory.x[subject.unknown(name) + 1];
  const slots = (kind: string): Record<string, number> =>
    Object.fromEntries(
      model.instanceSlots.flatMap((s, i) =>
        s.kind === kind ? [[s.name, memory.instance[i]]] : [],
      ),
    );
  const unknowns = Object.fromEntries(model.unknowns.map(({ name }) => [name, at(name)]));
  const run = (voltages: Record<string, number>) =>
    interpret(definition, {
      parameters,
      given: subject.given,
      voltages,
      unknowns,
      inputs: slots('input'),
      held: slots('held'),
      borrowed: slots('borrowed'),
      delayed: slots('delayed'),
      ddt,
      temperature: memory.environment[0],
      gmin: memory.environment[1],
    });
  const nodes = Object.fromEntries(
    [...definition.terminals, ...definition.internal].map((n) => [n, unknowns[n] ?? 0]),
  );
  const { collapsed } = run(nodes);
  for (const [internal, node] of collapsed) nodes[internal] = nodes[node];
  return run(nodes);
}

/** Rows of nodes: terminals and internal nodes. */
function nodeRows(subject: SingleInstance): number[] {
  return subject.model.unknowns.flatMap((u, i) =>
    u.kind === 'terminal' || u.kind === 'node' ? [i] : [],
  );
}

function expectClose(actual: number, expected: number, relative: number, floor: number): void {
  const difference = Math.abs(actual - expected);
  const allowed = relative * Math.abs(expected) + floor;
  if (!(difference <= allowed)) {
    expect.fail(`${String(actual)} should be ${String(expected)} within ${String(allowed)}`);
  }
}

describe.each(models)('%s', (name, definition) => {
  /** Fresh, but compiled once for each sample: all that follows is asked of the same structures. */
  const instance = (sample: number): SingleInstance =>
    randomInstance(definition, new Draws(name, 'card', sample));

  it('compiles to what its plain function computes', () => {
    for (const sample of samples) {
      const draws = new Draws(name, 'direct', sample);
      const subject = instance(sample);
      bias(subject, draws);
      const still = reference(subject, () => 0);
      const charged = reference(subject, (value) => value);
      const hasRates = subject.model.charges.some(({ kind }) => kind === 'rate');
      const m = subject.given.has('m') ? subject.parameters.m : 1;

      const currents = [...still.currents.values()].map(Math.abs);
      const scale = Math.max(0, ...currents) * m;
      for (const row of nodeRows(subject)) {
        const node = subject.model.unknowns[row].name;
        const f = (still.currents.get(node) ?? 0) * m;
        const q = (charged.currents.get(node) ?? 0) * m - f;
        // Sums are taken in another order, and currents cancel in the rows of nodes.
        expectClose(subject.f(row), f, 1e-11, 1e-12 * scale);
        if (!hasRates) expectClose(subject.q(row), q, 1e-9, 1e-12 * scale);
      }
      subject.model.unknowns.forEach(({ name: unknown, kind }, row) => {
        if (kind === 'branch') {
          expectClose(subject.f(row), still.branches.get(unknown)!, 1e-11, 1e-12);
        }
        if (kind === 'delay') {
          const now = still.delays.get(unknown)!;
          expectClose(subject.f(row), subject.memory.x[row + 1] - now, 1e-11, 1e-12);
        }
        if (kind === 'state') {
          expectClose(subject.f(row), -still.rates.get(unknown)!, 1e-11, 0);
        }
      });
      const outputs = subject.outputs();
      for (const [output, value] of still.outputs) {
        // The plain function has no derivatives by a voltage.
        // Of `m` devices the compiled model gives the sum, where a sum is what is meant.
        const unit = subject.model.outputs.find((o) => o.name === output)!.unit;
        const devices = ['A', 'S', 'F', 'W', 'C'].includes(unit) ? m : 1;
        const sum = value * devices;
        if (!Number.isNaN(value)) expectClose(outputs.get(output)!, sum, 1e-10, 1e-12 * scale);
      }
    }
  });

  it('integrates what its plain function says', () => {
    for (const sample of samples) {
      const draws = new Draws(name, 'transient', sample);
      const subject = instance(sample);
      bias(subject, draws);
      const a0 = 10 ** draws.between(3, 9);
      const history = draws.between(-1, 1) * a0 * 1e-3;
      expect(subject.evaluateTransient(a0, history)).toBe(0);
      const moving = reference(subject, (value) => a0 * value + history);
      const m = subject.given.has('m') ? subject.parameters.m : 1;
      const scale = Math.max(0, ...[...moving.currents.values()].map(Math.abs)) * m;
      for (const row of nodeRows(subject)) {
        const node = subject.model.unknowns[row].name;
        const f = (moving.currents.get(node) ?? 0) * m;
        expectClose(subject.f(row), f, 1e-10, 1e-11 * scale);
      }
      subject.model.unknowns.forEach(({ name: unknown, kind }, row) => {
        if (kind === 'branch')
          expectClose(subject.f(row), moving.branches.get(unknown)!, 1e-11, 1e-12);
        if (kind !== 'state') return;
        const rate = a0 * subject.memory.x[row + 1] + history;
        expectClose(subject.f(row), rate - moving.rates.get(unknown)!, 1e-11, 1e-12 * a0);
      });
    }
  });

  it('has the derivatives of its equations in time', () => {
    for (const sample of samples) {
      const draws = new Draws(name, 'transient jacobian', sample);
      const subject = instance(sample);
      bias(subject, draws);
      checkTransientJacobian(subject, 10 ** draws.between(3, 9));
    }
  });

  it('carries its charges along an update', () => {
    for (const sample of samples) {
      const draws = new Draws(name, 'charges', sample);
      const subject = instance(sample);
      bias(subject, draws);
      checkChargeUpdate(subject, draws);
    }
  });

  it('has the derivatives of its equations', () => {
    for (const sample of samples) {
      const draws = new Draws(name, 'jacobian', sample);
      const subject = instance(sample);
      bias(subject, draws);
      checkJacobian(subject);
    }
  });

  it('loses no current between its nodes', () => {
    for (const sample of samples) {
      const draws = new Draws(name, 'sum', sample);
      const subject = instance(sample);
      bias(subject, draws);
      for (const value of [subject.f.bind(subject), subject.q.bind(subject)]) {
        // Heat goes to the surroundings, not from node to node.
        const rows = nodeRows(subject).filter((row) => subject.model.unknowns[row].name !== 'tj');
        const terms = rows.map(value);
        const sum = terms.reduce((a, b) => a + b, 0);
        expect(Math.abs(sum)).toBeLessThanOrEqual(1e-12 * Math.max(0, ...terms.map(Math.abs)));
      }
    }
  });

  it('is finite at ±100 V, whatever was before', () => {
    const extremes = [-100, 0, 100];
    for (const sample of samples) {
      const draws = new Draws(name, 'extreme', sample);
      const subject = instance(sample);
      const values = subject.model.unknowns.map(({ name: unknown, quantity }) => {
        if (quantity !== 'voltage') return [unknown, draws.between(0, 1)];
        return [unknown, extremes[Math.floor(draws.between(0, 3))]];
      });
      subject.set(Object.fromEntries(values) as Record<string, number>);
      for (let iteration = 0; iteration < 500; iteration++) {
        const vetoes = subject.evaluate();
        const { f, q, jf, jq } = subject.memory;
        expect([f, q, jf, jq].every((array) => array.every(Number.isFinite))).toBe(true);
        if (vetoes === 0) break;
      }
    }
  });

  if (definition.conservesCharge) {
    it('conserves charge round a closed loop', () => {
      for (const sample of samples.slice(0, 4)) {
        const draws = new Draws(name, 'loop', sample);
        const subject = instance(sample);
        const corners = [0, 1, 2].map(() => subject.model.unknowns.map(() => draws.between(-1, 1)));
        let { moved, left } = chargeRoundLoop(subject, corners);
        // Where a capacitance jumps, sums over its edge converge slowly.
        if (left > 1e-5 * moved) ({ moved, left } = chargeRoundLoop(subject, corners, 1600));
        expect(left).toBeLessThanOrEqual(1e-5 * moved);
      }
    });
  }

  it('has defaults within its ranges, and ranges that refuse', () => {
    const tables = { ...definition.parameters, ...definition.instance };
    for (const [parameter, declaration] of Object.entries(tables)) {
      expect(declaration.doc, parameter).not.toBe('');
      const { range } = declaration;
      const initial = declaration.default;
      if (!Number.isNaN(initial)) expect(parameterProblem(declaration, initial)).toBeUndefined();
      if (range.low > -Infinity) {
        const outside = range.lowOpen ? range.low : range.low - 1;
        expect(parameterProblem(declaration, outside), parameter).toBeDefined();
      }
      if (range.high < Infinity) {
        const outside = range.highOpen ? range.high : range.high + 1;
        expect(parameterProblem(declaration, outside), parameter).toBeDefined();
      }
    }
  });

  it('has aliases that mean a parameter and hide none', () => {
    const tables = { ...definition.parameters, ...definition.instance };
    for (const [alias, parameter] of Object.entries(definition.aliases)) {
      expect(tables).toHaveProperty(parameter);
      // What an instance calls so itself is found first there: `l` of a card is a default length.
      expect(definition.parameters).not.toHaveProperty(alias);
    }
  });
});

/**
 * Where nothing moves, the matrix in time is ∂f/∂x + a0·∂q/∂x; where something does, differences tell.
 */
function checkTransientJacobian(subject: SingleInstance, a0: number): void {
  const { model, memory } = subject;
  const { kernels } = model;
  const size = model.unknowns.length;
  const sum = (entries: typeof model.staticEntries, values: Float64Array, factor: number) => {
    entries.forEach(({ row, column }, k) => {
      matrix[row * size + column] += factor * values[k + 1];
      magnitude[row * size + column] += Math.abs(factor * values[k + 1]);
    });
  };
  const matrix = new Float64Array(size * size);
  const magnitude = new Float64Array(size * size);
  memory.environment[environment.hold] = 0;
  subject.evaluate();
  sum(model.staticEntries, memory.jf, -1);
  sum(model.dynamicEntries, memory.jq, -a0);
  kernels.evaluateCharges(memory, 0, 1);
  subject.evaluateTransient(
    a0,
    memory.charge.map((value) => -a0 * value),
  );
  sum(model.transientEntries, memory.jf, 1);
  const largest = magnitude.reduce((a, b) => Math.max(a, b), 0);
  matrix.forEach((difference, k) => {
    // A rate that is zero but for its last bit leaves traces of its factor's slope.
    expectClose(difference, 0, 0, 1e-9 * magnitude[k] + 1e-14 * largest);
  });

  const history = memory.charge.map((value) => -0.9 * a0 * value);
  matrix.fill(0);
  subject.evaluateTransient(a0, history);
  sum(model.transientEntries, memory.jf, 1);
  const f = memory.f.slice();
  for (let column = 0; column < size; column++) {
    // Gates of states are narrow, and bend within their width; elsewhere differences so short round.
    const steps = model.unknowns[column].kind === 'state' ? [1e-10, 1e-4] : [1e-7];
    const slopes = steps.map((step) => slopesAround(subject, column, step, a0, history));
    for (let row = 0; row < size; row++) {
      const entry = matrix[row * size + column];
      const errors = slopes.map((slope) => Math.abs(slope[row] - entry));
      const best = errors.indexOf(Math.min(...errors));
      const largest = Math.max(Math.abs(f[row + 1]), memory.fScale[row + 1]);
      expectClose(entry, slopes[best][row], 1e-5, (4e-14 * largest) / steps[best] + 1e-14);
    }
  }
}

/** ∂f/∂x of all rows by central differences. */
function slopesAround(
  subject: SingleInstance,
  column: number,
  step: number,
  a0: number,
  history: Float64Array,
): number[] {
  const { memory, model } = subject;
  const x = memory.x[column + 1];
  const at = (value: number): Float64Array => {
    memory.x[column + 1] = value;
    subject.evaluateTransient(a0, history);
    return memory.f.slice();
  };
  const [after, before] = [at(x + step), at(x - step)];
  memory.x[column + 1] = x;
  return model.unknowns.map((_, row) => (after[row + 1] - before[row + 1]) / (2 * step));
}

/** Charges after a small update of Newton's, against charges evaluated there. */
function checkChargeUpdate(subject: SingleInstance, draws: Draws): void {
  const { model, memory } = subject;
  if (model.charges.length === 0) return;
  subject.evaluateTransient(1e6, 0);
  const before = memory.charge.slice();
  const largest = Math.max(...before.map(Math.abs));
  const size = 1e-6;
  for (let u = 1; u <= model.unknowns.length; u++) {
    memory.delta[u] = size * draws.between(-1, 1);
    memory.x[u] += memory.delta[u];
  }
  model.kernels.finishCharges(memory, 0, 1);
  const carried = memory.charge.slice();
  model.kernels.evaluateCharges(memory, 0, 1);
  memory.charge.forEach((value, k) => {
    // The error of a tangent is of second order; charges may be differences of larger ones.
    const moved = Math.abs(value - before[k]);
    const allowed = 1e-3 * moved + 1e-4 * size * memory.chargeSlope[k] + 1e-15 * largest;
    expectClose(carried[k], value, 1e-13, allowed);
  });
}

/** Central differences against the entries, at a bias where nothing is limited. */
function checkJacobian(subject: SingleInstance): void {
  const { model, memory } = subject;
  const count = model.unknowns.length;
  const f = memory.f.slice();
  const q = memory.q.slice();
  const sum = (entries: typeof model.staticEntries, values: Float64Array) => {
    const matrix = Array.from({ length: count }, () => new Float64Array(count));
    entries.forEach(({ row, column }, k) => (matrix[row][column] += values[k + 1]));
    return matrix;
  };
  const jf = sum(model.staticEntries, memory.jf);
  const jq = sum(model.dynamicEntries, memory.jq);
  // The derivative of a charge by its own name is known to q; a rate's factor is not.
  const hasRates = model.charges.some(({ kind }) => kind === 'rate');
  for (let column = 0; column < count; column++) {
    const step = 1e-7;
    const x = memory.x[column + 1];
    memory.x[column + 1] = x + step;
    subject.evaluate();
    const [fAfter, qAfter] = [memory.f.slice(), memory.q.slice()];
    memory.x[column + 1] = x - step;
    subject.evaluate();
    for (let row = 0; row < count; row++) {
      const i = row + 1;
      const df = (fAfter[i] - memory.f[i]) / (2 * step);
      const dq = (qAfter[i] - memory.q[i]) / (2 * step);
      // Rounding in the difference: a few units in the last place of the value, and one in that of
      // the voltages, through the steepest derivative of the row, over the step.
      const last = 2.2e-16 * Math.max(...memory.x.map(Math.abs));
      const steepest = (row: Float64Array): number => last * Math.max(...row.map(Math.abs));
      const roundingF = 1e-14 * Math.abs(f[i]) + steepest(jf[row]);
      const roundingQ = 1e-14 * Math.abs(q[i]) + steepest(jq[row]);
      expectClose(jf[row][column], df, 1e-5, roundingF / step + 1e-14);
      if (hasRates) continue;
      expectClose(jq[row][column], dq, 1e-5, roundingQ / step + 1e-26);
    }
    memory.x[column + 1] = x;
    subject.evaluate();
  }
}

describe('the catalogue', () => {
  it('reaches each model by letters, cards and levels that are its own', () => {
    const keys = catalog.flatMap(({ letter, cards }) =>
      cards.flatMap(({ type, levels }) =>
        (levels ?? ['any']).map((level) => `${letter ?? 'n'} ${type} ${String(level)}`),
      ),
    );
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(models.map(([name]) => name)).size).toBe(models.length);
  });

  it('sets parameters that exist', () => {
    for (const { definition, positional, cards } of catalog) {
      const tables = { ...definition.parameters, ...definition.instance };
      if (positional) expect(tables).toHaveProperty(positional);
      for (const { sets = {} } of cards) {
        for (const [parameter, value] of Object.entries(sets)) {
          expect(parameterProblem(tables[parameter], value)).toBeUndefined();
        }
      }
    }
  });
});

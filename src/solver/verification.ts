/**
 * A second opinion on accepted points: sums of currents and balances of charges are computed again
 * from x alone, by the readable kernels in a memory of their own, and not by the code that solved.
 *
 *     every row      f(x) + rates = 0           rates of the charges as the solver has them
 *     every charge   a0·q(x) + history = rate   q from the readable kernels, history of the method
 *
 * Imbalances are told as multiples of the tolerance that the solver's own test has for them: below 1
 * all is well.
 */
import {
  formatQuantity,
  thermalVoltage,
  warning,
  type Diagnostic,
  type Span,
} from '../base/index.js';
import { environment } from '../devices/language/compiled.js';
import type { IntegrationMethod } from './integration/method.js';
import type { StepHistory } from './integration/step-history.js';
import type { Clamp, Equations } from './newton/equations.js';
import { carriedDistance } from './system/carried-groups.js';
import { ScriptEvaluation } from './system/evaluation.js';
import type { Group } from './system/grouping.js';
import { allocateMemory, type SystemMemory } from './system/memory.js';
import type { System } from './system/system.js';

/** The largest imbalance of a kind, and where it was. */
export interface Imbalance {
  /** The unknown in whose row it is, or the element whose charge it is. */
  readonly name: string;
  /** Time or swept value. */
  readonly at: number;
  readonly value: number;
  readonly tolerance: number;
  readonly unit: string;
}

/** What was found in an analysis. */
export interface VerificationReport {
  /** Number of points that were looked at. */
  readonly points: number;
  /** Unit of `at`: `s`, or that of what was swept. */
  readonly unit: string;
  readonly currents: Imbalance | undefined;
  readonly charges: Imbalance | undefined;
}

/** Evaluations that limits are given to come to the voltages of an accepted point. */
const mostSettling = 1000;

/** Units of the last bit that a sum of terms may be off. */
const rounding = 16 * Number.EPSILON;

interface Found {
  points: number;
  currents: Imbalance | undefined;
  charges: Imbalance | undefined;
}

const nothing = (): Found => ({ points: 0, currents: undefined, charges: undefined });

export class Verification {
  readonly #equations: Equations;
  readonly #system: System;
  readonly #memory: SystemMemory;
  readonly #evaluation: ScriptEvaluation;
  readonly #charges: readonly ChargeDescription[];
  /** [charges] rates at the point that was captured last, and at the one that counted last. */
  readonly #rates: Float64Array;
  readonly #committedRates: Float64Array;
  /** [n + 1] largest term of every row; of internal nodes the largest current of their device. */
  readonly #scale: Float64Array;
  /** [n] what the last bits of unknowns amount to in each row, and what carrying leaves out. */
  readonly #noise: Float64Array;
  readonly #coefficients = new Float64Array(4);
  #unit = '';
  #found = nothing();
  /** Of points that may still be dropped. */
  #pending: Found[] = [];

  constructor(equations: Equations) {
    const { system } = equations;
    const { groups, pattern, n, memory } = system;
    this.#equations = equations;
    this.#system = system;
    this.#memory = allocateMemory(groups, n, pattern.rowIndices.length);
    groups.forEach((_, k) => {
      this.#memory.groups[k].index.set(memory.groups[k].index);
    });
    const models = groups.map(({ model }) => model);
    this.#evaluation = new ScriptEvaluation(models, this.#memory);
    this.#charges = describeCharges(system);
    this.#rates = new Float64Array(memory.charge.length);
    this.#committedRates = new Float64Array(memory.charge.length);
    this.#scale = new Float64Array(n + 1);
    this.#noise = new Float64Array(n);
  }

  /** Forgets what was found; what follows belongs to an analysis over `unit`. */
  begin(unit: string): void {
    this.#unit = unit;
    this.#found = nothing();
    this.#pending = [];
  }

  report(): VerificationReport {
    return { ...this.#found, unit: this.#unit };
  }

  /** Checks an operating point that stands in memory. @param forced nodes that are held by force */
  atRest(at: number, forced: readonly Clamp[] = []): void {
    this.#copy();
    this.#memory.environment[environment.a0] = 0;
    this.#settle(() => this.#evaluation.evaluate());
    this.#findNoise();
    this.#findScale('evaluateStatic');
    const found = nothing();
    found.points = 1;
    const exempt = new Set(forced.map(({ unknown }) => unknown));
    this.#addChargeRows();
    this.#checkRows(found, at, exempt);
    this.#merge(found);
  }

  /**
   * Checks a point in time that stands in memory and in front of `history`; it counts with `commit`.
   * @param method undefined if the point was not computed by a formula
   */
  capture(time: number, history: StepHistory, method: IntegrationMethod | undefined): void {
    const found = nothing();
    if (method) {
      found.points = 1;
      this.#copy();
      const { environment: e, chargeHistory } = this.#memory;
      const a0 = this.#leadingCoefficient(history, method);
      e[environment.a0] = a0;
      this.#settle(() => this.#evaluation.evaluateTransient());
      this.#findNoise();
      this.#addCarried();
      e[environment.a0] = 0;
      chargeHistory.set(this.#system.memory.chargeRate);
      this.#findScale('evaluateTransient');
      this.#checkRows(found, time, new Set(), a0);
      this.#evaluation.evaluateCharges();
      this.#checkCharges(found, time, history);
    }
    this.#rates.set(this.#system.memory.chargeRate);
    this.#pending.push(found);
  }

  drop(): void {
    this.#pending = [];
    this.#rates.set(this.#committedRates);
  }

  commit(): void {
    this.#committedRates.set(this.#rates);
    for (const found of this.#pending) this.#merge(found);
    this.#pending = [];
  }

  #copy(): void {
    this.#memory.values.set(this.#system.memory.values);
  }

  /** Evaluates until no limit stands between the voltages and the equations. */
  #settle(evaluate: () => number): void {
    for (let k = 0; k < mostSettling; k++) if (evaluate() === 0) return;
  }

  /** Writes the coefficients too. */
  #leadingCoefficient({ time }: StepHistory, method: IntegrationMethod): number {
    method.coefficients(time[0] - time[1], time[1] - time[2], this.#coefficients);
    return this.#coefficients[0];
  }

  #addChargeRows(): void {
    const { chargeRows, chargeFactor } = this.#equations;
    const { f, q } = this.#memory;
    for (const u of chargeRows) f[u] += chargeFactor * q[u];
  }

  #checkRows(found: Found, at: number, exempt: ReadonlySet<number>, a0 = 0): void {
    const { unknowns, options } = this.#system;
    const { x, f } = this.#memory;
    const shunt = Number.isNaN(options.rshunt) ? 0 : 1 / options.rshunt;
    for (let u = 1; u < x.length; u++) {
      const { kind, rowAbstol, rowReltol, rowUnit, name, bounds } = unknowns[u];
      if (exempt.has(u) || (bounds && (x[u] <= bounds[0] || x[u] >= bounds[1]))) continue;
      const isNode = kind === 'node' || kind === 'internal';
      const residual = f[u] + (isNode ? shunt * x[u] : 0);
      const coarse = a0 * this.#coarseness(u);
      const scale = Math.max(this.#scale[u], Math.abs(shunt * x[u]));
      const tolerance = rowReltol * scale + rowAbstol + coarse + this.#noise[u - 1];
      const worst = found.currents;
      if (Math.abs(residual) * (worst?.tolerance ?? 1) > Math.abs(worst?.value ?? 0) * tolerance)
        found.currents = { name, at, value: residual, tolerance, unit: rowUnit };
    }
  }

  /** How well what stands behind a rate is known: a rate times a step counts, not a rate. */
  #coarseness(u: number): number {
    const { kind, abstol, reltol } = this.#system.unknowns[u];
    if (kind === 'derivative') return this.#system.options.vntol;
    if (kind !== 'state' && kind !== 'integral') return 0;
    return reltol * Math.abs(this.#memory.x[u]) + abstol;
  }

  /** From the matrix in memory. */
  #findNoise(): void {
    const { x } = this.#memory;
    this.#noise.fill(0);
    this.#addNoise((unknown) => rounding * Math.abs(x[unknown]));
  }

  /**
   * What is left out where devices are carried along by d in each voltage: half of the curvature. It
   * is bounded by conductances over kT/q, and four voltages of a transistor that move together make it
   * four times as large.
   */
  #addCarried(): void {
    const { groups, options, temperature } = this.#system;
    if (!groups.some(({ carried }) => carried)) return;
    const memory = this.#memory;
    memory.jf.fill(0);
    groups.forEach(({ carried, model, instances }, k) => {
      if (carried) model.kernels.evaluateStatic(memory.groups[k], 0, instances.length);
    });
    const left = (2 * carriedDistance(options) ** 2) / thermalVoltage(temperature);
    this.#addNoise(() => left);
  }

  /** The matrix in memory times how far each unknown may be off. */
  #addNoise(off: (unknown: number) => number): void {
    const { jf } = this.#memory;
    const { columnPointers, rowIndices } = this.#system.pattern;
    for (let j = 0; j < this.#noise.length; j++) {
      const distance = off(j + 1);
      for (let p = columnPointers[j]; p < columnPointers[j + 1]; p++)
        this.#noise[rowIndices[p]] += Math.abs(jf[p + 1]) * distance;
    }
  }

  /**
   * Evaluates residuals, device by device. All that meets at an internal node belongs to one device,
   * whose kernel knows their sum only: currents of its other nodes tell how large its parts are, and
   * those that flow without any change in time, here and at nodes of one device only. What a junction
   * conducts and what its charge takes up may all but cancel, and so may heat that a device makes and
   * heat that it stores.
   */
  #findScale(kernel: 'evaluateStatic' | 'evaluateTransient'): void {
    const { fScale } = this.#memory;
    this.#scale.fill(0);
    const kernels =
      kernel === 'evaluateTransient' ? (['evaluateStatic', kernel] as const) : [kernel];
    for (const each of kernels) {
      this.#evaluateByDevice(each);
      for (let u = 1; u < fScale.length; u++) this.#scale[u] = Math.max(this.#scale[u], fScale[u]);
    }
  }

  #evaluateByDevice(kernel: 'evaluateStatic' | 'evaluateTransient'): void {
    const { f, jf, fScale } = this.#memory;
    for (const array of [f, jf, fScale]) array.fill(0);
    this.#system.groups.forEach((group, k) => {
      this.#findScaleOf(group, k, kernel);
    });
  }

  #findScaleOf(
    { model, instances }: Group,
    k: number,
    kernel: 'evaluateStatic' | 'evaluateTransient',
  ): void {
    const memory = this.#memory.groups[k];
    const { f, index } = memory;
    const isNode = (row: number): boolean =>
      model.unknowns[row].kind === 'terminal' || model.unknowns[row].kind === 'node';
    const nodes = [...model.unknowns.keys()].filter(isNode);
    const internal = nodes.filter((row) => model.unknowns[row].kind === 'node');
    for (let i = 0; i < instances.length; i++) {
      const at = (row: number): number => index[row * instances.length + i];
      const before = nodes.map((row) => f[at(row)]);
      model.kernels[kernel](memory, i, i + 1);
      const largest = Math.max(0, ...nodes.map((row, j) => Math.abs(f[at(row)] - before[j])));
      for (const row of internal) this.#scale[at(row)] = Math.max(this.#scale[at(row)], largest);
    }
  }

  /** The formula with charges of this memory at the new point, against the rates of the solver. */
  #checkCharges(found: Found, time: number, { q }: StepHistory): void {
    const { options, memory } = this.#system;
    const [a0, a1, a2, b1] = this.#coefficients;
    const { charge } = this.#memory;
    for (let k = 0; k < charge.length; k++) {
      const byFormula = a0 * charge[k] + a1 * q[1][k] + a2 * q[2][k] + b1 * this.#rates[k];
      const value = (memory.chargeRate[k] - byFormula) / a0;
      const { name, unit, reltol, abstol } = this.#charges[k];
      const size = Math.max(Math.abs(charge[k]), Math.abs(q[1][k]));
      const tolerance = reltol * size + abstol + options.vntol * memory.chargeSlope[k];
      const worst = found.charges;
      if (Math.abs(value) * (worst?.tolerance ?? 1) > Math.abs(worst?.value ?? 0) * tolerance)
        found.charges = { name, at: time, value, tolerance, unit };
    }
  }

  #merge({ points, currents, charges }: Found): void {
    this.#found.points += points;
    this.#found.currents = worse(this.#found.currents, currents);
    this.#found.charges = worse(this.#found.charges, charges);
  }
}

/** How many tolerances an imbalance is; 0 where there is none. */
export function tolerancesOf(imbalance: Imbalance | undefined): number {
  return imbalance ? Math.abs(imbalance.value) / imbalance.tolerance : 0;
}

function worse(a: Imbalance | undefined, b: Imbalance | undefined): Imbalance | undefined {
  return tolerancesOf(b) > tolerancesOf(a) ? b : (a ?? b);
}

interface ChargeDescription {
  readonly name: string;
  readonly unit: string;
  readonly reltol: number;
  readonly abstol: number;
}

/** [charges] in the order of memory: group, charge, instance. */
function describeCharges(system: System): ChargeDescription[] {
  const { groups, numbering, unknowns, options } = system;
  const { reltol, chgtol } = options;
  return groups.flatMap(({ model, instances }, g) => {
    const states = [...model.unknowns.keys()].filter((row) =>
      ['state', 'integral'].includes(model.unknowns[row].kind),
    );
    let state = 0;
    // What changes in the equation of a branch is a flux.
    const unit = model.unknowns.some(({ kind }) => kind === 'branch') ? 'Wb' : 'C';
    return model.charges.flatMap(({ kind }) => {
      const row = kind === 'state' ? states[state++] : undefined;
      return instances.map((instance, i): ChargeDescription => {
        if (row === undefined)
          return { name: instance.name, unit, reltol, abstol: reltol * chgtol };
        return unknowns[numbering.tables[g][row * instances.length + i]];
      });
    });
  });
}

/** A warning if what was found is beyond the tolerances. */
export function verificationProblem(
  { currents, charges, unit }: VerificationReport,
  span: Span,
): Diagnostic | undefined {
  const worst = worse(currents, charges);
  const tolerances = tolerancesOf(worst);
  if (!worst || tolerances <= 1) return undefined;
  const at = unit === '' ? '' : ` at ${formatQuantity(worst.at, unit)}`;
  const message = `verification finds an imbalance of ${formatQuantity(worst.value, worst.unit)} at ${worst.name}${at}, ${tolerances.toPrecision(3)} times its tolerance`;
  const help = ['smaller reltol makes the solver stop later; please report the deck'];
  return warning('S501', message, span, { help });
}

import type { Diagnostic } from '../../base/index.js';
import { environment } from '../../devices/language/compiled.js';
import type { AnalysisCard, Circuit } from '../../netlist/circuit.js';
import type { AnalysisKind, DatasetBuilder } from '../../waveform/index.js';
import type { StepListener } from '../integration/step-log.js';
import type { Transient } from '../integration/transient.js';
import { Equations } from '../newton/equations.js';
import { Newton } from '../newton/iteration.js';
import type { Clamp } from '../newton/equations.js';
import type { Statistics } from '../statistics.js';
import { describeFloating } from '../system/describe-floating.js';
import { Events } from '../system/events.js';
import { findFloatingComponents, type FloatingComponent } from '../system/floating-nodes.js';
import { Sources } from '../system/sources.js';
import type { System } from '../system/system.js';
import type { Trace, TracePlace } from '../trace.js';
import type { Verification } from '../verification.js';
import { findVoltageLoops } from '../system/voltage-loops.js';

export type Reexpand = (
  values: ReadonlyMap<string, number>,
  celsius?: number,
) => Circuit | undefined;

/** What analyses of one circuit share. */
export class AnalysisContext {
  readonly system: System;
  readonly sources: Sources;
  readonly events: Events;
  readonly equations: Equations;
  readonly newton: Newton;
  readonly statistics: Statistics;
  readonly diagnostics: Diagnostic[];
  /**
   * Expands the deck again with other values of `.param`s, and for another temperature [°C]; absent
   * where there is no deck.
   */
  readonly reexpand: Reexpand | undefined;
  /** Checks accepted points again, if somebody asked for it. */
  verification: Verification | undefined;

  constructor(
    system: System,
    statistics: Statistics,
    diagnostics: Diagnostic[],
    reexpand?: Reexpand,
  ) {
    this.system = system;
    this.statistics = statistics;
    this.diagnostics = diagnostics;
    this.reexpand = reexpand;
    this.sources = new Sources(system);
    this.events = new Events(system, (diagnostic) => {
      diagnostics.push(diagnostic);
    });
    this.equations = new Equations(system, statistics);
    this.newton = new Newton(this.equations);
  }

  /** Tells what happens inside the analysis that comes next. */
  listen(trace: Trace, place: TracePlace): void {
    const { newton, step } = trace;
    this.newton.listener =
      newton &&
      ((iteration) => {
        newton(iteration, place);
      });
    this.stepListener =
      step &&
      ((attempt) => {
        step(attempt, place);
      });
  }

  /** Told of every step in time that is tried. */
  stepListener: StepListener | undefined;

  /** Puts states, held variables and sources to where every analysis starts. */
  reset(): void {
    this.system.memory.environment[environment.hertz] = 0;
    this.system.resetInitialValues();
    this.sources.applyDc();
    this.events.fireInitial();
  }

  /**
   * Looks for what no operating point can have; the first error, if there is one.
   * @param forced voltages that the analysis begins with: capacitors hold them afterwards
   */
  checkTopology(forced: readonly Clamp[] = []): Diagnostic | undefined {
    this.#loops ??= findVoltageLoops(this.system, true);
    this.#floating ??= this.#findFloating();
    const given = new Set(forced.map(({ unknown }) => unknown));
    const floating = this.#floating.filter(
      ({ nodes, chargeRows }) => chargeRows.length === 0 || !nodes.some((u) => given.has(u)),
    );
    this.equations.chargeRows = floating.flatMap(({ chargeRows }) => chargeRows);
    const found = [...this.#loops, ...describeFloating(this.system, floating)];
    for (const diagnostic of found) if (diagnostic.severity !== 'error') this.#tellOnce(diagnostic);
    return found.find(({ severity }) => severity === 'error');
  }

  #loops: readonly Diagnostic[] | undefined;
  #floating: readonly FloatingComponent[] | undefined;
  readonly #told = new Set<string>();

  #findFloating(): FloatingComponent[] {
    // A shunt reaches every node.
    const grounded = !Number.isNaN(this.system.options.rshunt);
    return grounded ? [] : findFloatingComponents(this.system);
  }

  #tellOnce(diagnostic: Diagnostic): void {
    if (!this.#told.has(diagnostic.message)) this.diagnostics.push(diagnostic);
    this.#told.add(diagnostic.message);
  }

  nodesets(): Clamp[] {
    return clampsOf(this.system.circuit.nodesets);
  }

  initialConditions(): Clamp[] {
    return clampsOf(this.system.circuit.initialConditions);
  }
}

/** As ngspice: stiff enough to win against any device. */
const clampConductance = 1e10; // S

function clampsOf(values: Circuit['nodesets']): Clamp[] {
  return values.map(({ node, value }) => ({
    unknown: node,
    value,
    conductance: clampConductance,
  }));
}

/** Where a running analysis is; told between two accepted points. */
export interface Progress {
  /** 0 to 1. */
  readonly fraction: number;
  /** Time, frequency or swept value reached, in `unit`. */
  readonly at: number;
  readonly unit: string;
}

/** A second dataset of an analysis, such as the totals beside the spectra of `.noise`. */
export interface FurtherResult {
  readonly kind: AnalysisKind;
  /** What it is, in a word that file names take: `total`. */
  readonly part: string;
  readonly dataset: DatasetBuilder;
}

/** An analysis that has been bound to its arguments. */
/**
 * Computes; returns what went wrong, if anything did. Points so far are in the dataset. Each call of
 * `next` computes a point, or as many as it is given (which an analysis may leave unheeded).
 */
export type AnalysisSteps = Generator<Progress, Diagnostic | undefined, number | undefined>;

export interface AnalysisRun {
  readonly kind: AnalysisKind;
  readonly dataset: DatasetBuilder;
  readonly steps: AnalysisSteps;
  /** What it gives besides, complete when `steps` have ended. */
  readonly further?: readonly FurtherResult[];
  /** For transients: checkpoints and disturbances from outside, between two points. */
  readonly transient?: Transient;
}

export interface Analysis {
  readonly name: string;
  /** How its card is written. */
  readonly usage: string;
  readonly title: string;
  /** Loads what no other analysis needs, before `start`. */
  prepare?(): Promise<void>;
  /** Binds the card's arguments; undefined, with diagnostics in the context, if they do not fit. */
  start(context: AnalysisContext, card: AnalysisCard): AnalysisRun | undefined;
}

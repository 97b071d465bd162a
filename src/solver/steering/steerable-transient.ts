/**
 * A transient between whose points a program reads and sets what it wants, without compiling or
 * starting anew. What was set takes effect at once: integration begins again there, as behind a corner
 * of a source.
 */
import { closest, type Diagnostic, DiagnosticError, error } from '../../base/index.js';
import type { AnalysisContext } from '../analyses/analysis.js';
import { beginTransient } from '../analyses/tran.js';
import { Transient, type TransientPlan } from '../integration/transient.js';
import type { TransientCheckpoint } from '../integration/transient-state.js';
import type { Statistics } from '../statistics.js';
import type { Readable } from '../system/access.js';
import { named, Recording } from './recording.js';

/** A value that crosses a level. */
export interface Crossing {
  /** `v(out)`, `i(v1)`, `@n1[s]`. */
  readonly signal: string;
  readonly level: number;
  /** Default: either. */
  readonly direction?: 'rising' | 'falling' | 'either';
  /** The search ends here [s]. Default: the end of the plan. */
  readonly before?: number;
}

/** A place in a transient that it can be taken back to: plain data. */
export interface SteeringCheckpoint {
  readonly transient: TransientCheckpoint;
  /** Temperature [K]. */
  readonly temperature: number;
}

/** A point that can be gone back to, with the distance of a value from a level there. */
interface Mark {
  readonly time: number;
  readonly value: number;
  readonly place: SteeringCheckpoint;
  /** Of the recording. */
  readonly points: number;
}

/** Crossings are found to this part of the largest step. */
const crossingPrecision = 1e-6;

export class SteerableTransient {
  readonly #context: AnalysisContext;
  readonly #transient: Transient;
  #recording: Recording | undefined;
  /** Something was set since the last point. */
  #disturbed = false;

  /** For `OpenCircuit.transient`, which also begins it. */
  constructor(context: AnalysisContext, plan: TransientPlan) {
    this.#context = context;
    this.#transient = new Transient(context.newton, context.events, context.sources, plan, {
      capture: (time, history) => this.#recording?.capture(time, history),
      drop: () => this.#recording?.drop(),
      commit: () => this.#recording?.commit(),
    });
  }

  /** Finds the first point. Returns why there is none. */
  begin(uic: boolean): Diagnostic | undefined {
    return beginTransient(this.#context, this.#transient, uic);
  }

  /** Where it stands [s]. */
  get time(): number {
    return this.#transient.state.time;
  }

  get plan(): TransientPlan {
    return this.#transient.plan;
  }

  /** Points, rejections, iterations and factorizations so far. */
  get statistics(): Statistics {
    return this.#context.statistics;
  }

  /** Takes one step (two points behind a corner). Returns why it could not; ends at `plan.stop`. */
  advance(): Diagnostic | undefined {
    this.#settle();
    const advanced = this.#transient.advance();
    return advanced.kind === 'failed' ? advanced.diagnostic : undefined;
  }

  /**
   * Steps until exactly this time [s]. Returns why it could not; the last accepted point stands then.
   *
   * @throws RangeError for a time before the present or beyond the plan
   */
  advanceTo(time: number): Diagnostic | undefined {
    this.#demand(time);
    this.#transient.visit(time);
    while (this.time < time) {
      const problem = this.advance();
      if (problem) return problem;
    }
    return undefined;
  }

  /**
   * Steps until a value has crossed a level, and stands right behind that. `reached` is false where it
   * does not happen `before` the given time, where it stands then.
   */
  advanceUntil(crossing: Crossing): {
    readonly reached: boolean;
    readonly diagnostic?: Diagnostic;
  } {
    const { signal, level, direction = 'either', before = this.plan.stop } = crossing;
    this.#demand(before);
    const signed = this.probe(signal);
    const distance = (): number => signed() - level;
    while (this.time < before) {
      const start = this.#mark(distance());
      this.#transient.visit(before);
      const problem = this.advance();
      if (problem) return { reached: false, diagnostic: problem };
      if (!crosses(start.value, distance(), direction)) continue;
      const late = this.#refine(start, distance);
      return late ? { reached: false, diagnostic: late } : { reached: true };
    }
    return { reached: false };
  }

  /** Between a mark and the present point, behind the crossing: goes to the first time behind it. */
  #refine(start: Mark, distance: () => number): Diagnostic | undefined {
    const precision = crossingPrecision * this.plan.maxStep;
    let low = { time: start.time, value: start.value };
    let high = { time: this.time, value: distance() };
    for (let round = 0; high.time - low.time > precision && high.value !== 0; round++) {
      // Where a line meets the level, or every third time the middle, which always halves the rest.
      const fraction = round % 3 === 2 ? 0.5 : low.value / (low.value - high.value);
      const width = high.time - low.time;
      const time = low.time + Math.min(0.99, Math.max(0.01, fraction)) * width;
      const problem = this.#repeat(start, time);
      if (problem) return problem;
      const here = { time, value: distance() };
      if (Math.sign(here.value) === Math.sign(start.value)) low = here;
      else high = here;
    }
    return this.#repeat(start, high.time);
  }

  #repeat(start: Mark, time: number): Diagnostic | undefined {
    this.restore(start.place);
    this.#recording?.truncate(start.points);
    return this.advanceTo(time);
  }

  #mark(value: number): Mark {
    const points = this.#recording?.length ?? 0;
    return { time: this.time, value, place: this.checkpoint(), points };
  }

  /** A value at the present point, by its name. Throws a `DiagnosticError` where there is none. */
  read(name: string): number {
    return this.#value(named(this.#context.system, name));
  }

  /** Reads one value again and again, without looking for its name each time. */
  probe(name: string): () => number {
    const found = named(this.#context.system, name);
    return () => this.#value(found);
  }

  #value({ unknown, output }: Readable): number {
    const { system } = this.#context;
    if (!output) return system.memory.x[unknown];
    system.evaluateOutputs(system.memory.groups.map((_, k) => k));
    return output.values[output.position];
  }

  /**
   * Sets a source to a value [V or A], whatever its card says; undefined gives it back to its card.
   *
   * @throws DiagnosticError where there is no such source
   */
  setSource(name: string, value: number | undefined): void {
    const source = this.#context.sources.get(name.toLowerCase());
    if (!source)
      throw this.#nothing(
        'source',
        name,
        this.#context.sources.list.map((s) => s.name),
      );
    if (source.fixed === value) return;
    source.fixed = value;
    this.#disturbed = true;
  }

  /**
   * Sets a parameter of an element (`r1`, `r` for its resistance).
   *
   * @throws DiagnosticError where there is no such parameter, or where it needs other equations
   */
  setParameter(element: string, parameter: string, value: number): void {
    const { system } = this.#context;
    const name = element.toLowerCase();
    if (!system.slots.instance(name))
      throw this.#nothing(
        'element',
        element,
        system.circuit.instances.map((each) => each.name),
      );
    if (!system.setParameter(name, parameter.toLowerCase(), value)) {
      throw new DiagnosticError([
        error('S132', `'${parameter}' of '${element}' cannot be set to ${value} now`, undefined, {
          help: ['give it on the element, and a value that asks for no other equations'],
        }),
      ]);
    }
    this.#disturbed = true;
  }

  /**
   * Sets a state of a device, such as `s` of a memristor, in its own unit.
   *
   * @throws DiagnosticError where there is no such state
   */
  setState(element: string, state: string, value: number): void {
    const { system } = this.#context;
    const name = element.toLowerCase();
    const holds = system.slots.stateHolds;
    const hold = holds.find((each) => each.instance.name === name && each.name === state);
    if (!hold) {
      const all = holds.map((each) => `@${each.instance.name}[${each.name}]`);
      throw this.#nothing('state', `@${element}[${state}]`, all);
    }
    hold.memory.instance[hold.position] = value;
    system.memory.x[hold.unknown] = value;
    this.#disturbed = true;
  }

  /** Keeps waveforms from now on, of these names or of everything; one recording at a time. */
  record(names?: readonly string[]): Recording {
    this.#recording = new Recording(this.#context.system, names);
    this.#recording.capture(this.time, this.#transient.state.history);
    this.#recording.commit();
    return this.#recording;
  }

  endRecording(): void {
    this.#recording = undefined;
  }

  /** All that a continuation needs; `restore` takes it in any transient of the same circuit and plan. */
  checkpoint(): SteeringCheckpoint {
    this.#settle();
    return {
      transient: this.#transient.checkpoint(),
      temperature: this.#context.system.temperature,
    };
  }

  /** Goes on from there, with the same bits. A recording goes on too, with a jump in time. */
  restore({ transient, temperature }: SteeringCheckpoint): void {
    this.#disturbed = false;
    this.#context.system.temperature = temperature;
    this.#transient.restore(transient);
  }

  /** Takes over what was set. */
  #settle(): void {
    if (!this.#disturbed) return;
    this.#disturbed = false;
    this.#transient.disturb();
  }

  #demand(time: number): void {
    if (time >= this.time && time <= this.plan.stop) return;
    throw new RangeError(`${time} s is not between ${this.time} s and ${this.plan.stop} s`);
  }

  #nothing(what: string, name: string, names: readonly string[]): DiagnosticError {
    const near = closest(name.toLowerCase(), names);
    return new DiagnosticError([
      error('S131', `there is no ${what} '${name}' to set`, undefined, {
        help: [
          near === undefined
            ? `there are ${names.slice(0, 12).join(', ')}`
            : `did you mean '${near}'?`,
        ],
      }),
    ]);
  }
}

function crosses(
  before: number,
  after: number,
  direction: 'rising' | 'falling' | 'either',
): boolean {
  if (direction !== 'falling' && before < 0 && after >= 0) return true;
  return direction !== 'rising' && before > 0 && after <= 0;
}

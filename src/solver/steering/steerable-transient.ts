/**
 * A transient between whose points a program reads and sets what it wants, without compiling or
 * starting anew. What was set takes effect at once: integration begins again there, as behind a corner
 * of a source.
 */
import type { Diagnostic } from '../../base/index.js';
import type { SourceWaveform } from '../../devices/sources/source-waveform.js';
import { piecewiseLinear } from '../../devices/sources/time-functions.js';
import type { AnalysisContext } from '../analyses/analysis.js';
import { beginTransient } from '../analyses/tran.js';
import { Transient, type TransientPlan } from '../integration/transient.js';
import type { TransientCheckpoint } from '../integration/transient-state.js';
import type { DrivenSource } from '../system/sources.js';
import { Recording } from './recording.js';
import { SteeredCircuit } from './steered-circuit.js';

/** Times [s], rising, with values [V or A]. */
export type WaveformPoints = readonly (readonly [number, number])[];

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
  /** Sources that follow lines, by name. */
  readonly waveforms: readonly (readonly [string, WaveformPoints])[];
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

export class SteerableTransient extends SteeredCircuit {
  readonly #context: AnalysisContext;
  readonly #transient: Transient;
  /** Points of sources that follow lines, and what their cards say. */
  readonly #waveforms = new Map<string, WaveformPoints>();
  readonly #cards = new Map<string, SourceWaveform>();
  #recording: Recording | undefined;
  /** Something was set since the last point. */
  #disturbed = false;

  /** For `OpenCircuit.transient`, which also begins it. */
  constructor(context: AnalysisContext, plan: TransientPlan) {
    super(context);
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

  /**
   * Lets a source follow straight lines between points of time [s] and value [V or A] from now on,
   * constant before the first and after the last of them; times before the present count only for the
   * value now. Takes the place of its card and of `setSource`. Integration begins again only where the
   * value jumps or a line begins at the present time.
   *
   * @throws DiagnosticError where there is no such source
   * @throws RangeError for times that do not rise, or no points
   */
  setWaveform(name: string, points: WaveformPoints): void {
    const source = this.source(name);
    const before = this.#valueNow(source);
    this.#follow(source, points);
    const { time } = this;
    if (before !== this.#valueNow(source) || points.some(([at]) => at === time)) this.disturbed();
    else this.#transient.forgetCorners();
  }

  #valueNow({ fixed, waveform }: DrivenSource): number {
    const { step, stop } = this.plan;
    return fixed ?? waveform.transient?.value(this.time, { step, stop }) ?? waveform.dc;
  }

  #follow(source: DrivenSource, points: WaveformPoints): void {
    if (points.length === 0 || points.some(([at], k) => k > 0 && !(at > points[k - 1][0])))
      throw new RangeError(`the times of the waveform of '${source.name}' do not rise`);
    if (!this.#cards.has(source.name)) this.#cards.set(source.name, source.waveform);
    this.#waveforms.set(source.name, points);
    source.waveform = { ...source.waveform, transient: piecewiseLinear(points.flat()) };
    source.fixed = undefined;
  }

  /** Gives a source back to its card. */
  #release(source: DrivenSource): void {
    const card = this.#cards.get(source.name);
    if (card) source.waveform = card;
    this.#cards.delete(source.name);
    this.#waveforms.delete(source.name);
  }

  /**
   * Sets a source to a value [V or A], whatever its card says; undefined gives it back to its card.
   *
   * @throws DiagnosticError where there is no such source
   */
  override setSource(name: string, value: number | undefined): void {
    const source = this.source(name);
    if (this.#waveforms.has(source.name)) {
      this.#release(source);
      this.disturbed();
    }
    super.setSource(name, value);
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
      waveforms: [...this.#waveforms],
    };
  }

  /** Goes on from there, with the same bits. A recording goes on too, with a jump in time. */
  restore({ transient, temperature, waveforms }: SteeringCheckpoint): void {
    this.#disturbed = false;
    for (const name of [...this.#waveforms.keys()]) this.#release(this.source(name));
    for (const [name, points] of waveforms) this.#follow(this.source(name), points);
    this.#context.system.temperature = temperature;
    this.#transient.restore(transient);
  }

  protected override disturbed(): void {
    this.#disturbed = true;
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
}

function crosses(
  before: number,
  after: number,
  direction: 'rising' | 'falling' | 'either',
): boolean {
  if (direction !== 'falling' && before < 0 && after >= 0) return true;
  return direction !== 'rising' && before > 0 && after <= 0;
}

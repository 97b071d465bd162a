/**
 * What the sources of a steered grid did, as decks that run by themselves: the first iterations for
 * another simulator, and one that could not be simulated.
 */
import type { Diagnostic } from '../../base/index.js';
import type { WaveformPoints } from '../../solver/index.js';
import type { TrainingFile } from '../trainers/trainer.js';
import type { Drive } from './iteration-drive.js';
import type { DeckChanges } from './open-grid.js';

type Lines = Map<string, WaveformPoints>;

interface Saved {
  readonly iterations: number;
  readonly states?: Float64Array;
  readonly lines: Lines;
}

export class DeckLog {
  /** Iterations of the deck that are complete. */
  iterations = 0;
  readonly #deckOf: (changes: DeckChanges) => string;
  readonly #wanted: number;
  readonly #period: number;
  /** Of the deck so far, and of the iteration at hand, from its own start. */
  #lines: Lines = new Map();
  #own: Lines = new Map();
  #start = 0;
  /** Where the deck, and where the iteration begins. */
  #first: Float64Array | undefined;
  #states: Float64Array = new Float64Array();

  /** Of so many iterations (`wanted`, perhaps none) of `period` [s]; `deckOf` writes a deck. */
  constructor(deckOf: (changes: DeckChanges) => string, period: number, wanted = 0) {
    this.#deckOf = deckOf;
    this.#period = period;
    this.#wanted = wanted;
  }

  /** An iteration begins at a time of the transient [s], with these states. */
  begin(start: number, states: Float64Array): void {
    this.#start = start;
    this.#states = states;
    this.#own = new Map();
  }

  add(drive: Drive): void {
    for (const [name, points] of drive)
      this.#own.set(
        name,
        points.map(([time, value]) => [time - this.#start, value] as const),
      );
  }

  /** The iteration is complete. */
  end(): void {
    if (this.iterations >= this.#wanted) {
      // It is complete already: the deck is asked for once.
      this.iterations++;
      return;
    }
    this.#first ??= this.#states;
    const shift = this.iterations * this.#period;
    for (const [name, points] of this.#own) {
      const moved = points.map(([time, value]) => [time + shift, value] as const);
      this.#lines.set(name, [...(this.#lines.get(name) ?? []), ...moved]);
    }
    this.iterations++;
  }

  /** The iterations so far as decks: with TEAM, and with behavioural sources for other simulators. */
  decks(): TrainingFile[] {
    const stop = this.iterations * this.#period;
    const shared = { states: this.#first!, drive: this.#lines, stop };
    const text = (memristor: 'team' | 'behavioural'): string =>
      this.#deckOf({ ...shared, memristor });
    return [
      { name: `${this.iterations}-iterations.cir`, content: text('team') },
      { name: `${this.iterations}-iterations.ngspice.cir`, content: text('behavioural') },
    ];
  }

  /** The iteration at hand alone. */
  replay(
    iteration: number,
    problem: Diagnostic,
    inputs: Float64Array,
    pulses: Float64Array | readonly Float64Array[],
  ): TrainingFile[] {
    const name = `failure-${iteration + 1}`;
    const states = this.#states;
    const state = {
      iteration: iteration + 1,
      message: problem.message,
      states: [...states],
      inputs: [...inputs],
      pulses: [...pulses].flatMap((each) => (typeof each === 'number' ? each : [...each])),
    };
    const changes = { states, drive: this.#own, stop: this.#period };
    const deck = this.#deckOf(changes);
    return [
      { name: `${name}.cir`, content: deck },
      { name: `${name}.json`, content: `${JSON.stringify(state, null, 1)}\n` },
    ];
  }

  save(): unknown {
    const { iterations } = this;
    const first = this.#first ? { states: this.#first } : {};
    return { iterations, lines: this.#lines, ...first } satisfies Saved;
  }

  restore(state: unknown): void {
    const { iterations, states, lines } = state as Saved;
    this.iterations = iterations;
    this.#first = states;
    this.#lines = new Map(lines);
  }
}

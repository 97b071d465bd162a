/**
 * Pairs of weak-RESET devices in WebAssembly (Majumdar et al., IEEE TED 68(10), 4925, 2021, (1) to (6)
 * and (9), Fig. 8). State of a device: a word with its number of pulses and, in the highest bit, the
 * state of its telegraph noise; and ln R relative to the mean of R₀. Everything else is drawn anew
 * when it is needed, as a function of seed, device and pulse number:
 *
 *     pulse(pulses, words, gaps, weights, first, from, to, budget)
 *         applies pulses[i] > 0 to the BL device 2i of pair i, −pulses[i] to its BLb device 2i + 1
 *     begin(pulses, words, gaps, …)     writes ln R of all devices from their words
 *     read(words, gaps, weights, first, from, to, step)
 *         weights[i] = ±1, the sign of ln(R_BL/R_BLb), +1 where they are equal
 *
 * Addresses are in bytes; `first` is the number of the population's first device.
 */
import { Body, constant, Term, type Variable } from '../../../base/wasm/formula.js';
import type { FunctionBuilder } from '../../../base/wasm/function-builder.js';
import { WasmModule } from '../../../base/wasm/module-builder.js';
import { f64, i32 } from '../../../base/wasm/opcodes.js';
import { weakResetSpread } from '../../../devices/memristive/weak-reset-table.js';
import type { WeakResetOptions } from '../../weak-reset/index.js';
import { lawBits, type TabledParameter, tabledParameters } from './law-tables.js';
import { philoxFormula } from './philox-formula.js';

/** What numbers of a device are for: the last word of their counter. */
export const pairPurpose = {
  parameters: 0x32540001,
  white: 0x32540002,
  telegraph: 0x32540003,
  amplitude: 0x32540004,
  start: 0x32540005,
  amplifier: 0x32540006,
} as const;

/** White numbers a block, and the number of the one that belongs to a device without pulses. */
export const whiteBlock = 8;
export const firstWhite = 16;
/** Blocks that the coefficients of a pink number reach over, and bytes of one row of them. */
export const blocksInReach = 3;
const rowBytes = 8 * whiteBlock * blocksInReach;

export type PairOptions = Pick<
  WeakResetOptions,
  'seed' | 'run' | 'spread' | 'telegraph' | 'pink' | 'noise'
>;

/** Where tables stand [bytes]. */
export interface PairTables {
  readonly parameters: Readonly<Record<TabledParameter, number>>;
  readonly white: number;
  /** [8 × 24] doubles: by the place of the newest number, coefficients of the numbers in reach. */
  readonly coefficients: number;
  /** [2 × (most + 1)] words: chances to change after n pulses, low devices first. */
  readonly chances: number;
  readonly mostPulses: number;
}

/** Parameters of all devices where there is no spread. */
export type TypicalParameters = Readonly<Record<TabledParameter | 'a', number>>;

const word = (value: number): Term => constant('i32', value);

const load32 = (address: Term): Term =>
  new Term('i32', (f) => {
    address.emit(f);
    f.i32Load();
  });

const loadSingle = (address: Term, offset = 0): Term =>
  new Term('f64', (f) => {
    address.emit(f);
    f.f32Load(offset).op(f64.promoteF32);
  });

function storeSingle(f: FunctionBuilder, address: Term, value: Term): void {
  address.emit(f);
  value.emit(f);
  f.op(f64.demoteF64).f32Store();
}

function store32(f: FunctionBuilder, address: Term, value: Term): void {
  address.emit(f);
  value.emit(f);
  f.i32Store();
}

const pulseMask = 0x7fffffff;

export function pairModule(
  pages: number,
  options: PairOptions,
  tables: PairTables,
  typical: TypicalParameters,
): WasmModule {
  const module = new WasmModule({ initial: pages });
  const writer = new PairWriter(options, tables, typical);
  const gap = module.function({ params: ['i32', 'i32', 'i32'], results: ['f64'] });
  writer.gap(gap);
  const seven = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  writer.pulse(module.function({ params: [...seven, 'i32'], results: [] }, 'pulse'), gap.index);
  writer.begin(
    module.function({ params: ['i32', 'i32', 'i32', 'i32'], results: [] }, 'begin'),
    gap.index,
  );
  writer.read(module.function({ params: seven, results: [] }, 'read'));
  return module;
}

class PairWriter {
  readonly #options: PairOptions;
  readonly #tables: PairTables;
  readonly #typical: TypicalParameters;

  constructor(options: PairOptions, tables: PairTables, typical: TypicalParameters) {
    this.#options = options;
    this.#tables = tables;
    this.#typical = typical;
  }

  /** (device, pulses, high) ↦ ln(R/mean of R₀), without the telegraph noise of the program. */
  gap(f: FunctionBuilder): void {
    const body = new Body(f);
    const [device, pulses, high] = [0, 1, 2].map((k) => body.operand('i32', k));
    const { m1, c1, tstar, m2, r0, a } = this.#parameters(body, device);
    const t = body.let(pulses.apply(f64.fromU32, 'f64'));
    const before = m1.times(t.with(tstar, f64.min));
    const behind = m2.times(t.minus(tstar).with(0, f64.max));
    let sum = c1.plus(r0).plus(before).plus(behind);
    if (this.#options.pink) sum = sum.plus(this.#pink(body, device, pulses));
    const { telegraph, noise } = this.#options;
    if (telegraph !== 'none' && noise === 'printed') {
      const on = telegraph === 'everywhere' ? high : high.and(t.is('ge', tstar));
      sum = sum.plus(a.where(on, 0));
    }
    body.return(sum);
    f.end();
  }

  #philox(body: Body, counter: [Term, Term, Term, Term]): readonly Variable[] {
    const { seed, run } = this.#options;
    return philoxFormula(body, counter, [seed, run]);
  }

  #parameters(body: Body, device: Term): Record<TabledParameter | 'a', Term> {
    const typical = Object.entries(this.#typical).map(([name, x]) => [name, constant('f64', x)]);
    const fixed = Object.fromEntries(typical) as Record<TabledParameter | 'a', Term>;
    if (this.#options.spread === 'none') return fixed;
    const words = this.#philox(body, [device, word(0), word(0), word(pairPurpose.parameters)]);
    const halves = words.flatMap((each) => [lowHalf(each), highHalf(each)]);
    const drawn = tabledParameters.map((name, k) => [
      name,
      body.let(loadSingle(halves[k], this.#tables.parameters[name])),
    ]);
    return { ...(Object.fromEntries(drawn) as typeof fixed), a: this.#amplitude(body, words[2]) };
  }

  /** Uniform, from the upper half of a word. */
  #amplitude(body: Body, drawn: Term): Term {
    const unit = drawn.with(16, i32.shrUnsigned).apply(f64.fromU32, 'f64').plus(0.5);
    return body.let(unit.times(weakResetSpread.a.most / 65536));
  }

  /** (5): a scalar product over the three blocks that hold the numbers in reach. */
  #pink(body: Body, device: Term, pulses: Term): Term {
    const newest = body.let(pulses.plus(firstWhite));
    const last = body.let(newest.with(3, i32.shrUnsigned));
    const row = body.let(newest.and(whiteBlock - 1).times(rowBytes));
    const sums: (Variable | undefined)[] = [undefined, undefined, undefined, undefined];
    for (let block = 0; block < blocksInReach; block++) {
      const number = last.minus(blocksInReach - 1 - block);
      const words = this.#philox(body, [device, number, word(0), word(pairPurpose.white)]);
      words.forEach((drawn, k) => {
        for (const [side, half] of [lowHalf(drawn), highHalf(drawn)].entries()) {
          const place = whiteBlock * block + 2 * k + side;
          const coefficient = row.loadF64(this.#tables.coefficients + 8 * place);
          const product = loadSingle(half, this.#tables.white).times(coefficient);
          const sum = sums[k];
          // Four sums beside each other, so that additions need not wait for one another.
          if (sum) body.assign(sum, sum.plus(product));
          else sums[k] = body.let(product);
        }
      });
    }
    const [s0, s1, s2, s3] = sums as Variable[];
    return body.let(s0.plus(s1).plus(s2.plus(s3)));
  }

  pulse(f: FunctionBuilder, gap: number): void {
    const body = new Body(f);
    const [pulses, words, gaps, weights, first, from, to, budget] = operands(body, 8);
    const i = body.let(from);
    body.while(i.is('lt', to), () => {
      const asked = body.let(load32(i.shl(2).plus(pulses)));
      body.if(asked.is('ne', 0), () => {
        const down = body.let(asked.is('lt', 0));
        const own = body.let(i.shl(1).plus(down));
        const at = body.let(own.shl(2).plus(words));
        const state = body.let(load32(at));
        const before = body.let(state.and(pulseMask));
        const size = word(0).minus(asked).where(down, asked);
        const n = body.let(size);
        const rest = body.let(budget.minus(before));
        body.assign(n, n.where(n.is('lt', rest), rest));
        body.if(n.is('gt', 0), () => {
          const t = body.let(before.plus(n));
          const device = body.let(own.plus(first));
          const high = body.let(state.with(31, i32.shrUnsigned));
          if (this.#options.telegraph !== 'none') this.#switch(body, device, t, high, n);
          store32(f, at, t.or(high.shl(31)));
          const [value] = body.call(gap, [device, t, high], ['f64']);
          storeSingle(f, own.shl(2).plus(gaps), value);
          if (!this.#drawsAmplitudes) this.#writeSign(body, i, gaps, weights);
        });
      });
      body.assign(i, i.plus(1));
    });
    f.end();
  }

  /** Telegraph noise over n pulses, by one step of Tⁿ. */
  #switch(body: Body, device: Term, t: Term, high: Variable, n: Term): void {
    const { chances, mostPulses } = this.#tables;
    const [drawn] = this.#philox(body, [device, t, word(0), word(pairPurpose.telegraph)]);
    const row = high.times(mostPulses + 1).plus(n);
    const chance = load32(row.shl(2).plus(chances));
    body.assign(high, high.with(drawn.with(chance, i32.ltUnsigned), i32.xor));
  }

  get #drawsAmplitudes(): boolean {
    return this.#options.noise === 'program' && this.#options.telegraph !== 'none';
  }

  #writeSign(body: Body, i: Term, gaps: Term, weights: Term, difference?: Term): void {
    const pair = i.shl(3).plus(gaps);
    const between = difference ?? loadSingle(pair).minus(loadSingle(pair, 4));
    const sign = constant('f64', 1).where(between.is('ge', 0), -1);
    storeSingle(body.builder, i.shl(2).plus(weights), sign);
  }

  /** (words, gaps, first, devices) */
  begin(f: FunctionBuilder, gap: number): void {
    const body = new Body(f);
    const [words, gaps, first, devices] = operands(body, 4);
    const k = body.let(word(0));
    body.while(k.is('lt', devices), () => {
      const state = body.let(load32(k.shl(2).plus(words)));
      const inputs = [k.plus(first), state.and(pulseMask), state.with(31, i32.shrUnsigned)];
      const [value] = body.call(gap, inputs, ['f64']);
      storeSingle(f, k.shl(2).plus(gaps), value);
      body.assign(k, k.plus(1));
    });
    f.end();
  }

  /** (words, gaps, weights, first, from, to, step) */
  read(f: FunctionBuilder): void {
    const body = new Body(f);
    const [words, gaps, weights, first, from, to, step] = operands(body, 7);
    const i = body.let(from);
    body.while(i.is('lt', to), () => {
      const pair = i.shl(3).plus(gaps);
      const difference = body.let(loadSingle(pair).minus(loadSingle(pair, 4)));
      if (this.#drawsAmplitudes) this.#addAmplitudes(body, i, { words, first, step, difference });
      this.#writeSign(body, i, gaps, weights, difference);
      body.assign(i, i.plus(1));
    });
    f.end();
  }

  /**
   * What the authors' program does: amplitudes a·U·U, new at each call, with or without pulses. They
   * are drawn only where they can turn the sign: an amplitude is below 0.5.
   */
  #addAmplitudes(
    body: Body,
    i: Term,
    {
      words,
      first,
      step,
      difference,
    }: Record<'words' | 'first' | 'step', Term> & {
      readonly difference: Variable;
    },
  ): void {
    const states = [0, 4].map((side) => body.let(load32(i.shl(3).plus(words).plus(side))));
    const either = states[0].or(states[1]).is('lt', 0);
    body.if(difference.abs().is('le', weakResetSpread.a.most).and(either), () => {
      const pair = body.let(first.with(1, i32.shrUnsigned).plus(i));
      const drawn = this.#philox(body, [pair, step, word(0), word(pairPurpose.amplitude)]);
      states.forEach((state, side) => {
        body.if(state.is('lt', 0), () => {
          const device = body.let(pair.shl(1).plus(side));
          const { a, tstar } = this.#parameters(body, device);
          const product = a.times(unit(drawn[2 * side])).times(unit(drawn[2 * side + 1]));
          const on = state.and(pulseMask).apply(f64.fromU32, 'f64').is('ge', tstar);
          const behind = this.#options.telegraph === 'behind-knee';
          const added = body.let(behind ? product.where(on, 0) : product);
          body.assign(difference, side === 0 ? difference.plus(added) : difference.minus(added));
        });
      });
    });
  }
}

const unit = (drawn: Term): Term =>
  drawn.apply(f64.fromU32, 'f64').plus(0.5).times(2.3283064365386963e-10);

/** Bytes into a table of singles, from the lower or the upper half of a word. */
const indexMask = ((1 << lawBits) - 1) << 2;
const lowHalf = (drawn: Term): Term => drawn.shl(2).and(indexMask);
const highHalf = (drawn: Term): Term => drawn.with(14, i32.shrUnsigned).and(indexMask);

function operands(body: Body, count: number): Variable[] {
  return Array.from({ length: count }, (_, k) => body.operand('i32', k));
}

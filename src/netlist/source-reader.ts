import { closest, type Diagnostic, error } from '../base/index.js';
import {
  amplitudeModulation,
  exponential,
  frequencyModulation,
  piecewiseLinear,
  pulse,
  sine,
} from '../devices/sources/time-functions.js';
import type { SourceWaveform, TimeFunction } from '../devices/index.js';
import type { Assignment, Item, Value, Word } from './ast.js';
import type { Report } from './report.js';
import { noNumber, type Scope, tryValue, valueOf } from './scope.js';

/** A function of time with its arguments. */
interface FunctionCall {
  readonly name: Word;
  readonly known: FunctionForm;
  readonly values: readonly number[];
}

interface FunctionForm {
  readonly build: (
    values: readonly number[],
    settings: Readonly<Record<string, number>>,
  ) => TimeFunction;
  /** What may be assigned, inside the parentheses or behind them. */
  readonly settings?: readonly string[];
  /** Smallest and largest number of arguments. */
  readonly arity: readonly [number, number];
  readonly form: string;
}

const functions: Readonly<Record<string, FunctionForm>> = {
  pulse: { build: pulse, arity: [2, 8], form: 'pulse(v1 v2 td tr tf pw per)' },
  sin: { build: sine, arity: [2, 6], form: 'sin(offset amplitude frequency td theta phase)' },
  exp: { build: exponential, arity: [2, 6], form: 'exp(v1 v2 td1 tau1 td2 tau2)' },
  pwl: {
    build: (values, { td = 0, r = -1 }) =>
      piecewiseLinear(values, { delay: td, ...(r >= 0 ? { repeat: r } : {}) }),
    arity: [2, Infinity],
    form: 'pwl(t1 v1 t2 v2 …) td=delay r=time',
    settings: ['td', 'r'],
  },
  sffm: {
    build: frequencyModulation,
    arity: [2, 7],
    form: 'sffm(offset amplitude carrier index signal phasec phases)',
  },
  am: {
    build: amplitudeModulation,
    arity: [2, 7],
    form: 'am(amplitude offset signal carrier td)',
  },
};

const sampled = 'write samples to a file, and read it with \'pwl(file="samples.csv")\'';

/** What other simulators have, why it is not here, and what to do instead. */
const refused: Readonly<Record<string, readonly [string, string]>> = {
  trnoise: ['transients have no noise yet', sampled],
  trrandom: ['transients have no random values yet', sampled],
  pat: ['patterns of bits are not read', "write the edges as 'pwl(t1 v1 t2 v2 …)'"],
  wavefile: ['sound files are not read', sampled],
};
const keywords = new Set([
  'dc',
  'ac',
  'external',
  ...Object.keys(functions),
  ...Object.keys(refused),
]);

const form = "such as 'v1 in 0 dc 5 ac 1 90 sin(0 1 1k)'";
const once = `a source has one dc value and one ac value, ${form}`;

/** The scale with which a function's value at time 0 is asked for: it does not depend on it. */
const anyScale = { step: 1, stop: 1 };

/**
 * Reads what stands behind the nodes of a V or I element: `5`, `dc 5`, `ac 1 90`, `pulse(…)`, in
 * any order. Assignments other than `dc=` and `ac=` go to `others`.
 *
 * Without a dc value the function's value at time 0 counts, else 0 (ngspice 39). Undefined after an
 * error.
 */
export function readSource(
  items: readonly Item[],
  scope: Scope,
  report: Report,
  others: Assignment[],
): SourceWaveform | undefined {
  return new SourceReader(items, scope, report, others).read();
}

class SourceReader {
  #position = 0;
  #dc: number | undefined;
  #ac: { magnitude: number; phase: number } | undefined;
  #call: FunctionCall | undefined;
  readonly #settings = new Map<string, Value>();
  readonly #items: readonly Item[];
  readonly #scope: Scope;
  readonly #report: Report;
  readonly #others: Assignment[];

  constructor(items: readonly Item[], scope: Scope, report: Report, others: Assignment[]) {
    this.#items = items;
    this.#scope = scope;
    this.#report = report;
    this.#others = others;
  }

  read(): SourceWaveform | undefined {
    const before = this.#report.errors;
    while (this.#position < this.#items.length) {
      const first = this.#position === 0;
      this.#item(this.#items[this.#position++], first);
      if (this.#report.errors > before) return undefined;
    }
    const transient = this.#build();
    if (this.#report.errors > before) return undefined;
    return {
      dc: this.#dc ?? transient?.value(0, anyScale) ?? 0,
      ...(this.#ac ? { ac: this.#ac } : {}),
      ...(transient ? { transient } : {}),
    };
  }

  #item(item: Item, first: boolean): void {
    switch (item.kind) {
      case 'assignment':
        this.#assignment(item);
        return;
      case 'group':
        this.#function(item.name ?? { kind: 'word', text: '(', span: item.span }, item.items);
        return;
      case 'braced':
        this.#bareValue(item, first);
        return;
      case 'word':
        if (!keywords.has(item.text)) this.#bareValue(item, first);
        else if (item.text === 'dc') this.#setDc(this.#values(1)[0], item);
        else if (item.text === 'ac') this.#setAc(this.#values(2), item);
        // A program sets it (openCircuit); without one it stays at its dc value.
        else if (item.text === 'external') return;
        else this.#function(item, this.#values(Infinity));
    }
  }

  #assignment(item: Assignment): void {
    if (item.name.text === 'dc') this.#setDc(item.values[0], item.name);
    else if (item.name.text === 'ac') this.#setAc([...item.values, ...this.#values(1)], item.name);
    else if (item.name.text in refused) this.#report.add(unknownFunction(item.name));
    else if (!this.#setting(item, this.#call?.known)) this.#others.push(item);
  }

  /** A number without a keyword is the dc value, right behind the nodes only. */
  #bareValue(value: Value, first: boolean): void {
    if (first) this.#setDc(value, value);
    else if (value.kind === 'word' && tryValue(value, this.#scope) === undefined) {
      this.#report.add(noNumber(value.text, value.span, this.#scope));
    } else {
      this.#report.add(
        error('N408', 'a value without a keyword stands right behind the nodes', value.span, {
          help: ["write 'dc', 'ac' or a function such as 'pulse(…)' before it"],
        }),
      );
    }
  }

  /** The next values, up to `most`: words that are keywords end them. */
  #values(most: number): Value[] {
    const values: Value[] = [];
    while (values.length < most && this.#position < this.#items.length) {
      const item = this.#items[this.#position];
      if (item.kind !== 'word' && item.kind !== 'braced') break;
      if (item.kind === 'word' && keywords.has(item.text)) break;
      values.push(item);
      this.#position++;
    }
    return values;
  }

  #setDc(value: Value | undefined, at: Word | Value): void {
    if (this.#dc !== undefined) {
      this.#report.add(error('N306', 'the dc value is given twice', at.span, { help: [once] }));
    } else if (!value) {
      this.#report.add(error('N306', "a value is missing behind 'dc'", at.span, { help: [form] }));
    } else this.#dc = this.#report.number(valueOf(value, this.#scope));
  }

  #setAc(values: readonly Value[], at: Word): void {
    if (this.#ac) {
      this.#report.add(error('N306', 'the ac value is given twice', at.span, { help: [once] }));
      return;
    }
    const numbers = values.map((value) => this.#report.number(valueOf(value, this.#scope)));
    const [magnitude = 1, degrees = 0] = numbers;
    this.#ac = { magnitude, phase: (degrees * Math.PI) / 180 };
  }

  #function(name: Word, items: readonly Item[]): void {
    const report = this.#report;
    const known = Object.hasOwn(functions, name.text) ? functions[name.text] : undefined;
    if (!known) {
      report.add(unknownFunction(name));
      return;
    }
    if (this.#call) {
      const help = ['put two sources in series (voltages) or in parallel (currents)'];
      report.add(error('N306', 'a source has one function of time', name.span, { help }));
      return;
    }
    const values = this.#arguments(name, known, items);
    if (values) this.#call = { name, known, values };
  }

  /** The function of time, when all of the card is read. */
  #build(): TimeFunction | undefined {
    if (!this.#call) return undefined;
    const { name, known, values } = this.#call;
    const settings: Record<string, number> = {};
    for (const [key, value] of this.#settings) {
      const number = this.#report.number(valueOf(value, this.#scope));
      if (number === undefined) return undefined;
      settings[key] = number;
      const times = values.filter((_, i) => i % 2 === 0);
      if (key === 'r' && number >= 0 && !times.slice(0, -1).includes(number)) {
        this.#report.add(
          error('N307', `'r=' is one of the times of '${name.text}', but not the last`, value.span),
        );
      }
    }
    return known.build(values, settings);
  }

  /** `td=` and `r=` of a `pwl`; false if the assignment is none of them. */
  #setting({ name, values }: Assignment, known: FunctionForm | undefined): boolean {
    if (!known?.settings?.includes(name.text)) return false;
    this.#settings.set(name.text, values[0]);
    return true;
  }

  #arguments(name: Word, known: FunctionForm, items: readonly Item[]): number[] | undefined {
    const report = this.#report;
    const values: number[] = [];
    for (const item of items) {
      if (item.kind === 'assignment' && this.#setting(item, known)) continue;
      if (item.kind !== 'word' && item.kind !== 'braced') {
        const what = item.kind === 'assignment' ? `'${item.name.text}='` : 'parentheses';
        const message = `${what} cannot stand inside '${name.text}'`;
        report.add(error('N408', message, item.span, { help: [known.form] }));
        return undefined;
      }
      const value = report.number(valueOf(item, this.#scope));
      if (value === undefined) return undefined;
      values.push(value);
    }
    const [least, most] = known.arity;
    if (values.length < least || values.length > most) {
      const wanted = most === Infinity ? `at least ${least}` : `${least} to ${most}`;
      report.add(
        error('N307', `'${name.text}' takes ${wanted} values, not ${values.length}`, name.span, {
          help: [known.form],
        }),
      );
      return undefined;
    }
    if (name.text !== 'pwl') return values;
    const plain = items.filter((item) => item.kind !== 'assignment');
    return this.#pairs(name, plain, values);
  }

  #pairs(name: Word, items: readonly Item[], values: number[]): number[] | undefined {
    if (values.length % 2 !== 0) {
      const message = "'pwl' takes pairs of time and value, and the last time has none";
      this.#report.add(error('N307', message, items[items.length - 1].span));
      return undefined;
    }
    for (let i = 2; i < values.length; i += 2) {
      if (values[i] < values[i - 2]) {
        this.#report.add(
          error('N307', `the times of '${name.text}' must rise`, items[i].span, {
            label: `this is before ${String(values[i - 2])} s`,
          }),
        );
        return undefined;
      }
    }
    return values;
  }
}

function unknownFunction({ text, span }: Word): Diagnostic {
  if (Object.hasOwn(refused, text)) {
    const [label, way] = refused[text];
    return error('N501', `'${text}' sources are not supported`, span, { label, help: [way] });
  }
  const meant = closest(text, Object.keys(functions));
  return error('N408', `unexpected '${text}'`, span, {
    help: [
      meant
        ? `did you mean '${meant}'?`
        : `functions of time are: ${Object.keys(functions).join(', ')}`,
    ],
  });
}

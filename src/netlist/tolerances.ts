import { type Diagnostic, error, parseQuantity, warning } from '../base/index.js';
import type { Assignment, ModelStatement, Value, Word } from './ast.js';
import type { ModelCard } from './circuit.js';
import type { Draws } from './draws.js';
import type { ParameterValues } from './parameter-values.js';
import type { Report } from './report.js';
import { type Scope, valueOf } from './scope.js';

/**
 * Tolerances of model parameters, as PSpice writes them behind a parameter:
 *
 *     .model rmod res(r=1 dev=5% lot/1/gauss=10%)
 *
 * `lot` is drawn once for the card, `dev` once for each instance; both add up. A uniform deviation
 * lies within the tolerance; of a normal one the tolerance is one sigma, cut at four. Lots of one
 * number, `lot/1`, move together, whichever cards they stand on.
 */
export interface Tolerance {
  /** The parameter as the card names it. */
  readonly name: Word;
  readonly kind: 'dev' | 'lot';
  /** Of `lot/1`; absent: a draw of the card's own. */
  readonly number?: string;
  readonly distribution: 'uniform' | 'gauss';
  readonly value: Value;
}

/** What one instance or card gets, relative to the nominal value or in its unit. */
export interface DrawnTolerance {
  /** Of the device's table. */
  readonly parameter: string;
  /** What the card says. */
  readonly nominal: number;
  /** Drawn for the card, in the parameter's unit. */
  readonly lot: number;
  /** To be drawn for each instance, in the parameter's unit. */
  readonly dev: readonly { readonly amount: number; readonly distribution: 'uniform' | 'gauss' }[];
}

const head = /^(dev|lot)((?:\/[a-z0-9]*)*)$/;

/** Parts the settings of a `.model` card from the tolerances among them. */
export function partTolerances(
  items: ModelStatement['items'],
  report: Report,
): {
  readonly settings: readonly (Assignment | Word)[];
  readonly tolerances: readonly Tolerance[];
} {
  const settings: (Assignment | Word)[] = [];
  const tolerances: Tolerance[] = [];
  let before: Word | undefined;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    const word = item.kind === 'word' ? item : item.name;
    if (!head.test(word.text)) {
      if (item.kind === 'assignment') before = item.name;
      settings.push(item);
      continue;
    }
    const next = items[i + 1];
    const value = item.kind === 'assignment' ? item.values[0] : next;
    if (item.kind === 'word') i++;
    const read =
      value && value.kind !== 'assignment' && before
        ? readTolerance(word, before, value, report)
        : misplaced(word);
    if ('severity' in read) report.add(read);
    else tolerances.push(read);
  }
  return { settings, tolerances };
}

function readTolerance(
  word: Word,
  name: Word,
  value: Value,
  report: Report,
): Tolerance | Diagnostic {
  const [, kind, rest] = head.exec(word.text) as unknown as [string, 'dev' | 'lot', string];
  const marks = rest.split('/').filter((mark) => mark !== '');
  const number = marks.find((mark) => /^\d$/.test(mark));
  const shape = marks.find((mark) => mark !== number) ?? 'uniform';
  if (shape !== 'uniform' && shape !== 'gauss') {
    return error('N427', `there is no distribution '${shape}' of tolerances`, word.span, {
      help: ["'uniform' and 'gauss' are known, as in 'dev/gauss=1%'"],
    });
  }
  if (kind === 'dev' && number !== undefined) {
    report.add(
      warning(
        'N430',
        "the number behind 'dev' has no effect: instances are independent",
        word.span,
      ),
    );
  }
  return {
    name,
    kind,
    ...(number === undefined ? {} : { number }),
    distribution: shape,
    value,
  };
}

function misplaced({ text, span }: Word): Diagnostic {
  return error('N428', `'${text}' has no parameter before it or no value behind it`, span, {
    help: ["such as '.model rmod res(r=1 dev=5% lot=10%)'"],
  });
}

/** Draws the lots of a card and writes them into its parameters. `nameOf` finds the table's name. */
export function drawLots(
  tolerances: readonly Tolerance[],
  card: string,
  parameters: ParameterValues,
  nameOf: (name: string) => string | undefined,
  scope: Scope,
  report: Report,
): readonly DrawnTolerance[] {
  const drawn = new Map<string, DrawnTolerance>();
  for (const { name, kind, number, distribution, value } of tolerances) {
    const parameter = nameOf(name.text);
    const nominal = parameter === undefined ? undefined : parameters.get(parameter);
    if (parameter === undefined || nominal === undefined) continue;
    const amount = report.number(amountOf(value, nominal, scope));
    if (amount === undefined || !scope.draws) continue;
    const known = drawn.get(parameter) ?? { parameter, nominal, lot: 0, dev: [] };
    if (kind === 'dev') {
      drawn.set(parameter, { ...known, dev: [...known.dev, { amount, distribution }] });
    } else {
      const key = number === undefined ? [card, `lot ${parameter}`] : ['', `lot/${number}`];
      const lot = known.lot + amount * scope.draws.deviation(key[0], key[1], distribution);
      drawn.set(parameter, { ...known, lot });
    }
  }
  for (const { parameter, nominal, lot } of drawn.values()) {
    if (lot === 0) continue;
    parameters.set(parameter, nominal + lot);
    scope.draws?.values.set(`${card}(${parameter})`, nominal + lot);
  }
  return [...drawn.values()];
}

/** `5%` of the nominal value, or an amount in the parameter's unit. */
function amountOf(value: Value, nominal: number, scope: Scope): number | Diagnostic {
  if (value.kind === 'word' && value.text.endsWith('%')) {
    const percent = parseQuantity(value.text.slice(0, -1));
    if (percent !== undefined) return Math.abs(nominal) * (percent / 100);
  }
  return valueOf(value, scope);
}

/**
 * Draws what an instance deviates by. An instance that sets the parameter itself (`r1 a b rmod 1k`)
 * deviates by the same part of its own value.
 */
export function drawDeviations(
  tolerances: readonly DrawnTolerance[],
  instance: string,
  card: ModelCard,
  parameters: ParameterValues,
  draws: Draws,
): void {
  for (const { parameter, nominal, lot, dev } of tolerances) {
    const deviation = dev.reduce(
      (sum, { amount, distribution }, k) =>
        sum + amount * draws.deviation(instance, `dev ${parameter}${k || ''}`, distribution),
      0,
    );
    const own = parameters.get(parameter);
    if (own === undefined && dev.length === 0) continue;
    const value =
      own === undefined
        ? (card.parameters.get(parameter) ?? nominal) + deviation
        : own * (nominal === 0 ? 1 : 1 + (lot + deviation) / nominal);
    parameters.set(parameter, value);
    if (dev.length > 0) draws.values.set(`@${instance}[${parameter}]`, value);
  }
}

import type { Diagnostic } from '../base/index.js';
import type { Assignment, Word } from './ast.js';

/** A name of an option here, or why there is none. */
type Counterpart = { readonly is: string } | { readonly because: string };

const is = (name: string): Counterpart => ({ is: name });
const because = (reason: string): Counterpart => ({ because: reason });

/**
 * The packages of Xyce's `.options` (`.options timeint reltol=1e-4`) and what their options mean
 * here. Source: Xyce Reference Guide, "Options" of `.OPTIONS`.
 */
const packages: Readonly<Record<string, Readonly<Record<string, Counterpart>>>> = {
  device: { temp: is('temp'), tnom: is('tnom'), gmin: is('gmin') },
  timeint: {
    reltol: is('reltol'),
    method: is('method'),
    maxord: is('maxord'),
    abstol: because('tolerances here are per quantity: abstol for currents, vntol for voltages'),
    delmax: because("the fourth time of '.tran' is the largest step"),
  },
  nonlin: { maxstep: is('itl1') },
  'nonlin-tran': { maxstep: is('itl4') },
  linsol: {},
  'linsol-ac': {},
  output: {},
  parser: {},
  restart: {},
  loca: {},
  measure: {},
  hbint: {},
  sensitivity: {},
  diagnostic: {},
  fft: {},
  samples: {},
  dist: {},
  timer: {},
};

/** Names that HSPICE has for options of ngspice's. */
const aliases: Readonly<Record<string, string>> = {
  relv: 'reltol',
  reli: 'reltol',
  absv: 'vntol',
  absi: 'abstol',
  gmindc: 'gmin',
};

/** Xyce's numbers of integration methods. */
const methods: Readonly<Record<string, string>> = { '7': 'trap', '8': 'gear' };

type OptionItem = Assignment | Word;

/**
 * What an `.options` card of another simulator asks of this one: options renamed; what has no
 * counterpart is noted, once for a card.
 */
export function ownOptions(items: readonly OptionItem[], diagnostics: Diagnostic[]): OptionItem[] {
  const [first, ...rest] = items;
  const isPackage = first?.kind === 'word' && Object.hasOwn(packages, first.text);
  if (!isPackage) return items.map((item) => renamed(item, aliases[nameOf(item)]));
  const known = packages[first.text];
  const own: OptionItem[] = [];
  const lost: string[] = [];
  for (const item of rest) {
    const name = nameOf(item);
    const counterpart = Object.hasOwn(known, name) ? known[name] : undefined;
    if (counterpart && 'is' in counterpart) own.push(renamed(item, counterpart.is));
    else lost.push(counterpart ? `${name}: ${counterpart.because}` : name);
  }
  if (lost.length > 0) diagnostics.push(noted(first, lost));
  return own;
}

function nameOf(item: OptionItem): string {
  return item.kind === 'word' ? item.text : item.name.text;
}

function renamed(item: OptionItem, text: string | undefined): OptionItem {
  if (text === undefined) return item;
  if (item.kind === 'word') return { ...item, text };
  const [value] = item.values;
  const method = text === 'method' && value.kind === 'word' ? methods[value.text] : undefined;
  const values = method && value.kind === 'word' ? [{ ...value, text: method }] : item.values;
  return { ...item, name: { ...item.name, text }, values };
}

function noted(name: Word, lost: readonly string[]): Diagnostic {
  return {
    severity: 'note',
    code: 'N505',
    message: `some options of Xyce's package '${name.text}' have no counterpart here`,
    span: name.span,
    notes: lost,
  };
}

import { closest, type Diagnostic, error } from '../base/index.js';
import type { CatalogEntry } from '../devices/index.js';
import type { ElementStatement, Group, Value, Word } from './ast.js';
import type { Level } from './level.js';

/** What elements are called in messages. */
const kinds: Readonly<Record<string, string>> = {
  r: 'a resistor',
  c: 'a capacitor',
  l: 'an inductor',
  k: 'a K element',
  t: 'a T element',
  v: 'a voltage source',
  i: 'a current source',
  e: 'an E element',
  g: 'a G element',
  f: 'an F element',
  h: 'an H element',
  d: 'a diode',
  m: 'a MOS transistor',
  q: 'a bipolar transistor',
  j: 'a JFET',
  z: 'a MESFET',
  s: 'a switch',
  w: 'a switch',
};

/** What an element is called in a sentence. */
export function kindOf(letter: string): string {
  return kinds[letter] ?? 'this element';
}

/** Parentheses where none can stand. */
export function groupProblem(group: Group): Diagnostic {
  return error('N408', `unexpected '${group.name?.text ?? ''}(…)'`, group.span);
}

export function unknownModel(word: Word, level: Level): Diagnostic {
  const meant = closest(word.text, level.library.modelNames());
  return error('N209', `unknown model '${word.text}'`, word.span, {
    label: 'no .model card has this name',
    help: [
      meant
        ? `a model named '${meant}' is defined; did you mean that one?`
        : `define it with '.model ${word.text} <type>(…)', or '.include' the file that does`,
    ],
  });
}

export function tooFewNodes(
  { letter, name }: ElementStatement,
  { definition, grounded = 0 }: CatalogEntry,
  given: readonly Value[],
): Diagnostic {
  const { terminals, references } = definition;
  const last = given[given.length - 1] ?? name;
  const most = terminals.length;
  const count = grounded > 0 ? `${most - grounded} to ${most}` : String(most);
  const controls = references.length > 0 ? ' and the name of a voltage source' : '';
  return error('N407', `${kindOf(letter)} has ${count} nodes${controls}`, last.span, {
    label: `only ${given.length} given`,
    help: [`its nodes are: ${[...terminals, ...references.map((r) => `<${r}>`)].join(' ')}`],
  });
}

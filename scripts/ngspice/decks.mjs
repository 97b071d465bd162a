// The decks that are compared with ngspice.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Elements that ngspice has under other letters or not at all. */
const ownElements = /^\s*(n\S+\s+\S+\s+\S+|ymemristor\b)/im;

/** A state of the memristor of circuits/analog-network/memristor.lib, and its subcircuit. */
const libraryState = /@(\S+)\.nmem\[s\]/g;

/** Decks that include that library get its equivalent, whose state is a voltage. */
function withBehaviouralMemristors(text) {
  if (!/^\.include\s+"?\S*memristor\.lib/im.test(text)) return text;
  return text
    .replace(/^(\.include\s+"?\S*)memristor\.lib/gim, '$1memristor-behavioural.lib')
    .replace(libraryState, 'v($1.s)')
    .replace(/@\S+\.nmem\[\w+\]/g, '');
}

/** All decks of `circuits/` and `test/decks/`; `ngspice` is absent where it has not all that they use. */
export function decks() {
  const circuits = readdirSync(join(root, 'circuits'), { recursive: true });
  const files = [
    ...circuits.map((name) => join(root, 'circuits', name)),
    ...readdirSync(join(root, 'test', 'decks')).map((name) => join(root, 'test', 'decks', name)),
  ];
  return files
    .filter((file) => file.endsWith('.cir'))
    .sort()
    .map(readDeck);
}

/**
 * A deck's text, and what ngspice is given for it: the deck itself, or the equivalent of its name
 * in `test/decks/ngspice/`. That says in a comment which of its signals stand for which of ours:
 * `* @nmem[s] is v(s)`.
 */
function readDeck(file) {
  const text = readFileSync(file, 'utf8');
  const equivalent = join(root, 'test', 'decks', 'ngspice', basename(file));
  const other = existsSync(equivalent) ? equivalent : file;
  const otherText = withBehaviouralMemristors(readFileSync(other, 'utf8'));
  const aliases = new Map(
    [...otherText.matchAll(/^\*.*/gm)].flatMap(([line]) =>
      [...line.matchAll(/(\S+) is (\S+?)(?=,|$)/g)].map(([, ours, theirs]) => [theirs, ours]),
    ),
  );
  for (const [ours, synapse] of text.matchAll(libraryState)) aliases.set(`v(${synapse}.s)`, ours);
  return {
    name: relative(root, file),
    file,
    text,
    ...(other === file && ownElements.test(withIncludes(withoutTitle(otherText), dirname(file)))
      ? {}
      : { ngspice: { text: otherText, folder: dirname(other) } }),
    aliases,
  };
}

function withoutTitle(text) {
  return text.replace(/^.*\n/, '');
}

/** The text of a deck and of what it includes. */
export function withIncludes(text, folder) {
  const included = [...text.matchAll(/^\.inc\w*\s+(\S+)/gim)].map(([, path]) => {
    const file = resolve(folder, path);
    return withIncludes(readFileSync(file, 'utf8'), dirname(file));
  });
  return [text, ...included].join('\n');
}

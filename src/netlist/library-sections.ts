import { closest, type Diagnostic, error, type Source, type Span } from '../base/index.js';
import { type Card, cardSpan, firstWord } from './cards.js';

/** Whether a file has sections: a `.lib` with one word begins one there, and reads a file elsewhere. */
export function hasSections(source: Source): boolean {
  return /^[ \t]*\.endl\b/im.test(source.text);
}

/** The name of a section that a card begins. */
export function sectionStart(card: Card): string | undefined {
  return /^\.lib\s+["']?([^\s"']+)["']?\s*$/i.exec(card.text)?.[1].toLowerCase();
}

/**
 * The cards of one `.lib section … .endl` of a file, or those outside of all sections where none is
 * asked for. What is asked for and not there is reported at `asked`, with the sections there are.
 */
export function* sectionCards(
  cards: Iterable<Card>,
  wanted: string | undefined,
  asked: Span | undefined,
  diagnostics: Diagnostic[],
): Generator<Card, void, undefined> {
  const sections: string[] = [];
  let open: { readonly card: Card; readonly name: string } | undefined;
  for (const card of cards) {
    const word = card.text.startsWith('.') ? firstWord(card) : '';
    const name = word === '.lib' ? sectionStart(card) : undefined;
    if (name !== undefined) {
      if (open) diagnostics.push(unclosed(open.card));
      open = { card, name };
      sections.push(name);
    } else if (word === '.endl') {
      diagnostics.push(...closingProblem(card, open?.name));
      open = undefined;
    } else if (open?.name === wanted) yield card;
  }
  if (open) diagnostics.push(unclosed(open.card));
  if (wanted !== undefined && !sections.includes(wanted)) {
    diagnostics.push(missing(wanted, sections, asked));
  }
}

function closingProblem(card: Card, open: string | undefined): Diagnostic[] {
  const name = card.text.slice('.endl'.length).trim().toLowerCase();
  if (open === undefined) {
    return [error('N403', "this '.endl' has no '.lib' with the name of a section", cardSpan(card))];
  }
  if (name === '' || name === open) return [];
  return [error('N403', `'.endl ${name}' closes the section '${open}'`, cardSpan(card))];
}

function unclosed(card: Card): Diagnostic {
  return error('N403', "this section has no '.endl'", cardSpan(card));
}

function missing(wanted: string, sections: readonly string[], asked?: Span): Diagnostic {
  const meant = closest(wanted, sections);
  const unique = [...new Set(sections)];
  return error('N424', `the library has no section '${wanted}'`, asked, {
    help: [
      ...(meant ? [`did you mean '${meant}'?`] : []),
      unique.length > 0
        ? `it has: ${unique.slice(0, 20).join(', ')}`
        : "a section begins with '.lib name' and ends with '.endl'",
    ],
  });
}

import { parseQuantity } from '../../../src/base/index.js';
import { parseExpressionText } from '../../../src/expression/index.js';
import type { Dataset } from '../../../src/waveform/index.js';
import {
  type MeasureCardForm,
  type MeasureItemForm,
  type MeasureResult,
  MeasureSession,
  type OperandForm,
} from '../../../src/waveform/measures/index.js';

function operand(text: string): OperandForm {
  const { expression, diagnostic } = parseExpressionText(text, 'card');
  const value = parseQuantity(text);
  const span = expression?.span ?? diagnostic!.span!;
  return {
    text,
    ...(expression ? { expression } : {}),
    ...(value === undefined ? {} : { value }),
    span,
  };
}

function item(word: string): MeasureItemForm {
  const setting = /^([a-z_]+)=(.*)$/.exec(word);
  if (setting) return { kind: 'setting', name: setting[1], value: operand(setting[2]) };
  const equation = /^(.*\))=(.*)$/.exec(word);
  if (equation)
    return { kind: 'equation', left: operand(equation[1]), right: operand(equation[2]) };
  return { kind: 'operand', ...operand(word) };
}

/** `tran name avg v(a) from=1`: words of the card without `.meas`. */
export function card(text: string): MeasureCardForm {
  const [analysis, name, ...words] = text.split(' ');
  return { analysis, name, items: words.map(item), span: operand(words[0]).span };
}

/** All results of cards on one dataset. */
export async function resultsOf(
  dataset: Dataset,
  cards: readonly string[],
  completed = true,
): Promise<MeasureResult[]> {
  const session = new MeasureSession(cards.map(card), new Map([['half', 0.5]]));
  const taken = await session.take(dataset, completed);
  return [...taken.results, ...(await session.finish()).results];
}

/** The result of the last card. */
export async function resultOf(dataset: Dataset, ...cards: string[]): Promise<MeasureResult> {
  const results = await resultsOf(dataset, cards);
  return results.find(({ name }) => name === card(cards.at(-1)!).name)!;
}

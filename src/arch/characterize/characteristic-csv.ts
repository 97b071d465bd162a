import type { CharacteristicInput } from './characteristic-data.js';
import { placesOf } from './characteristic-data.js';
import { labelOf } from './curves.js';
import { combinations } from './grid.js';
import type { TransferCharacteristic } from './transfer-characteristic.js';

/** The tables as CSV: a column for each input and each output, a row for each combination. */
export function writeCharacteristicCsv({ inputs, outputs }: TransferCharacteristic): string {
  const head = [...inputs, ...outputs].map(({ name, unit }) => quoted(headed(name, unit)));
  const rows = combinations(inputs.map(placesOf)).map((point, p) => [
    ...point.map((value, k) => placeText(inputs[k], value)),
    ...outputs.map(({ values }) => String(values[p])),
  ]);
  return [head, ...rows].map((row) => `${row.join(',')}\n`).join('');
}

function headed(name: string, unit: string): string {
  return unit === '' ? name : `${name} [${unit}]`;
}

function placeText(input: CharacteristicInput, value: number): string {
  return input.kind === 'discrete' ? quoted(labelOf(input, value) ?? String(value)) : String(value);
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

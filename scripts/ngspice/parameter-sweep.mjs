// ngspice sweeps sources, resistors and the temperature. Where a deck sweeps a parameter, it is given
// one operating point after another, each with the deck read anew, which make the table of the sweep.
import { parseQuantity } from '../../dist/base/index.js';
import { Dataset } from '../../dist/waveform/index.js';

const card = /^\s*\.dc\s+(?!temp\b)([^vir\s]\S*)\s+(\S+)\s+(\S+)\s+(\S+)[^\S\n]*$/im;
const cards = /^\s*\.(?:op|dc|ac|tran|noise|tf|pz|sens|disto)\b.*(?:\n\+.*)*$/gim;

/** The parameter and its values; undefined where the deck sweeps none. */
export function parameterSweep(text) {
  const found = card.exec(text);
  if (!found) return undefined;
  const [from, to, step] = found.slice(2).map(parseQuantity);
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  return { name: found[1], values: Array.from({ length: count }, (_, k) => from + k * step) };
}

/** The deck with nothing but the operating points of its sweep, written to `raw`. */
export function operatingPoints(text, { name, values }, raw) {
  const control = [
    '.control',
    'set appendwrite',
    `foreach value ${values.join(' ')}`,
    `alterparam ${name} = $value`,
    'reset',
    'op',
    `write ${raw}`,
    'end',
    'quit',
    '.endc',
    '.end',
  ];
  return text.replace(cards, '').replace(/^\.end\s*$/im, control.join('\n'));
}

/** The deck without its sweep; undefined where it has no other analysis. */
export function otherAnalyses(text) {
  const rest = text.replace(card, '');
  return rest.search(cards) < 0 ? undefined : rest;
}

/** One dataset of as many points, as `.dc` gives it. */
export function tableOf(points, { name, values }) {
  const [first] = points;
  if (points.length !== values.length)
    throw new Error(`ngspice gave ${points.length} of ${values.length} operating points`);
  const scale = {
    name,
    quantity: { kind: 'parameter', unit: '' },
    real: Float64Array.from(values),
  };
  const columns = first.columns.map(({ name: column, quantity }) => ({
    name: column,
    quantity,
    real: Float64Array.from(points, (point) => point.get(column).real[0]),
  }));
  return new Dataset({ title: first.title, analysis: 'dc' }, [scale, ...columns]);
}

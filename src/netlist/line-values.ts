import { error, warning } from '../base/index.js';
import type { ElementStatement } from './ast.js';
import type { ModelCard } from './circuit.js';
import type { ParameterValues } from './parameter-values.js';
import type { Report } from './report.js';

/** Of ngspice's own search for corners of waves, which finds other ones than ours. */
const withoutEffect = ['rel', 'abs'];

/** Whether a T element says what its line is like; reports it if not. */
export function isLine(
  { span }: ElementStatement,
  parameters: ParameterValues,
  report: Report,
): boolean {
  for (const name of withoutEffect) {
    if (!parameters.delete(name)) continue;
    const message = `'${name}' of a T element has no effect here`;
    const help = ['corners of waves are found without it, to the tolerances of .options'];
    report.add(warning('N503', message, span, { help }));
  }
  const missing = [
    ...(parameters.has('z0') ? [] : ["its impedance, 'z0=…'"]),
    ...(parameters.has('td') || parameters.has('f') ? [] : ["its delay, 'td=…' or 'f=… nl=…'"]),
  ];
  if (missing.length === 0) return true;
  report.add(
    error('N410', `a T element lacks ${missing.join(' and ')}`, span, {
      help: ["such as 'T1 in 0 out 0 z0=50 td=1n'"],
    }),
  );
  return false;
}

const losses = new Set(['rlc', 'rc', 'lc', 'rg']);

/** Whether the card of an O element is one of the lines that there are, as in ngspice 39. */
export function isLossyLine({ parameters, span }: ModelCard, report: Report): boolean {
  const has = ['r', 'l', 'g', 'c'].filter((each) => (parameters.get(each) ?? 0) > 0);
  if (losses.has(has.join('')) && parameters.has('len')) return true;
  const what = has.length === 0 ? 'neither r, l, g nor c' : `only ${has.join(', ')} above zero`;
  const message = parameters.has('len')
    ? `the line has ${what}`
    : "the line has no length, 'len=…'";
  const help = ['there are lines of r l c, of r c, of l c and of r g'];
  report.add(error('N410', message, span, { help }));
  return false;
}

import { error, warning } from '../base/index.js';
import type { ElementStatement } from './ast.js';
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

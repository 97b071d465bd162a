/** Outputs that are expressions over results: `v(out)`, `v(a,b)/i(v1)`, `vdb(out)`. */
import { type Diagnostic, error } from '../../base/index.js';
import { type Expression, parseExpressionText } from '../../expression/index.js';
import type { Circuit, OutputItem, OutputRequest } from '../../netlist/index.js';
import { calculate } from '../../waveform/calculator/index.js';
import type { Dataset } from '../../waveform/index.js';
import type { OutputSpecification } from './specification.js';

export interface ExpressionOutput {
  readonly name: string;
  /** Absent: that of the result. */
  readonly unit?: string;
  readonly expression: Expression;
}

/** Parses the outputs of a specification; undefined, with diagnostics. */
export function expressionOutputs(
  outputs: readonly OutputSpecification[],
  diagnostics: Diagnostic[],
): ExpressionOutput[] | undefined {
  const found = outputs.map((output) => {
    const text = ('of' in output ? output.of : undefined) ?? output.name;
    const { expression, diagnostic } = parseExpressionText(text, 'output');
    if (diagnostic) {
      const message = `the output '${text}' cannot be read: ${diagnostic.message}`;
      diagnostics.push(error('A203', message, undefined, { help: diagnostic.help ?? [] }));
      return undefined;
    }
    const unit = 'unit' in output ? output.unit : undefined;
    return { name: output.name, expression, ...(unit === undefined ? {} : { unit }) };
  });
  return found.every((each) => each !== undefined) ? found : undefined;
}

/** The circuit with nothing saved but what the outputs read. */
export function savingOnly(circuit: Circuit, outputs: readonly ExpressionOutput[]): Circuit {
  const [{ span }] = circuit.instances;
  const items = outputs.map(({ name, expression }): OutputItem => ({
    text: name,
    expression,
    span,
  }));
  const saves: OutputRequest[] = [{ items, span }];
  return { ...circuit, saves, prints: [], measures: [], fouriers: [] };
}

/** The values of all outputs at all points of a dataset. */
export async function readOutputs(
  dataset: Dataset,
  outputs: readonly ExpressionOutput[],
  { parameters }: Circuit,
): Promise<{ readonly rows: number[][]; readonly units: string[] } | Diagnostic> {
  const rows = Array.from({ length: dataset.length }, (): number[] => []);
  const units: string[] = [];
  for (const { name, unit, expression } of outputs) {
    const column = await calculate(expression, dataset, { name, parameters });
    if ('severity' in column) return column;
    const { real, imaginary, quantity } = column;
    units.push(unit ?? quantity.unit);
    // A complex number stands for its magnitude.
    rows.forEach((row, k) => row.push(imaginary ? Math.hypot(real[k], imaginary[k]) : real[k]));
  }
  return { rows, units };
}

import type { Equations } from './assemble.js';
import { environment } from './compiled.js';
import type { Node } from './ir.js';
import { infix } from './operations.js';

/**
 * The equations of a model for one structure as text: what is used more than once has a name, then
 * come the rows f + d/dt q = 0 and their derivatives by the unknowns.
 */
export function printEquations(equations: Equations): string {
  const printer = new Printer(equations);
  const name = (i: number): string => equations.unknowns[i].name;
  const rows = equations.rows.flatMap(({ row, f, q }) => [
    ...(f ? [`f[${name(row)}] = ${printer.text(f)}`] : []),
    ...(q ? [`q[${name(row)}] = ${printer.text(q)}`] : []),
  ]);
  const slopes = (letter: 'f' | 'q', entries: Equations['staticEntries']): string[] =>
    entries.map(
      ({ row, column, value }) =>
        `∂${letter}[${name(row)}]/∂${name(column)} = ${printer.text(value)}`,
    );
  const rates = equations.rateTerms.map(
    ({ row, charge, coefficient }) =>
      `f[${name(row)}] += ${printer.part(coefficient)} * d/dt(${printer.text(equations.transient.charges[charge].plain)})`,
  );
  const outputs = equations.outputs.map((o) => `${o.name} = ${printer.text(o.value)}`);
  const sections = [
    ['unknowns', equations.unknowns.map((u) => `${u.name} (${u.kind})`)],
    ['rows', [...rows, ...rates]],
    [
      'derivatives',
      [...slopes('f', equations.staticEntries), ...slopes('q', equations.dynamicEntries)],
    ],
    ['outputs', outputs],
    ['where', printer.definitions],
  ] as const;
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `${title}\n${lines.map((line) => `  ${line}`).join('\n')}`)
    .join('\n\n');
}

/** What is printed: not the form that the rows take in time. */
function printedRoots(equations: Equations): Node[] {
  const { rows, staticEntries, dynamicEntries, rateTerms, transient, outputs } = equations;
  return [
    ...rows.flatMap(({ f, q }) => [...(f ? [f] : []), ...(q ? [q] : [])]),
    ...[...staticEntries, ...dynamicEntries].map(({ value }) => value),
    ...rateTerms.flatMap(({ charge, coefficient }) => [
      coefficient,
      transient.charges[charge].plain,
    ]),
    ...outputs.map(({ value }) => value),
  ];
}

const environmentNames = Object.entries(environment);

class Printer {
  readonly definitions: string[] = [];
  private readonly equations: Equations;
  private readonly uses = new Map<Node, number>();
  private readonly names = new Map<Node, string>();

  constructor(equations: Equations) {
    this.equations = equations;
    const seen = new Set<Node>();
    const visit = (node: Node): void => {
      this.uses.set(node, (this.uses.get(node) ?? 0) + 1);
      if (seen.has(node)) return;
      seen.add(node);
      node.args.forEach(visit);
    };
    printedRoots(equations).forEach(visit);
  }

  /** An expression, in which what is shared stands by name. */
  text(node: Node): string {
    if (node.args.length === 0) return this.leaf(node);
    const known = this.names.get(node);
    if (known !== undefined) return known;
    const formula = this.formula(node);
    if ((this.uses.get(node) ?? 0) < 2 || node.op === 'neg') return formula;
    const name = `t${String(this.names.size + 1)}`;
    this.names.set(node, name);
    this.definitions.push(`${name} = ${formula}`);
    return name;
  }

  private formula(node: Node): string {
    const parts = node.args.map((arg) => this.part(arg));
    const [a, b, c] = parts;
    if (node.op === 'select') return `${a} ? ${b} : ${c}`;
    if (node.op === 'neg') return `-${a}`;
    if (node.op === 'not') return `!${a}`;
    const operator = infix[node.op as keyof typeof infix];
    if (operator) return `${a} ${operator} ${b}`;
    return `${node.op}(${node.args.map((arg) => this.text(arg)).join(', ')})`;
  }

  /** An operand: in parentheses where it is more than a name, a number or a call. */
  part(node: Node): string {
    const text = this.text(node);
    return /^-?[\w.[\]#'()]+$|^\w+\(.*\)$/.test(text) ? text : `(${text})`;
  }

  private leaf(node: Node): string {
    const payload = String(node.payload);
    switch (node.op) {
      case 'constant':
        return payload;
      case 'true':
      case 'false':
        return node.op;
      case 'environment':
        return environmentNames.find(([, position]) => position === node.payload)![0];
      case 'probe': {
        const [a, b] = payload.split(',').map(Number);
        const name = (i: number): string => this.equations.unknowns[i].name;
        return b < 0 ? `V(${name(a)})` : `V(${name(a)},${name(b)})`;
      }
      case 'limited':
      case 'previous':
      case 'stateHold':
      case 'held':
      case 'draw':
      case 'redraw':
      case 'borrowed':
      case 'delayed':
      case 'delayWeight':
      case 'input':
        return `${node.op}(${payload})`;
      default:
        return payload;
    }
  }
}

/**
 * Plans as text: what `emit-wasm.ts` needs of them, without the equations that they come from. What
 * set-up kernels derive appears as a leaf with its slot.
 */
import { isSetUp, type Node, type Op } from './ir.js';
import { isDerived, type Step } from './kernel-plan.js';
import type { KernelLayout } from './layout.js';
import { dependence, Dependence } from './partition.js';
import type { Statement } from './schedule.js';

interface PlanText {
  readonly ops: readonly Op[];
  readonly payloads: readonly (string | number)[];
  /** For each node: op, 2·(number of arguments) + (1 if boolean), arguments or payload. */
  readonly nodes: readonly number[];
  readonly steps: readonly CodedStep[];
}

/** Nodes by their number: [node], or [condition, selects, when true, when false]. */
type CodedStatement =
  | readonly [number]
  | readonly [number, readonly number[], readonly CodedStatement[], readonly CodedStatement[]];

type CodedStep =
  | readonly ['statement', CodedStatement]
  | readonly ['limit', string, number, number, number]
  /** Kind, array (or nothing), row, index, charge or slot, value. */
  | readonly [Exclude<Step['kind'], 'statement' | 'limit'>, string, number, number];

/** @param layout tells the slots of what set-up kernels derive */
export function encodePlan(steps: readonly Step[], layout: KernelLayout): string {
  const encoder = new Encoder(layout);
  const coded = steps.map((step) => encoder.step(step));
  const text: PlanText = { ...encoder.table(), steps: coded };
  return JSON.stringify(text);
}

class Encoder {
  readonly #layout: KernelLayout;
  readonly #ops = new Map<Op, number>();
  readonly #payloads = new Map<string | number, number>();
  readonly #numbers = new Map<Node, number>();
  readonly #nodes: number[] = [];

  constructor(layout: KernelLayout) {
    this.#layout = layout;
  }

  table(): Omit<PlanText, 'steps'> {
    const payloads = [...this.#payloads.keys()].map(codeNumber);
    return { ops: [...this.#ops.keys()], payloads, nodes: this.#nodes };
  }

  step(step: Step): CodedStep {
    switch (step.kind) {
      case 'statement':
        return ['statement', this.#statement(step.statement)];
      case 'limit': {
        const { name, leaf, value, limited } = step.limit;
        return ['limit', name, this.#node(leaf), this.#node(value), this.#node(limited)];
      }
      case 'row':
        return ['row', step.array, step.row, this.#node(step.value)];
      case 'scale':
        return ['scale', '', step.row, this.#node(step.value)];
      case 'entry':
        return ['entry', step.array, step.index, this.#node(step.value)];
      case 'slot':
        return ['slot', '', step.slot, this.#node(step.value)];
      case 'keep':
        return ['keep', '', step.ordinal, this.#node(step.value)];
      default:
        return [step.kind, '', step.charge, this.#node(step.value)];
    }
  }

  #statement(statement: Statement): CodedStatement {
    if (statement.kind === 'compute') return [this.#node(statement.node)];
    const { condition, selects, whenTrue, whenFalse } = statement;
    return [
      this.#node(condition),
      selects.map((node) => this.#node(node)),
      whenTrue.map((each) => this.#statement(each)),
      whenFalse.map((each) => this.#statement(each)),
    ];
  }

  #node(node: Node): number {
    const known = this.#numbers.get(node);
    if (known !== undefined) return known;
    const { args } = node;
    const derived = args.length > 0 && isDerived(node);
    const numbers = derived ? [] : args.map((arg) => this.#node(arg));
    const head = 2 * numbers.length + (node.type === 'boolean' ? 1 : 0);
    if (derived) this.#nodes.push(this.#op(setUpOp(node)), head, this.#payload(this.#slot(node)));
    else if (args.length === 0)
      this.#nodes.push(this.#op(node.op), head, this.#payload(node.payload));
    else this.#nodes.push(this.#op(node.op), head, ...numbers);
    const number = this.#numbers.size;
    this.#numbers.set(node, number);
    return number;
  }

  #slot(node: Node): number {
    if (isSetUp(node)) return node.payload as number;
    return this.#layout.derivedNumber(node);
  }

  #op(op: Op): number {
    return numberIn(this.#ops, op);
  }

  #payload(payload: string | number): number {
    // A map takes −0 for 0.
    return numberIn(this.#payloads, Object.is(payload, -0) ? '#-0' : payload);
  }
}

function setUpOp(node: Node): Op {
  return dependence(node) === Dependence.model ? 'derivedOfCard' : 'derivedOfInstance';
}

function numberIn<T>(table: Map<T, number>, key: T): number {
  let number = table.get(key);
  if (number === undefined) table.set(key, (number = table.size));
  return number;
}

/** JSON has no words for these; no payload begins so otherwise. */
function codeNumber(value: string | number): string | number {
  return typeof value === 'number' && !Number.isFinite(value) ? `#${value}` : value;
}

function numberOf(payload: string | number): string | number {
  return typeof payload === 'string' && payload.startsWith('#')
    ? Number(payload.slice(1))
    : payload;
}

/** The plan that `encodePlan` wrote. */
export function decodePlan(text: string): readonly Step[] {
  const { ops, payloads, nodes: coded, steps } = JSON.parse(text) as PlanText;
  const nodes = decodeNodes(ops, payloads.map(numberOf), coded);
  const statement = (each: CodedStatement): Statement =>
    each.length === 1
      ? { kind: 'compute', node: nodes[each[0]] }
      : {
          kind: 'if',
          condition: nodes[each[0]],
          selects: each[1].map((number) => nodes[number]),
          whenTrue: each[2].map(statement),
          whenFalse: each[3].map(statement),
        };
  return steps.map((step): Step => {
    if (step[0] === 'statement') return { kind: 'statement', statement: statement(step[1]) };
    if (step[0] === 'limit') {
      const [, name, leaf, value, limited] = step;
      const limit = { name, leaf: nodes[leaf], value: nodes[value], limited: nodes[limited] };
      return { kind: 'limit', limit };
    }
    const [kind, array, place, number] = step;
    const value = nodes[number];
    switch (kind) {
      case 'row':
        return { kind, array: array as 'f' | 'q', row: place, value };
      case 'scale':
        return { kind, row: place, value };
      case 'entry':
        return { kind, array: array as 'jf' | 'jq', index: place, value };
      case 'slot':
        return { kind, slot: place, value };
      case 'keep':
        return { kind, ordinal: place, value };
      default:
        return { kind, charge: place, value };
    }
  });
}

function decodeNodes(
  ops: readonly Op[],
  payloads: readonly (string | number)[],
  coded: readonly number[],
): Node[] {
  const nodes: Node[] = [];
  for (let at = 0; at < coded.length;) {
    const op = ops[coded[at]];
    const head = coded[at + 1];
    const count = head >> 1;
    const type = (head & 1) === 1 ? 'boolean' : 'number';
    const args: Node[] = [];
    for (let k = 0; k < count; k++) args.push(nodes[coded[at + 2 + k]]);
    const payload = count === 0 ? payloads[coded[at + 2]] : '';
    nodes.push({ id: nodes.length, op, args, payload, type });
    at += 2 + Math.max(count, 1);
  }
  return nodes;
}

/**
 * The intermediate form: a graph of pure operations, each equal expression present once.
 *
 * There is no control flow: an `if` becomes `select`. Leaves name what a kernel loads (parameters,
 * probes, unknowns …). Construction simplifies (see `simplify.ts`), so that a graph is always in
 * its simplest known form.
 */
export type LeafOp =
  /** payload: name of a parameter of the model card, or of the instance. */
  | 'modelParameter'
  | 'instanceParameter'
  /** payload: position in the environment. */
  | 'environment'
  | 'input'
  | 'stateHold'
  | 'held'
  | 'draw'
  /** A draw that an event's handler asks for: another number at each event; payload: its name. */
  | 'redraw'
  /** What another instance has; payload: `reference.quantity`. */
  | 'borrowed'
  /** What a delayed value was a while ago; payload: the name of its unknown. */
  | 'delayed'
  /** With what a filtered value counts that is there now; payload: the name of its unknown. */
  | 'delayWeight'
  | 'previous'
  /** Voltage between two local nodes; payload `a,b` with a < b, or `a,-1` against ground. */
  | 'probe'
  /** A branch current, state, derivative, integral, delay or reference; payload: its name. */
  | 'unknown'
  /** A limited value: an independent variable; payload: its name. */
  | 'limited'
  /** A time derivative before it is resolved; payload: its ordinal. */
  | 'ddt'
  /** What the integration formula adds to a0·charge; payload: the charge's ordinal. */
  | 'chargeHistory'
  /** The derivative of a charge at the accepted point; payload: the charge's ordinal. */
  | 'chargeRate'
  /** A charge as it was last written; payload: its ordinal. */
  | 'charge'
  /** A slope that was kept for `finishCharges`; payload: its name. */
  | 'gradient'
  /** How far a probe or unknown went in Newton's last update; payload: that of a probe, or a name. */
  | 'probeMove'
  | 'unknownMove'
  /** What the last full evaluation kept (`carry.ts`); payload: its ordinal. */
  | 'kept'
  /** How far an unknown has gone since then; payload: its local number. */
  | 'keptMove'
  /** What set-up derives, where its equations are not at hand; payload: the slot. */
  | 'derivedOfCard'
  | 'derivedOfInstance';

export type UnaryOp =
  | 'neg'
  | 'not'
  | 'abs'
  | 'sign'
  | 'exp'
  | 'expm1'
  | 'log'
  | 'log1p'
  | 'log10'
  | 'sqrt'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'sinh'
  | 'cosh'
  | 'tanh'
  | 'asinh'
  | 'acosh'
  | 'atanh'
  | 'floor'
  | 'ceil'
  | 'round'
  | 'trunc';

export type BinaryOp =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'mod'
  | 'pow'
  | 'min'
  | 'max'
  | 'atan2'
  | 'lt'
  | 'le'
  | 'gt'
  | 'ge'
  | 'eq'
  | 'ne'
  | 'and'
  | 'or';

export type Op = 'constant' | 'true' | 'false' | LeafOp | UnaryOp | BinaryOp | 'select';

export interface Node {
  /** Ordinal of creation: arguments have smaller ids than what uses them. */
  readonly id: number;
  readonly op: Op;
  readonly args: readonly Node[];
  readonly payload: string | number;
  readonly type: 'number' | 'boolean';
}

const booleans = new Set<Op>([
  'true',
  'false',
  'not',
  'lt',
  'le',
  'gt',
  'ge',
  'eq',
  'ne',
  'and',
  'or',
]);

/** Creates nodes and keeps them unique. */
export class Graph {
  private readonly nodes = new Map<string, Node>();
  readonly zero: Node;
  readonly one: Node;
  readonly yes: Node;
  readonly no: Node;
  /** Nodes at which derivatives take the chain rule in one step; see `Language.intermediate`. */
  readonly intermediates = new Set<Node>();

  constructor() {
    this.zero = this.intern('constant', [], 0);
    this.one = this.intern('constant', [], 1);
    this.yes = this.intern('true', [], '');
    this.no = this.intern('false', [], '');
  }

  constant(value: number): Node {
    return this.intern('constant', [], value);
  }

  leaf(op: LeafOp, payload: string | number): Node {
    return this.intern(op, [], payload);
  }

  /** The node of exactly this form; callers outside `simplify.ts` use its builders. */
  intern(op: Op, args: readonly Node[], payload: string | number = ''): Node {
    const text = Object.is(payload, -0) ? '-0' : String(payload);
    let key: string = op;
    for (const arg of args) key += ` ${String(arg.id)}`;
    key += `:${text}`;
    const known = this.nodes.get(key);
    if (known) return known;
    const type = booleans.has(op) || (op === 'select' && args[1].type === 'boolean');
    const node: Node = {
      id: this.nodes.size,
      op,
      args,
      payload,
      type: type ? 'boolean' : 'number',
    };
    this.nodes.set(key, node);
    return node;
  }
}

export function isConstant(node: Node): boolean {
  return node.op === 'constant';
}

/** Whether a node stands for what set-up kernels derive, without how. */
export function isSetUp(node: Node): boolean {
  return node.op === 'derivedOfCard' || node.op === 'derivedOfInstance';
}

/** The value of a constant node. */
export function valueOf(node: Node): number {
  return node.payload as number;
}

/** All nodes that these reach, arguments before users. */
export function reachable(roots: Iterable<Node>): Node[] {
  const seen = new Set<Node>();
  const stack = [...roots];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (seen.has(node)) continue;
    seen.add(node);
    stack.push(...node.args);
  }
  return [...seen].sort((a, b) => a.id - b.id);
}

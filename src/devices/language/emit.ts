import type { Limit } from './analog-program.js';
import type { Equations } from './assemble.js';
import type { Kernels } from './compiled.js';
import type { Node } from './ir.js';
import type { KernelPlans, Step } from './kernel-plan.js';
import { infix } from './operations.js';
import { Dependence, dependence, type Partition } from './partition.js';
import { schedule, type Statement } from './schedule.js';
import type { Layout } from './layout.js';

export type KernelName = keyof Kernels;

/** The kernels that a model has. */
export function kernelNames(equations: Equations): KernelName[] {
  const names: KernelName[] = ['setupModel', 'setupInstance', 'evaluateStatic', 'evaluate'];
  names.push('evaluateTransient', 'finishCharges', 'evaluateCharges');
  if (equations.events.length > 0) names.push('evaluateEvents', 'fire');
  if (equations.outputs.length > 0) names.push('evaluateOutputs');
  if (equations.noise.length > 0) names.push('evaluateNoise');
  return names;
}

/** Writes one kernel as the text of a JavaScript method. */
export function emitKernel(
  name: KernelName,
  equations: Equations,
  parts: Partition,
  plans: KernelPlans,
): string {
  const { layout } = plans;
  switch (name) {
    case 'setupModel':
      return setupModel(parts, layout);
    case 'setupInstance':
      return setupInstance(equations, parts, layout);
    case 'evaluateStatic':
    case 'evaluate':
    case 'evaluateTransient':
    case 'evaluateCharges':
    case 'finishCharges':
      return evaluation(name, plans.get(name), layout);
    case 'evaluateEvents':
      return eventValues(equations, layout);
    case 'fire':
      return eventHandlers(equations, layout);
    case 'evaluateOutputs':
      return outputKernel(equations, layout);
    case 'evaluateNoise':
      return noiseKernel(equations, layout);
  }
}

const chargeArrays = {
  charge: 'Q',
  chargeHistory: 'H',
  chargeRate: 'R',
  chargeSlope: 'S',
} as const;

// --- kernels ---

function setupModel(parts: Partition, layout: Layout): string {
  const writer = new KernelWriter(layout, Dependence.model);
  writer.computeAll(parts.model);
  for (const node of parts.model)
    writer.line(`${layout.modelDerived(node)} = ${stored(writer, node)};`);
  return writer.kernel('setupModel(M)', 'let i = 0; i < nc; i++', 'card');
}

function setupInstance(equations: Equations, parts: Partition, layout: Layout): string {
  const writer = new KernelWriter(layout, Dependence.instance);
  writer.computeAll(parts.instance);
  for (const node of parts.instance) {
    writer.line(`${layout.instanceDerived(node)} = ${stored(writer, node)};`);
  }
  for (const { name, time, start, response } of equations.delays) {
    writer.computeAll([time, start, ...(response ? [response.second] : [])]);
    writer.line(`${layout.slot('delayTime', name)} = ${writer.name(time)};`);
    writer.line(`${layout.slot('delayStart', name)} = ${writer.name(start)};`);
    if (!response) continue;
    writer.line(`${layout.slot('responseSecond', name)} = ${writer.name(response.second)};`);
  }
  equations.demands.forEach(({ value }, k) => {
    writer.computeAll([value]);
    writer.line(`${layout.slot('demand', String(k))} = ${writer.name(value)};`);
  });
  return writer.kernel('setupInstance(M)', 'let i = 0; i < n; i++', 'instance');
}

function evaluation(name: KernelName, steps: readonly Step[], layout: Layout): string {
  const writer = new KernelWriter(layout, Dependence.bias);
  for (const step of steps) writer.step(step);
  const head = `${name}(M, first, last)`;
  return writer.kernel(head, 'let i = first; i < last; i++', 'instance', true);
}

function eventValues(equations: Equations, layout: Layout): string {
  const writer = new KernelWriter(layout, Dependence.bias);
  writer.computeAll(equations.events.map((e) => e.value));
  equations.events.forEach((e, k) => {
    writer.line(`${layout.slot('event', String(k))} = ${writer.name(e.value)};`);
  });
  return writer.kernel('evaluateEvents(M)', 'let i = 0; i < n; i++', 'instance');
}

function eventHandlers(equations: Equations, layout: Layout): string {
  const cases = equations.events.map((e, k) => {
    const writer = new KernelWriter(layout, Dependence.bias);
    writer.computeAll([...e.sets.values()]);
    for (const [name, node] of e.sets) {
      const slot = layout.slot('held', name);
      writer.line(`if (${slot} !== ${writer.name(node)}) { changed = true; }`);
    }
    for (const [name, node] of e.sets) {
      writer.line(`${layout.slot('held', name)} = ${writer.name(node)};`);
    }
    return `if (event === ${String(k)}) {\n${writer.body('instance')}\n}`;
  });
  return `fire(M, event, i) {\n${layout.prologue}\nlet changed = false;\n${cases.join('\n')}\nreturn changed;\n}`;
}

function outputKernel(equations: Equations, layout: Layout): string {
  const writer = new KernelWriter(layout, Dependence.bias);
  writer.computeAll(equations.outputs.map((o) => o.value));
  for (const output of equations.outputs) {
    writer.line(`${layout.slot('output', output.name)} = ${writer.name(output.value)};`);
  }
  return writer.kernel('evaluateOutputs(M)', 'let i = 0; i < n; i++', 'instance');
}

function noiseKernel(equations: Equations, layout: Layout): string {
  const writer = new KernelWriter(layout, Dependence.bias);
  writer.computeAll(equations.noise.flatMap((n) => [n.density, n.exponent]));
  equations.noise.forEach((n, k) => {
    writer.line(`${layout.slot('noise', `density ${String(k)}`)} = ${writer.name(n.density)};`);
    if (n.kind !== 'white') {
      writer.line(`${layout.slot('noise', `exponent ${String(k)}`)} = ${writer.name(n.exponent)};`);
    }
  });
  return writer.kernel('evaluateNoise(M)', 'let i = 0; i < n; i++', 'instance');
}

function stored(writer: KernelWriter, node: Node): string {
  return node.type === 'boolean' ? `${writer.name(node)} ? 1 : 0` : writer.name(node);
}

// --- one kernel ---

class KernelWriter {
  private readonly layout: Layout;
  /** Dependence of what this kernel computes; what depends on less is loaded. */
  private readonly level: Dependence;
  private readonly loads = new Map<Node, string>();
  private readonly unknowns = new Set<number>();
  private readonly lines: string[] = [];
  private readonly defined = new Set<Node>();
  /** The same in order, so that an arm can forget what it defined. */
  private readonly definitions: Node[] = [];
  /** Where a value is declared: its line, and the values that are declared there. */
  private readonly declarations = new Map<Node, { line: number; nodes: readonly Node[] }>();
  /** Values that one arm makes and a later one uses: declared before all others. */
  private readonly shared = new Set<Node>();
  private usesScale = false;

  constructor(layout: Layout, level: Dependence) {
    this.layout = layout;
    this.level = level;
  }

  line(text: string): void {
    this.lines.push(text);
  }

  computeAll(roots: readonly Node[]): void {
    const statements = schedule(roots, (node) => this.isLoaded(node));
    this.statements(statements);
  }

  step(step: Step): void {
    const { layout } = this;
    switch (step.kind) {
      case 'statement':
        this.statements([step.statement]);
        return;
      case 'limit':
        this.defineLimit(step.limit);
        return;
      case 'row':
        this.line(`${step.array}[${this.unknown(step.row)}] += ${this.name(step.value)};`);
        return;
      case 'scale':
        this.scale(step.row, step.value);
        return;
      case 'entry':
        this.line(`${step.array}[${layout.entryIndex(step.index)}] += ${this.name(step.value)};`);
        return;
      case 'charge':
      case 'chargeRate':
      case 'chargeSlope':
        this.line(
          `${layout.charge(chargeArrays[step.kind], step.charge)} = ${this.name(step.value)};`,
        );
        return;
      case 'slot':
        this.line(`${layout.instanceSlot(step.slot)} = ${this.name(step.value)};`);
        return;
      case 'keep':
        throw new Error('only kernels in WebAssembly carry instances along');
    }
  }

  private defineLimit({ leaf, limited, value, name }: Limit): void {
    const { layout } = this;
    this.line(`const ${label(leaf)} = ${this.name(limited)};`);
    const [v, l] = [this.name(value), label(leaf)];
    this.line(`${layout.slot('limit', name)} = ${l};`);
    this.line(
      `if (!(Math.abs(${v} - ${l}) <= ${layout.vntol} + ${layout.reltol} * Math.max(Math.abs(${v}), Math.abs(${l})))) veto++;`,
    );
    this.define(leaf);
  }

  private scale(row: number, node: Node): void {
    this.usesScale = true;
    const u = this.unknown(row);
    this.line(`a = Math.abs(${this.name(node)}); if (a > w[${u}]) w[${u}] = a;`);
  }

  /** The variable that holds a local unknown's global number. */
  unknown(local: number): string {
    this.unknowns.add(local);
    return `u${String(local)}`;
  }

  /** What an expression calls a node. */
  name(node: Node): string {
    if (node.op === 'constant') return literal(node.payload as number);
    if (node.op === 'true' || node.op === 'false') return node.op;
    if (!this.defined.has(node)) {
      if (this.isLoaded(node)) this.load(node);
      else this.share(node);
    }
    return label(node);
  }

  /** Declares what was computed in another arm where both see it. */
  private share(node: Node): void {
    const declared = this.declarations.get(node);
    if (!declared || this.shared.has(node)) return;
    this.shared.add(node);
    const { line, nodes } = declared;
    const text = this.lines[line];
    const rest = nodes.filter((each) => !this.shared.has(each));
    if (text.startsWith('const ')) this.lines[line] = text.slice('const '.length);
    else this.lines[line] = rest.length > 0 ? `let ${rest.map(label).join(', ')};` : '';
  }

  private declare(nodes: readonly Node[]): void {
    for (const node of nodes) this.declarations.set(node, { line: this.lines.length, nodes });
  }

  private isLoaded(node: Node): boolean {
    if (this.defined.has(node)) return true;
    if (node.args.length === 0) return true;
    return dependence(node) < this.level;
  }

  private load(node: Node): void {
    if (this.loads.has(node)) return;
    this.loads.set(node, ''); // loads may need other loads (unknown numbers)
    this.loads.set(node, this.loadText(node));
  }

  private loadText(node: Node): string {
    const { layout } = this;
    const own = dependence(node);
    if (node.args.length > 0) {
      const slot =
        own === Dependence.model ? layout.modelDerived(node) : layout.instanceDerived(node);
      return node.type === 'boolean' ? `${slot} !== 0` : slot;
    }
    switch (node.op) {
      case 'modelParameter':
        return layout.modelParameter(String(node.payload));
      case 'instanceParameter':
        return layout.slot('parameter', String(node.payload));
      case 'environment':
        return `E[${String(node.payload)}]`;
      case 'input':
      case 'stateHold':
      case 'held':
      case 'draw':
      case 'redraw':
      case 'borrowed':
      case 'delayed':
      case 'delayWeight':
        return layout.slot(node.op, String(node.payload));
      case 'charge':
      case 'chargeHistory':
      case 'chargeRate':
        return layout.charge(chargeArrays[node.op], Number(node.payload));
      case 'gradient':
        return layout.slot('gradient', String(node.payload));
      case 'previous':
        return layout.slot('limit', String(node.payload));
      case 'unknown':
      case 'unknownMove': {
        const array = node.op === 'unknown' ? 'x' : 'd';
        return `${array}[${this.unknown(layout.unknownNumber(String(node.payload)))}]`;
      }
      case 'probe':
      case 'probeMove': {
        const array = node.op === 'probe' ? 'x' : 'd';
        const [a, b] = String(node.payload).split(',').map(Number);
        const first = `${array}[${this.unknown(a)}]`;
        return b < 0 ? first : `${first} - ${array}[${this.unknown(b)}]`;
      }
      default:
        throw new Error(`a kernel cannot load '${node.op}'`);
    }
  }

  private statements(list: readonly Statement[]): void {
    for (const statement of list) {
      if (statement.kind === 'compute') {
        const formula = this.formula(statement.node);
        this.declare([statement.node]);
        this.line(`const ${label(statement.node)} = ${formula};`);
        this.define(statement.node);
        continue;
      }
      const { condition, selects, whenTrue, whenFalse } = statement;
      this.declare(selects);
      this.line(`let ${selects.map(label).join(', ')};`);
      this.line(`if (${this.name(condition)}) {`);
      this.arm(whenTrue, selects, 1);
      this.line('} else {');
      this.arm(whenFalse, selects, 2);
      this.line('}');
      for (const node of selects) this.define(node);
    }
  }

  private define(node: Node): void {
    this.defined.add(node);
    this.definitions.push(node);
  }

  private arm(list: readonly Statement[], selects: readonly Node[], position: 1 | 2): void {
    const outside = this.definitions.length;
    this.statements(list);
    for (const node of selects) this.line(`${label(node)} = ${this.name(node.args[position])};`);
    // Names defined inside the arm are not visible behind it.
    while (this.definitions.length > outside) this.defined.delete(this.definitions.pop()!);
  }

  private formula(node: Node): string {
    const names = node.args.map((arg) => this.name(arg));
    const [a, b, c] = names;
    if (node.op === 'select') return `${a} ? ${b} : ${c}`;
    if (node.op === 'neg') return `-${a.startsWith('-') ? `(${a})` : a}`;
    if (node.op === 'not') return `!${a}`;
    const operator = infix[node.op as keyof typeof infix];
    if (operator) return `${a} ${operator} ${b.startsWith('-') ? `(${b})` : b}`;
    return `Math.${node.op}(${names.join(', ')})`;
  }

  body(over: 'instance' | 'card'): string {
    const { layout } = this;
    const lines: string[] = [];
    if (over === 'instance') lines.push(`const c = K[${layout.cardIndex}];`);
    else lines.push('const c = i;');
    for (const u of [...this.unknowns].sort((a, b) => a - b)) {
      lines.push(`const u${String(u)} = K[${layout.unknownIndex(u)}];`);
    }
    for (const [node, text] of this.loads) lines.push(`const ${label(node)} = ${text};`);
    if (this.shared.size > 0) lines.push(`let ${[...this.shared].map(label).join(', ')};`);
    return [...lines, ...this.lines.filter((line) => line !== '')].join('\n');
  }

  kernel(head: string, loop: string, over: 'instance' | 'card', returnsVeto = false): string {
    const declarations = [
      ...(returnsVeto ? ['let veto = 0;'] : []),
      ...(this.usesScale ? ['let a = 0;'] : []),
    ];
    return [
      `${head} {`,
      this.layout.prologue,
      ...declarations,
      `for (${loop}) {`,
      this.body(over),
      '}',
      ...(returnsVeto ? ['return veto;'] : []),
      '}',
    ].join('\n');
  }
}

function label(node: Node): string {
  return `t${String(node.id)}`;
}

function literal(value: number): string {
  if (Object.is(value, -0)) return '-0';
  return String(value);
}

import type { Node } from './ir.js';

/**
 * An order in which to compute nodes, with what only one arm of a choice needs placed inside that
 * arm: a region of the bias that is not taken costs nothing. Choices by one condition that depend on
 * each other are made one after the other; what an arm has computed stands for the later ones, too.
 */
export type Statement =
  | { readonly kind: 'compute'; readonly node: Node }
  | {
      readonly kind: 'if';
      readonly condition: Node;
      /** The selects that this decides, all by the same condition. */
      readonly selects: readonly Node[];
      readonly whenTrue: readonly Statement[];
      readonly whenFalse: readonly Statement[];
    };

/** Under which arms of which choices a node is needed; undefined: always. */
interface Context {
  readonly parent: Context | undefined;
  readonly condition: Node;
  readonly arm: boolean;
  readonly depth: number;
}

/** Statements that are carried out one after the other, all under one context. */
interface Block {
  readonly statements: Statement[];
  readonly context: Context | undefined;
}

/**
 * @param roots what must be available at the end
 * @param isLoaded nodes that need no computation
 */
export function schedule(
  roots: readonly Node[],
  isLoaded: (node: Node) => boolean,
): readonly Statement[] {
  return new Scheduler(roots, isLoaded).run();
}

class Scheduler {
  private readonly roots: readonly Node[];
  private readonly isLoaded: (node: Node) => boolean;
  private readonly contexts = new Map<Node, Context | undefined>();
  private readonly children = new Map<Context | undefined, Map<string, Context>>();
  /** Selects by condition. */
  private readonly choices = new Map<Node, Node[]>();
  private readonly outside = new Map<Node, readonly Node[]>();
  /** Nodes that have been computed, by the context of the block that did. */
  private readonly available = new Map<Context | undefined, Set<Node>>();

  constructor(roots: readonly Node[], isLoaded: (node: Node) => boolean) {
    this.roots = roots;
    this.isLoaded = isLoaded;
  }

  run(): readonly Statement[] {
    this.findContexts();
    const top: Block = { statements: [], context: undefined };
    for (const root of this.roots) this.emit(root, top);
    return top.statements;
  }

  // --- where nodes are needed ---

  private findContexts(): void {
    const nodes = this.computed();
    const needed = new Set(this.roots);
    for (const root of this.roots) this.contexts.set(root, undefined);
    const use = (node: Node, context: Context | undefined): void => {
      if (this.isLoaded(node)) return;
      const before = this.contexts.get(node);
      this.contexts.set(node, needed.has(node) ? common(before, context) : context);
      needed.add(node);
    };
    // Users have larger ids than what they use: all uses are known when a node's turn comes.
    for (const node of nodes.reverse()) {
      const context = this.contexts.get(node);
      if (node.op === 'select') {
        const [condition, whenTrue, whenFalse] = node.args;
        use(condition, context);
        use(whenTrue, this.child(context, condition, true));
        use(whenFalse, this.child(context, condition, false));
        const list = this.choices.get(condition);
        if (list) list.push(node);
        else this.choices.set(condition, [node]);
      } else for (const arg of node.args) use(arg, context);
    }
    for (const list of this.choices.values()) list.reverse();
  }

  /** Nodes to compute, by id. */
  private computed(): Node[] {
    const seen = new Set<Node>();
    const stack = this.roots.filter((root) => !this.isLoaded(root));
    while (stack.length > 0) {
      const node = stack.pop()!;
      if (seen.has(node)) continue;
      seen.add(node);
      for (const arg of node.args) if (!this.isLoaded(arg)) stack.push(arg);
    }
    return [...seen].sort((a, b) => a.id - b.id);
  }

  private child(parent: Context | undefined, condition: Node, arm: boolean): Context {
    const table = this.children.get(parent) ?? new Map<string, Context>();
    this.children.set(parent, table);
    const key = `${String(condition.id)}${arm ? '+' : '-'}`;
    let context = table.get(key);
    if (!context) {
      context = { parent, condition, arm, depth: (parent?.depth ?? 0) + 1 };
      table.set(key, context);
    }
    return context;
  }

  // --- order ---

  private emit(node: Node, block: Block): void {
    if (this.has(node, block)) return;
    if (node.op === 'select') {
      this.emitChoice(node, block);
      return;
    }
    for (const arg of node.args) this.emit(arg, block);
    block.statements.push({ kind: 'compute', node });
    this.add(node, block);
  }

  private add(node: Node, { context }: Block): void {
    const nodes = this.available.get(context);
    if (nodes) nodes.add(node);
    else this.available.set(context, new Set([node]));
  }

  /** Whether a node is computed by now whenever the block is carried out. */
  private has(node: Node, block: Block): boolean {
    if (this.isLoaded(node)) return true;
    for (let context = block.context; context; context = context.parent)
      if (this.available.get(context)?.has(node)) return true;
    return this.available.get(undefined)?.has(node) ?? false;
  }

  private emitChoice(node: Node, block: Block): void {
    const [condition, whenTrue, whenFalse] = node.args;
    this.emit(condition, block);
    for (const outer of this.externals(node)) this.emit(outer, block);
    if (this.has(node, block)) return;
    const group = this.together(node, block);
    const simple = (n: Node): boolean => this.has(n, block);
    if (group.length === 1 && simple(whenTrue) && simple(whenFalse)) {
      block.statements.push({ kind: 'compute', node });
      this.add(node, block);
      return;
    }
    const arm = (position: 1 | 2): Statement[] => {
      const context = this.child(block.context, condition, position === 1);
      const inner: Block = { statements: [], context };
      for (const choice of group) this.emit(choice.args[position], inner);
      return inner.statements;
    };
    const statement: Statement = {
      kind: 'if',
      condition,
      selects: group,
      whenTrue: arm(1),
      whenFalse: arm(2),
    };
    block.statements.push(statement);
    for (const choice of group) this.add(choice, block);
  }

  /** Choices by the same condition, in the same place, that can be decided here and now. */
  private together(node: Node, block: Block): Node[] {
    const context = this.contexts.get(node);
    return this.choices
      .get(node.args[0])!
      .filter(
        (other) =>
          other === node ||
          (this.contexts.get(other) === context &&
            !this.has(other, block) &&
            this.externals(other).every((outer) => this.has(outer, block))),
      );
  }

  /** What the arms of a choice use from outside of it. */
  private externals(choice: Node): readonly Node[] {
    const known = this.outside.get(choice);
    if (known) return known;
    const level = (this.contexts.get(choice)?.depth ?? 0) + 1;
    const outer: Node[] = [];
    const seen = new Set<Node>();
    const visit = (node: Node): void => {
      if (seen.has(node) || this.isLoaded(node)) return;
      seen.add(node);
      if ((this.contexts.get(node)?.depth ?? 0) < level) outer.push(node);
      else node.args.forEach(visit);
    };
    visit(choice.args[1]);
    visit(choice.args[2]);
    outer.sort((a, b) => a.id - b.id);
    this.outside.set(choice, outer);
    return outer;
  }
}

/** The deepest context that contains both. */
function common(a: Context | undefined, b: Context | undefined): Context | undefined {
  let [x, y] = [a, b];
  while (x !== y) {
    if ((x?.depth ?? 0) >= (y?.depth ?? 0)) x = x?.parent;
    else y = y?.parent;
  }
  return x;
}

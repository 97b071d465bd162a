import { DiagnosticError } from '../../../base/index.js';
import { isConstant, valueOf, type Graph, type Node } from '../ir.js';
import { mathFunctions } from '../operations.js';
import { ModelFault, type ProgramBuilder } from '../program-builder.js';
import { problemAt, unwrapNamed, type AnyNode, type FunctionSource } from '../read.js';
import { binary, select, unary } from '../simplify.js';
import {
  describe,
  findCell,
  isNode,
  newScope,
  nothing,
  type Cell,
  type Scope,
  type Value,
} from './values.js';

/** What a function's statements came to. */
interface Completion {
  readonly value: Value;
}

/** Runs what stands behind, to the end of the function. */
type Continuation = () => Completion;

type ForOf = Extract<AnyNode, { type: 'ForOfStatement' }>;

const end: Continuation = () => ({ value: nothing });
const mostIterations = 10_000;
const deepestCall = 100;

/**
 * Executes a model's body on nodes instead of numbers.
 *
 * Where a condition is settled by the structure, one arm runs. Where it depends on the bias, both
 * arms run, each under its condition (`builder.path`), and variables meet again in a `select`. A
 * `return` in one of them makes the rest of the function run once for either arm.
 */
export class Executor {
  private readonly builder: ProgramBuilder;
  private readonly graph: Graph;
  private store = new Map<Cell, Value>();
  private depth = 0;

  constructor(builder: ProgramBuilder) {
    this.builder = builder;
    this.graph = builder.graph;
  }

  declare(scope: Scope, name: string, value: Value, constant = true): void {
    const cell: Cell = { name, constant };
    scope.cells.set(name, cell);
    this.store.set(cell, value);
  }

  /** Runs the body of a function whose parameters are bound already. */
  runBody(text: FunctionSource, scope: Scope): Value {
    const { body } = text.node;
    if (body.type !== 'BlockStatement') return this.evaluate(body, scope);
    return this.statements(body.body, 0, newScope(text, scope)).value;
  }

  call(callee: Value, args: readonly Value[], at: AnyNode): Value {
    if (isNode(callee) || (callee.kind !== 'function' && callee.kind !== 'builtin')) {
      throw new ModelFault('M140', `${describe(callee)} cannot be called`);
    }
    if (callee.kind === 'builtin') return callee.call(args, at);
    if (this.depth >= deepestCall) {
      throw new ModelFault(
        'M141',
        'functions call each other too deeply',
        'recursion is not available',
      );
    }
    this.depth += 1;
    const scope = newScope(callee.text, callee.scope);
    callee.node.params.forEach((parameter, i) => {
      this.bind(parameter, args[i] ?? nothing, scope, false);
    });
    const { body } = callee.node;
    const result =
      body.type === 'BlockStatement'
        ? this.statements(body.body, 0, newScope(callee.text, scope)).value
        : this.evaluate(body, scope);
    this.depth -= 1;
    return result;
  }

  // --- statements ---

  /**
   * Runs statements from number `first` on, then `next`.
   *
   * What follows a statement that may return is handed down to it as `next`: where only some paths
   * return, it runs under the condition of the others.
   */
  private statements(
    list: readonly AnyNode[],
    first: number,
    scope: Scope,
    next: Continuation = end,
  ): Completion {
    for (let i = first; i < list.length; i++) {
      const node = list[i];
      if (node.type === 'ReturnStatement') {
        return { value: node.argument ? this.evaluate(node.argument, scope) : nothing };
      }
      if (hasReturn(node)) {
        const rest = (): Completion => this.statements(list, i + 1, scope, next);
        return this.returning(node, scope, rest);
      }
      this.located(node, scope, () => {
        this.statement(node, scope);
      });
    }
    return next();
  }

  /** A statement somewhere in which stands a `return`. */
  private returning(node: AnyNode, scope: Scope, rest: Continuation): Completion {
    const inner = newScope(scope.text, scope);
    switch (node.type) {
      case 'BlockStatement':
        return this.statements(node.body, 0, inner, rest);
      case 'IfStatement': {
        const test = this.testOf(node, scope);
        const run = (arm: AnyNode | null | undefined): Completion =>
          arm ? this.statements([arm], 0, newScope(scope.text, scope), rest) : rest();
        if (test.op === 'true') return run(node.consequent);
        if (test.op === 'false') return run(node.alternate);
        const [yes, no] = this.bothArms(
          test,
          () => run(node.consequent),
          () => run(node.alternate),
        );
        return { value: this.merge(test, yes.value, no.value) };
      }
      case 'ForStatement': {
        this.startLoop(node, inner);
        const turn = (count: number): Completion => {
          if (!this.goesOn(node, inner, count)) return rest();
          return this.statements([node.body], 0, newScope(scope.text, inner), () => {
            if (node.update) this.evaluate(node.update, inner);
            return turn(count + 1);
          });
        };
        return turn(0);
      }
      default: {
        const items = this.loopItems(node as ForOf, scope);
        const turn = (count: number): Completion => {
          if (count === items.length) return rest();
          const own = newScope(scope.text, scope);
          this.bindItem(node as ForOf, items[count], own);
          return this.statements([(node as ForOf).body], 0, own, () => turn(count + 1));
        };
        return turn(0);
      }
    }
  }

  /** A statement without a `return` in it. */
  private statement(node: AnyNode, scope: Scope): void {
    switch (node.type) {
      case 'VariableDeclaration':
        for (const { id, init } of node.declarations) {
          const value = init ? this.evaluate(init, scope) : nothing;
          this.bind(id, value, scope, node.kind === 'const');
        }
        return;
      case 'FunctionDeclaration':
        if (!node.id) return;
        this.declare(scope, node.id.name, { kind: 'function', text: scope.text, node, scope });
        return;
      case 'ExpressionStatement':
        this.evaluate(node.expression, scope);
        return;
      case 'BlockStatement':
        this.statements(node.body, 0, newScope(scope.text, scope));
        return;
      case 'IfStatement':
        this.branch(node, scope);
        return;
      case 'ForStatement': {
        const inner = newScope(scope.text, scope);
        this.startLoop(node, inner);
        for (let count = 0; this.goesOn(node, inner, count); count++) {
          this.statements([node.body], 0, newScope(scope.text, inner));
          if (node.update) this.evaluate(node.update, inner);
        }
        return;
      }
      case 'ForOfStatement':
        for (const item of this.loopItems(node, scope)) {
          const inner = newScope(scope.text, scope);
          this.bindItem(node, item, inner);
          this.statements([node.body], 0, inner);
        }
        return;
      case 'EmptyStatement':
        return;
      default:
        throw new ModelFault(
          'M142',
          'the modelling language has no such statement',
          'const, let, assignment, if, for with fixed bounds, functions and calls are available',
        );
    }
  }

  private testOf(node: Extract<AnyNode, { type: 'IfStatement' }>, scope: Scope): Node {
    return this.located(node.test, scope, () => this.condition(node.test, scope));
  }

  private branch(node: Extract<AnyNode, { type: 'IfStatement' }>, scope: Scope): void {
    const test = this.testOf(node, scope);
    const run = (arm: AnyNode | null | undefined): void => {
      if (arm) this.statements([arm], 0, newScope(scope.text, scope));
    };
    if (test.op === 'true') run(node.consequent);
    else if (test.op === 'false') run(node.alternate);
    else {
      this.bothArms(
        test,
        () => {
          run(node.consequent);
        },
        () => {
          run(node.alternate);
        },
      );
    }
  }

  /** Runs two arms from the same state, each under its condition, and joins the variables. */
  private bothArms<T>(test: Node, whenTrue: () => T, whenFalse: () => T): [T, T] {
    const { graph, builder } = this;
    const path = builder.path;
    const before = this.store;
    this.store = new Map(before);
    builder.path = binary(graph, 'and', path, test);
    const yes = whenTrue();
    const storeYes = this.store;
    this.store = new Map(before);
    builder.path = binary(graph, 'and', path, unary(graph, 'not', test));
    const no = whenFalse();
    const storeNo = this.store;
    builder.path = path;
    this.store = before;
    for (const [cell, value] of before) {
      const a = storeYes.get(cell)!;
      const b = storeNo.get(cell)!;
      if (a !== value || b !== value) before.set(cell, this.merge(test, a, b));
    }
    return [yes, no];
  }

  private merge(test: Node, a: Value, b: Value): Value {
    if (a === b) return a;
    if (isNode(a) && isNode(b) && a.type === b.type) return select(this.graph, test, a, b);
    if (!isNode(a) && !isNode(b)) {
      if (a.kind === 'string' && b.kind === 'string' && a.text === b.text) return a;
      if (a.kind === 'record' && b.kind === 'record') {
        const fields = new Map<string, Value>();
        for (const name of new Set([...a.fields.keys(), ...b.fields.keys()])) {
          const merged = this.merge(
            test,
            a.fields.get(name) ?? nothing,
            b.fields.get(name) ?? nothing,
          );
          fields.set(name, merged);
        }
        return { kind: 'record', fields };
      }
      if (a.kind === 'list' && b.kind === 'list' && a.items.length === b.items.length) {
        return {
          kind: 'list',
          items: a.items.map((item, i) => this.merge(test, item, b.items[i])),
        };
      }
    }
    // A variable that only one arm gives a value has none afterwards; its use is then refused.
    return nothing;
  }

  private startLoop(node: Extract<AnyNode, { type: 'ForStatement' }>, inner: Scope): void {
    if (node.init?.type === 'VariableDeclaration') this.statement(node.init, inner);
    else if (node.init) this.evaluate(node.init, inner);
  }

  /** Whether a loop has another turn; that must not depend on the bias. */
  private goesOn(
    node: Extract<AnyNode, { type: 'ForStatement' }>,
    inner: Scope,
    count: number,
  ): boolean {
    const test = node.test ? this.condition(node.test, inner) : this.graph.yes;
    if (test.op === 'false') return false;
    if (test.op !== 'true' || count >= mostIterations) {
      throw new ModelFault(
        'M144',
        'the number of iterations is not fixed',
        'bounds are numbers, flags or integer parameters',
      );
    }
    return true;
  }

  private loopItems(node: ForOf, scope: Scope): readonly Value[] {
    const list = this.evaluate(node.right, scope);
    if (isNode(list) || list.kind !== 'list') {
      throw new ModelFault('M144', `for … of runs over an array, not over ${describe(list)}`);
    }
    return list.items;
  }

  private bindItem({ left }: ForOf, item: Value, inner: Scope): void {
    if (left.type !== 'VariableDeclaration') {
      throw new ModelFault('M142', 'declare the loop variable here');
    }
    this.bind(left.declarations[0].id, item, inner, true);
  }

  private bind(pattern: AnyNode, value: Value, scope: Scope, constant: boolean): void {
    if (pattern.type === 'Identifier') {
      this.declare(scope, pattern.name, value, constant);
      return;
    }
    if (pattern.type === 'AssignmentPattern') {
      const absent = !isNode(value) && value.kind === 'undefined';
      const actual = absent ? this.evaluate(pattern.right, scope) : value;
      this.bind(pattern.left, actual, scope, constant);
      return;
    }
    if (pattern.type === 'ObjectPattern' && !isNode(value) && value.kind === 'record') {
      for (const property of pattern.properties) {
        if (property.type !== 'Property' || property.key.type !== 'Identifier') continue;
        const field = value.fields.get(property.key.name);
        if (!field) throw new ModelFault('M145', `the object has no field '${property.key.name}'`);
        this.bind(property.value, field, scope, constant);
      }
      return;
    }
    if (pattern.type === 'ArrayPattern' && !isNode(value) && value.kind === 'list') {
      pattern.elements.forEach((element, i) => {
        if (element) this.bind(element, value.items[i] ?? nothing, scope, constant);
      });
      return;
    }
    throw new ModelFault('M145', `${describe(value)} cannot be taken apart here`);
  }

  // --- expressions ---

  private evaluate(node: AnyNode, scope: Scope): Value {
    return this.located(node, scope, () =>
      this.expression(
        unwrapNamed(node, (name) => findCell(scope, name) !== undefined),
        scope,
      ),
    );
  }

  private number(node: AnyNode, scope: Scope): Node {
    const value = this.evaluate(node, scope);
    if (isNode(value) && value.type === 'number') return value;
    return this.located(node, scope, () => {
      throw new ModelFault('M146', `a number is needed here, this is ${describe(value)}`);
    });
  }

  private condition(node: AnyNode, scope: Scope): Node {
    const value = this.evaluate(node, scope);
    if (isNode(value)) {
      return value.type === 'boolean' ? value : this.builder.compare('ne', value, this.graph.zero);
    }
    return this.located(node, scope, () => {
      throw new ModelFault('M146', `a condition is needed here, this is ${describe(value)}`);
    });
  }

  private expression(node: AnyNode, scope: Scope): Value {
    switch (node.type) {
      case 'Literal':
        return this.literal(node.value);
      case 'Identifier':
        return this.identifier(node.name, scope);
      case 'UnaryExpression':
        return this.unaryExpression(node, scope);
      case 'BinaryExpression':
        return this.binaryExpression(node, scope);
      case 'LogicalExpression':
        return this.logicalExpression(node, scope);
      case 'ConditionalExpression':
        return this.conditionalExpression(node, scope);
      case 'AssignmentExpression':
        return this.assignment(node, scope);
      case 'UpdateExpression': {
        const step = this.graph.constant(node.operator === '++' ? 1 : -1);
        const before = this.number(node.argument, scope);
        const after = binary(this.graph, 'add', before, step);
        this.assign(node.argument, after, scope);
        return node.prefix ? after : before;
      }
      case 'CallExpression':
        return this.callExpression(node, scope);
      case 'MemberExpression':
        return this.member(node, scope);
      case 'ParenthesizedExpression':
        return this.evaluate(node.expression, scope);
      case 'SequenceExpression':
        return node.expressions.map((e) => this.evaluate(e as AnyNode, scope)).at(-1) ?? nothing;
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return { kind: 'function', text: scope.text, node, scope };
      case 'ObjectExpression': {
        const fields = new Map<string, Value>();
        for (const property of node.properties) {
          if (property.type === 'SpreadElement') {
            for (const [name, value] of this.fieldsOf(property.argument, scope))
              fields.set(name, value);
            continue;
          }
          if (property.key.type !== 'Identifier') {
            throw new ModelFault('M142', 'only plain fields are available here');
          }
          fields.set(property.key.name, this.evaluate(property.value, scope));
        }
        return { kind: 'record', fields };
      }
      case 'ArrayExpression':
        return {
          kind: 'list',
          items: node.elements.map((e) => (e ? this.evaluate(e as AnyNode, scope) : nothing)),
        };
      default:
        throw new ModelFault(
          'M142',
          'the modelling language has no such expression',
          'arithmetic, comparisons, && || !, ? :, Math functions and calls are available',
        );
    }
  }

  private fieldsOf(node: AnyNode, scope: Scope): ReadonlyMap<string, Value> {
    const value = this.evaluate(node, scope);
    if (!isNode(value) && value.kind === 'record') return value.fields;
    throw new ModelFault('M145', `${describe(value)} has no fields to spread`);
  }

  private literal(value: unknown): Value {
    if (typeof value === 'number') return this.graph.constant(value);
    if (typeof value === 'string') return { kind: 'string', text: value };
    if (value === true) return this.graph.yes;
    if (value === false) return this.graph.no;
    throw new ModelFault('M142', 'only numbers, strings, true and false are available as literals');
  }

  private identifier(name: string, scope: Scope): Value {
    const cell = findCell(scope, name);
    if (cell) return this.store.get(cell) ?? nothing;
    if (name === 'Math') return { kind: 'math' };
    if (name === 'Infinity') return this.graph.constant(Infinity);
    if (name === 'NaN') return this.graph.constant(NaN);
    if (name === 'undefined') return nothing;
    throw new ModelFault(
      'M147',
      `'${name}' is not known inside the model`,
      'a body uses its parameters, its own constants and functions, and Math; name shared functions in `uses`',
    );
  }

  private unaryExpression(
    node: Extract<AnyNode, { type: 'UnaryExpression' }>,
    scope: Scope,
  ): Value {
    const argument = node.argument as AnyNode;
    switch (node.operator) {
      case '-':
        return unary(this.graph, 'neg', this.number(argument, scope));
      case '+':
        return this.number(argument, scope);
      case '!':
        return unary(this.graph, 'not', this.condition(argument, scope));
      case 'void':
        return nothing;
      default:
        throw new ModelFault('M142', `the modelling language has no operator '${node.operator}'`);
    }
  }

  private binaryExpression(
    node: Extract<AnyNode, { type: 'BinaryExpression' }>,
    scope: Scope,
  ): Value {
    const { graph, builder } = this;
    const arithmetic = operators.get(node.operator);
    const comparison = comparisonOperators.get(node.operator);
    if (!arithmetic && !comparison) {
      throw new ModelFault('M142', `the modelling language has no operator '${node.operator}'`);
    }
    const a = this.evaluate(node.left, scope);
    const b = this.evaluate(node.right, scope);
    const sameKind = !isNode(a) && !isNode(b) && a.kind === 'string' && b.kind === 'string';
    if (sameKind && (comparison === 'eq' || comparison === 'ne')) {
      return (a.text === b.text) === (comparison === 'eq') ? graph.yes : graph.no;
    }
    if (!isNode(a) || !isNode(b) || a.type !== 'number' || b.type !== 'number') {
      const odd = !isNode(a) || a.type !== 'number' ? a : b;
      throw new ModelFault('M146', `'${node.operator}' works on numbers, this is ${describe(odd)}`);
    }
    if (arithmetic) return binary(graph, arithmetic, a, b);
    return builder.compare(comparison!, a, b);
  }

  private logicalExpression(
    node: Extract<AnyNode, { type: 'LogicalExpression' }>,
    scope: Scope,
  ): Value {
    if (node.operator === '??') throw new ModelFault('M142', "the modelling language has no '??'");
    const { graph } = this;
    const left = this.condition(node.left, scope);
    const and = node.operator === '&&';
    if (left === (and ? graph.no : graph.yes)) return left;
    const right = (): Node => this.rightOf(node.right, scope);
    if (left === (and ? graph.yes : graph.no)) return right();
    const skip = (): Node => left;
    const [a, b] = this.bothArms(left, and ? right : skip, and ? skip : right);
    return and ? binary(graph, 'and', left, a) : binary(graph, 'or', left, b);
  }

  /** The right side of `test && contribute()` may be a call for its effect. */
  private rightOf(node: AnyNode, scope: Scope): Node {
    const value = this.evaluate(node, scope);
    if (!isNode(value)) return this.graph.no;
    return value.type === 'boolean' ? value : this.builder.compare('ne', value, this.graph.zero);
  }

  private conditionalExpression(
    node: Extract<AnyNode, { type: 'ConditionalExpression' }>,
    scope: Scope,
  ): Value {
    const test = this.condition(node.test, scope);
    const yes = (): Value => this.evaluate(node.consequent, scope);
    const no = (): Value => this.evaluate(node.alternate, scope);
    if (test.op === 'true') return yes();
    if (test.op === 'false') return no();
    const [a, b] = this.bothArms(test, yes, no);
    return this.merge(test, a, b);
  }

  private assignment(
    node: Extract<AnyNode, { type: 'AssignmentExpression' }>,
    scope: Scope,
  ): Value {
    const target = node.left as AnyNode;
    if (node.operator === '=') {
      const value = this.evaluate(node.right, scope);
      this.assign(target, value, scope);
      return value;
    }
    const op = operators.get(node.operator.slice(0, -1));
    if (!op) throw new ModelFault('M142', `the modelling language has no '${node.operator}'`);
    const before = this.number(target, scope);
    const value = binary(this.graph, op, before, this.number(node.right, scope));
    this.assign(target, value, scope);
    return value;
  }

  private assign(target: AnyNode, value: Value, scope: Scope): void {
    const cell = target.type === 'Identifier' ? findCell(scope, target.name) : undefined;
    if (!cell) throw new ModelFault('M148', 'only local variables can be assigned to');
    if (cell.constant) throw new ModelFault('M148', `'${cell.name}' is a constant`);
    this.store.set(cell, value);
  }

  private callExpression(node: Extract<AnyNode, { type: 'CallExpression' }>, scope: Scope): Value {
    const callee = node.callee as AnyNode;
    const args = node.arguments.map((argument) => this.evaluate(argument as AnyNode, scope));
    if (callee.type === 'MemberExpression') {
      const object = this.evaluate(callee.object, scope);
      if (!isNode(object) && object.kind === 'math' && callee.property.type === 'Identifier') {
        return this.mathCall(callee.property.name, args);
      }
    }
    return this.call(this.evaluate(callee, scope), args, node);
  }

  private mathCall(name: string, args: readonly Value[]): Node {
    const entry = mathFunctions.get(name);
    if (!entry) throw new ModelFault('M149', `the modelling language has no Math.${name}`);
    const numbers = args.map((arg) => {
      if (isNode(arg) && arg.type === 'number') return arg;
      throw new ModelFault('M146', `Math.${name} takes numbers, this is ${describe(arg)}`);
    });
    if (entry.op === 'min' || entry.op === 'max') {
      if (numbers.length === 0) throw new ModelFault('M149', `Math.${name} needs an argument`);
      return numbers.reduce((a, b) => binary(this.graph, entry.op as 'min' | 'max', a, b));
    }
    if (numbers.length !== entry.arity) {
      throw new ModelFault('M149', `Math.${name} takes ${String(entry.arity)} argument(s)`);
    }
    if (entry.arity === 1)
      return unary(this.graph, entry.op as Parameters<typeof unary>[1], numbers[0]);
    return binary(this.graph, entry.op as Parameters<typeof binary>[1], numbers[0], numbers[1]);
  }

  private member(node: Extract<AnyNode, { type: 'MemberExpression' }>, scope: Scope): Value {
    const object = this.evaluate(node.object, scope);
    if (!isNode(object) && object.kind === 'math' && node.property.type === 'Identifier') {
      const constant = (Math as unknown as Record<string, unknown>)[node.property.name];
      if (typeof constant === 'number') return this.graph.constant(constant);
    }
    if (!isNode(object) && object.kind === 'record' && !node.computed) {
      const field =
        node.property.type === 'Identifier' ? object.fields.get(node.property.name) : undefined;
      if (field) return field;
    }
    if (!isNode(object) && object.kind === 'list' && node.computed) {
      const index = this.number(node.property, scope);
      if (isConstant(index)) return object.items[valueOf(index)] ?? nothing;
    }
    throw new ModelFault('M142', `${describe(object)} has no such member here`);
  }

  /** Gives a fault its place: the innermost node that was at work. */
  private located<T>(node: AnyNode, scope: Scope, work: () => T): T {
    try {
      return work();
    } catch (fault) {
      if (!(fault instanceof ModelFault)) throw fault;
      throw new DiagnosticError([
        problemAt(scope.text, node, fault.code, fault.message, fault.help),
      ]);
    }
  }
}

const operators = new Map([
  ['+', 'add'],
  ['-', 'sub'],
  ['*', 'mul'],
  ['/', 'div'],
  ['%', 'mod'],
  ['**', 'pow'],
] as const) as ReadonlyMap<string, 'add' | 'sub' | 'mul' | 'div' | 'mod' | 'pow'>;

const comparisonOperators = new Map([
  ['<', 'lt'],
  ['<=', 'le'],
  ['>', 'gt'],
  ['>=', 'ge'],
  ['===', 'eq'],
  ['==', 'eq'],
  ['!==', 'ne'],
  ['!=', 'ne'],
] as const) as ReadonlyMap<string, 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne'>;

/** Whether a statement returns from the function it stands in. */
function hasReturn(node: AnyNode): boolean {
  switch (node.type) {
    case 'ReturnStatement':
      return true;
    case 'BlockStatement':
      return node.body.some((s) => hasReturn(s));
    case 'IfStatement':
      return hasReturn(node.consequent) || (node.alternate ? hasReturn(node.alternate) : false);
    case 'ForStatement':
    case 'ForOfStatement':
      return hasReturn(node.body);
    default:
      return false;
  }
}

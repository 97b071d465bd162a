import type { Node } from '../ir.js';
import type { AnyNode, FunctionNode, FunctionSource } from '../read.js';

/** What an expression of a model's body is while it is executed symbolically. */
export type Value =
  | Node
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'record'; readonly fields: ReadonlyMap<string, Value> }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | {
      readonly kind: 'function';
      readonly text: FunctionSource;
      readonly node: FunctionNode;
      readonly scope: Scope;
    }
  | { readonly kind: 'builtin'; readonly name: string; readonly call: Builtin }
  | {
      readonly kind: 'event';
      readonly event: 'cross' | 'above' | 'timer' | 'initial';
      readonly value: Node;
      readonly direction: number;
    }
  | { readonly kind: 'math' }
  | { readonly kind: 'undefined' };

export type Builtin = (args: readonly Value[], at: AnyNode) => Value;

export const nothing: Value = { kind: 'undefined' };

export function isNode(value: Value): value is Node {
  return 'op' in value;
}

/** A variable; its value is in the executor's store, which branches copy. */
export interface Cell {
  readonly name: string;
  readonly constant: boolean;
}

export interface Scope {
  readonly text: FunctionSource;
  readonly cells: Map<string, Cell>;
  readonly parent: Scope | undefined;
}

export function newScope(text: FunctionSource, parent: Scope | undefined): Scope {
  return { text, cells: new Map(), parent };
}

export function findCell(scope: Scope, name: string): Cell | undefined {
  for (let s: Scope | undefined = scope; s; s = s.parent) {
    const cell = s.cells.get(name);
    if (cell) return cell;
  }
  return undefined;
}

export function describe(value: Value): string {
  if (isNode(value)) return value.type === 'boolean' ? 'a condition' : 'a number';
  switch (value.kind) {
    case 'string':
      return 'a string';
    case 'record':
      return 'an object';
    case 'list':
      return 'an array';
    case 'function':
    case 'builtin':
      return 'a function';
    case 'event':
      return 'an event';
    case 'math':
      return 'Math';
    case 'undefined':
      return 'nothing';
  }
}

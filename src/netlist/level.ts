import type { SubcircuitStatement } from './ast.js';
import type { Library } from './models.js';
import type { NodeTable } from './nodes.js';
import type { ParameterValues } from './parameter-values.js';
import type { Scope } from './scope.js';

/** The top level, or one subcircuit instance, while its elements are opened. */
export interface Level {
  readonly scope: Scope;
  readonly library: Library;
  /** Before local names: `x1.`, or empty at the top. */
  readonly prefix: string;
  /** Nodes that have another name outside. */
  readonly ports: ReadonlyMap<string, number>;
  /** Product of the `m` of all subcircuit instances around. */
  readonly multiplier: number;
  /** The subcircuits around, outermost first. */
  readonly chain: readonly SubcircuitStatement[];
}

/** The full name of a local node; ports and global nodes are handled by the caller's maps. */
export function connectNode(
  name: string,
  level: Level,
  nodes: NodeTable,
  globals: ReadonlySet<string>,
): number {
  return level.ports.get(name) ?? nodes.connect(fullNodeName(name, level, globals));
}

/** As `connectNode`, for a node whose voltage is only read. */
export function mentionNode(
  name: string,
  level: Level,
  nodes: NodeTable,
  globals: ReadonlySet<string>,
): number {
  const port = level.ports.get(name);
  if (port !== undefined) return port;
  const full = fullNodeName(name, level, globals);
  // Xyce's `x1:n`; a node that is really called so counts if it is known by now.
  const isPath = /^x[^.:]*:/.test(name) && nodes.find(full) === undefined;
  return nodes.find(full) ?? nodes.mention(isPath ? full.replaceAll(':', '.') : full);
}

/** `$g_` begins global nodes in PSpice and Xyce. */
function fullNodeName(name: string, level: Level, globals: ReadonlySet<string>): string {
  const absolute =
    level.prefix === '' ||
    name === '0' ||
    name === 'gnd' ||
    globals.has(name) ||
    name.startsWith('$g_');
  return absolute ? name : level.prefix + name;
}

/** Applies the `m` of the subcircuits around. */
export function multiply(parameters: ParameterValues, level: Level): void {
  if (level.multiplier !== 1) {
    parameters.set('m', (parameters.get('m') ?? 1) * level.multiplier);
  }
}

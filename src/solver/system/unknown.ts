import type { LocalUnknown } from '../../devices/language/compiled.js';
import type { Instance } from '../../netlist/circuit.js';
import type { SolverOptions } from '../options.js';

/**
 * One unknown and the equation that stands in its row: a node's voltage and the sum of currents
 * that leave it, a branch's current and its voltage equation, a state and its rate.
 */
export interface Unknown {
  /** `v(out)`, `i(v1)`, `v(d1#internal)`, `@n1[s]`. */
  readonly name: string;
  readonly kind:
    'ground' | 'node' | 'internal' | 'branch' | 'state' | 'derivative' | 'integral' | 'delay';
  /** The element it belongs to; circuit nodes belong to none. */
  readonly instance?: Instance;
  readonly unit: string;
  /** Tolerances of the unknown's own changes. */
  readonly abstol: number;
  readonly reltol: number;
  /** Tolerances of the row's residual. */
  readonly rowAbstol: number;
  readonly rowReltol: number;
  readonly rowUnit: string;
  readonly bounds?: readonly [number, number];
}

const defaultStateReltol = 1e-6;
const defaultStateAbstol = 1e-9;

export const ground: Unknown = {
  name: 'v(0)',
  kind: 'ground',
  unit: 'V',
  abstol: 1,
  reltol: 1,
  rowAbstol: 1,
  rowReltol: 1,
  rowUnit: 'A',
};

export function nodeUnknown(name: string, options: SolverOptions): Unknown {
  return {
    name: `v(${name})`,
    kind: 'node',
    unit: 'V',
    abstol: options.vntol,
    reltol: options.reltol,
    rowAbstol: options.abstol,
    rowReltol: options.reltol,
    rowUnit: 'A',
  };
}

/** The unknown that an instance adds; `local` is neither a terminal nor a reference. */
export function ownUnknown(
  instance: Instance,
  local: LocalUnknown,
  soleBranch: boolean,
  options: SolverOptions,
): Unknown {
  const name = instance.name;
  switch (local.kind) {
    case 'node':
      return {
        ...nodeUnknown(`${name}#${local.name}`, options),
        kind: 'internal',
        instance,
      };
    case 'branch':
      return {
        name: soleBranch ? `i(${name})` : `i(${name}#${firstNode(local.name)})`,
        kind: 'branch',
        instance,
        unit: 'A',
        abstol: options.abstol,
        reltol: options.reltol,
        rowAbstol: options.vntol,
        rowReltol: options.reltol,
        rowUnit: 'V',
      };
    case 'delay':
      return {
        ...nodeUnknown('', options),
        name: `@${name}[${local.name}]`,
        kind: 'delay',
        instance,
        rowAbstol: options.vntol,
        rowUnit: 'V',
      };
    default:
      return otherUnknown(instance, local, options);
  }
}

/** `p1` of the branch `i(p1,n1)`. */
function firstNode(branch: string): string {
  return branch.slice('i('.length, branch.indexOf(','));
}

/** States carry tolerances of their own; auxiliary unknowns follow the quantity they stand for. */
function otherUnknown(instance: Instance, local: LocalUnknown, options: SolverOptions): Unknown {
  const state = local.kind === 'state' || local.kind === 'integral';
  const abstol = local.abstol ?? (state ? defaultStateAbstol : options.abstol);
  const reltol = local.reltol ?? (state ? defaultStateReltol : options.reltol);
  const kind = local.kind === 'state' || local.kind === 'integral' ? local.kind : 'derivative';
  const unit = instance.definition.states[local.name]?.unit ?? '';
  return {
    name: `@${instance.name}[${local.name}]`,
    kind,
    instance,
    unit,
    // A derivative follows its argument: what a change of it matters shows where it is used.
    abstol: kind === 'derivative' ? Infinity : abstol,
    reltol,
    rowAbstol: abstol,
    rowReltol: reltol,
    rowUnit: kind === 'derivative' ? unit : `${unit || '1'}/s`,
    ...(local.bounds ? { bounds: local.bounds } : {}),
  };
}

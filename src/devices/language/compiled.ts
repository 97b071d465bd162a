import type { Plans } from './kernel-plan.js';
import type { ModelDefinition } from './model.js';

/**
 * What the compiler makes of a model for one structure (which parameters are given, which are zero,
 * what the flags say), and what the solver sees of it. Values are not part of it: they stay in
 * memory, so that they can change without compiling again.
 *
 * Equations have the form f(x, t) + d/dt q(x) = 0, one row for each local unknown; a reference has
 * one only where the model adds to the branch equation of the other instance. For a node the row is the sum of currents that leave it into the device; for a branch
 * it is the voltage equation, and its current that of all `m` devices in parallel; for a state it is `held·(s − s_held) − (1 − held)·rate`, q = s.
 */
export interface CompiledModel {
  readonly definition: ModelDefinition;
  /** Identifies definition and structure; equal keys mean equal code. */
  readonly key: string;
  /** Local unknowns: terminals first, in order; collapsed internal nodes do not appear. */
  readonly unknowns: readonly LocalUnknown[];
  /** Entries of ∂f/∂x and ∂q/∂x as (row, column) in local numbers. */
  readonly staticEntries: readonly LocalEntry[];
  readonly dynamicEntries: readonly LocalEntry[];
  /** Entries of the Jacobian in time, ∂f/∂x + a0·∂q/∂x. */
  readonly transientEntries: readonly LocalEntry[];
  /** What has a time derivative, in the order of `KernelMemory.charge`. */
  readonly charges: readonly CompiledCharge[];
  /** Local rows that have an f, and a q. */
  readonly staticRows: readonly number[];
  readonly dynamicRows: readonly number[];
  /** Slots of a model card in `KernelMemory.model`: parameters first, then what set-up derives. */
  readonly modelSlots: readonly Slot[];
  /** Slots of an instance in `KernelMemory.instance`. */
  readonly instanceSlots: readonly Slot[];
  /** Rows of the index table: unknowns, card, static, dynamic, transient entries, in this order. */
  readonly indexCount: number;
  /**
   * Numbers that an evaluation in time keeps for those that follow (plans `keep` and `carry`); 0 for
   * models that are evaluated every time.
   */
  readonly keptCount: number;
  readonly events: readonly CompiledEvent[];
  readonly outputs: readonly CompiledOutput[];
  readonly noise: readonly CompiledNoise[];
  readonly demands: readonly CompiledDemand[];
  /** True if f and q are linear in x with coefficients that no bias, time or input changes. */
  readonly linear: boolean;
  readonly kernels: Kernels;
  /** What kernels do, for a back end that writes them for one circuit's memory. */
  readonly plans: Plans;
  /** The generated source, for people (`--emit code`). */
  readonly source: string;
}

export interface LocalUnknown {
  /** Terminal or node name; `i(p,n)` for a branch; the state's name; `ddt#0`; the reference's name. */
  readonly name: string;
  readonly kind:
    'terminal' | 'node' | 'branch' | 'state' | 'derivative' | 'integral' | 'delay' | 'reference';
  readonly quantity: 'voltage' | 'current' | 'state' | 'rate';
  /** For states: absolute and relative tolerance, and bounds. */
  readonly abstol?: number;
  readonly reltol?: number;
  readonly bounds?: readonly [number, number];
  /** For states: true if an operating point solves rate = 0. */
  readonly settles?: boolean;
}

export interface CompiledCharge {
  /** A charge or flux; a state or integral; or what only a factor turns into one (a rate). */
  readonly kind: 'charge' | 'state' | 'rate';
}

export interface LocalEntry {
  readonly row: number;
  readonly column: number;
}

export type SlotKind =
  /** A parameter's value; NaN if it has no default and is not given. */
  | 'parameter'
  /** Derived by a set-up kernel. */
  | 'derived'
  /** Driven by the circuit. */
  | 'input'
  /** Value at which an operating point holds a state (or starts an integral). */
  | 'stateHold'
  /** A held (discrete) variable. */
  | 'held'
  /** A random number, filled when the instance is linked. */
  | 'draw'
  /** A random number, filled before the handler runs that asks for it. */
  | 'redraw'
  /** How often that was done. */
  | 'ordinal'
  /** An output of a referenced instance, `reference.quantity`; filled when that is derived. */
  | 'borrowed'
  /** What a delayed value was a while ago; the transient analysis fills it before each step. */
  | 'delayed'
  /** How long ago that is [s], and what it was before time 0 where no operating point tells. */
  | 'delayTime'
  | 'delayStart'
  /** With what a filtered value counts that is there now, and the second number of its filter. */
  | 'delayWeight'
  | 'responseSecond'
  /** A value that must be above zero. */
  | 'demand'
  /** What a `limit` returned in the iteration before. */
  | 'limit'
  /** Value of an event's expression. */
  | 'event'
  /** An operating-point output. */
  | 'output'
  /** A noise density, or its exponent. */
  | 'noise'
  /** Slope of a charge, kept for `finishCharges`. */
  | 'gradient';

export interface Slot {
  readonly kind: SlotKind;
  /** Parameter, input, state, held variable, draw, limit or output name; otherwise a label. */
  readonly name: string;
  /** For `stateHold` and `held`: a parameter's name, a quotient of two, or a number. */
  readonly initial?: string | number;
  /** For `delayWeight`: the filter, by its name. */
  readonly response?: string;
  /** For draws. */
  readonly distribution?: 'normal' | 'uniform';
}

export interface CompiledEvent {
  readonly kind: 'cross' | 'above' | 'timer' | 'initial';
  readonly direction: number;
  /** False if it has no handler: it only marks where something jumps. */
  readonly acts: boolean;
  /** Instance slot of the event's value: zero is crossed there; for a timer, the time. */
  readonly slot: number;
  /** What its handler draws. */
  readonly redraws: readonly CompiledRedraw[];
}

export interface CompiledRedraw {
  readonly name: string;
  readonly distribution: 'normal' | 'uniform';
  /** Instance slots of the number, and of how often it was drawn. */
  readonly slot: number;
  readonly ordinalSlot: number;
}

export interface CompiledOutput {
  readonly name: string;
  readonly unit: string;
  readonly doc: string;
  readonly slot: number;
}

/** What parameters must make positive, after a set-up kernel ran. */
export interface CompiledDemand {
  readonly unit: string;
  /** What the value is. */
  readonly doc: string;
  readonly slot: number;
}

export interface CompiledNoise {
  readonly name: string;
  readonly kind: 'white' | 'flicker' | 'induced';
  /** Local unknowns between which the noise current flows. */
  readonly from: number;
  readonly to: number;
  readonly densitySlot: number;
  /** For flicker noise; of induced noise, its time constant [s]. */
  readonly exponentSlot: number;
}

/** Positions in `KernelMemory.environment`. */
export const environment = {
  /** Circuit temperature [K]. */
  temperature: 0,
  gmin: 1,
  time: 2,
  sourceFactor: 3,
  /** 1 where states hold (operating point, dc sweep), 0 otherwise. */
  hold: 4,
  /** 1 in the first iteration of an operating point. */
  initializing: 5,
  /** Tolerances of the veto that limiting has on convergence. */
  reltol: 6,
  vntol: 7,
  /** Factor of charges in the integration formula [1/s]. */
  a0: 8,
  /** Frequency of a small-signal analysis [Hz], 0 in all others. */
  hertz: 9,
  /** 1 while equations are linearised for small signals at a frequency, 0 otherwise. */
  smallSignal: 10,
  /** Change of a voltage [V] up to which an instance is carried along from its last evaluation. */
  carried: 11,
  size: 12,
} as const;

/**
 * What a kernel works on: views into one memory. All arrays of instances are structures of arrays:
 * slot s of instance i stands at `s * count + i`. Unknown 0 is ground; Jacobian slot 0 catches what
 * belongs to ground's row or column.
 */
export interface KernelMemory {
  /** Number of instances, and of model cards. */
  readonly count: number;
  readonly cards: number;
  /** Unknowns, n + 1 values. */
  readonly x: Float64Array;
  /** Residuals, n + 1 values each; kernels add to them. */
  readonly f: Float64Array;
  readonly q: Float64Array;
  /** Jacobian values, nonzeros + 1 each; kernels add to them. */
  readonly jf: Float64Array;
  readonly jq: Float64Array;
  /** Largest magnitude among the terms of each row of f, n + 1 values; kernels raise it. */
  readonly fScale: Float64Array;
  readonly environment: Float64Array;
  /** Newton's last update, n + 1 values. */
  readonly delta: Float64Array;
  /** [charge][instance] charges, what the integration formula adds to a0·charge, and rates. */
  readonly charge: Float64Array;
  readonly chargeHistory: Float64Array;
  readonly chargeRate: Float64Array;
  /** [charge][instance] sum of the magnitudes of a charge's slopes. */
  readonly chargeSlope: Float64Array;
  /** [model slot][card]. */
  readonly model: Float64Array;
  /** [instance slot][instance]. */
  readonly instance: Float64Array;
  /**
   * [instance][`keptStride`] what the last full evaluation kept: 1 if it holds for its neighbours,
   * the unknowns then, and `keptCount` numbers. Only of instances that are carried along.
   */
  readonly kept?: Float64Array;
  /** [index row][instance]: global unknowns, card number, Jacobian slots. */
  readonly index: Int32Array;
}

/** Numbers of one instance in `KernelMemory.kept`. */
export function keptStride({ unknowns, keptCount }: CompiledModel): number {
  return 1 + unknowns.length + keptCount;
}

/** Kernels loop over instances `first` (inclusive) to `last` (exclusive). */
export interface Kernels {
  /** Derives what depends on model card and temperature: run after either changes. */
  setupModel(memory: KernelMemory): void;
  /** Derives what depends on the instance: run after it, its card or the temperature changes. */
  setupInstance(memory: KernelMemory): void;
  /** Adds f and ∂f/∂x. Returns the number of limits that veto convergence. */
  evaluateStatic(memory: KernelMemory, first: number, last: number): number;
  /** Adds f, q, ∂f/∂x and ∂q/∂x. Returns the number of limits that veto convergence. */
  evaluate(memory: KernelMemory, first: number, last: number): number;
  /**
   * Adds f and J with the integration formula in them, to `f` and `jf`, and writes the charges.
   * Returns the number of limits that veto convergence.
   */
  evaluateTransient(memory: KernelMemory, first: number, last: number): number;
  /** Carries the charges of the last evaluation along Newton's last update; writes rates and slopes. */
  finishCharges(memory: KernelMemory, first: number, last: number): void;
  /** Writes the charges at x. */
  evaluateCharges(memory: KernelMemory, first: number, last: number): void;
  /** Writes the values of event expressions to their slots; undefined if there are no events. */
  evaluateEvents?: (memory: KernelMemory) => void;
  /** Runs the handler of an event for one instance; true if a held variable changed. */
  fire?: (memory: KernelMemory, event: number, instance: number) => boolean;
  evaluateOutputs?: (memory: KernelMemory) => void;
  evaluateNoise?: (memory: KernelMemory) => void;
}

import type { Expression } from '../../expression/ast.js';
import type { ParameterTable } from '../../base/index.js';

/**
 * A device model: declarations, and equations as a plain function that the compiler reads.
 *
 * The body of `analog` uses nothing but its two parameters, its own local constants and functions,
 * and `Math`: what the language provides comes in through the first parameter, parameter values
 * through the second, and helper functions shared between models through `uses`. The second may be
 * taken apart, or be one name, `p.vto`, that can be passed on to helper functions.
 */
export interface ModelDefinition {
  readonly name: string;
  /** One line for the catalogue. */
  readonly title: string;
  /** Nodes that a netlist connects, in its order. */
  readonly terminals: readonly string[];
  /** Nodes of the device's own. */
  readonly internal: readonly string[];
  /** Terminals beside which internal nodes lie: at their voltages they start with `uic`. */
  readonly beside?: Readonly<Record<string, string>>;
  /** What a model card sets; an instance may override it. */
  readonly parameters: ParameterTable;
  /** What an instance sets. `m`, `temp` and `dtemp` (°C at the netlist's surface) are there for all. */
  readonly instance: ParameterTable;
  /** Other names of parameters, for decks: `{ cj0: 'cjo' }`. Lower case; help shows the target. */
  readonly aliases: Readonly<Record<string, string>>;
  /**
   * Real parameters whose zero is structure: terms that they switch off are not compiled. Those
   * that the equations compare with a literal 0 need not be named.
   */
  readonly folded?: readonly string[];
  /** Values that the circuit drives from outside, such as the value of an independent source. */
  readonly inputs: Readonly<Record<string, InputDeclaration>>;
  readonly states: Readonly<Record<string, StateDeclaration>>;
  readonly held: Readonly<Record<string, HeldDeclaration>>;
  /** Names of references to branches of other instances: currents to read, voltages to add. */
  readonly references: readonly string[];
  /** True if the model claims to conserve charge; the closed-loop test holds it to that. */
  readonly conservesCharge: boolean;
  readonly equations: Equations;
}

/** Where the equations come from: a function in the modelling language, or a netlist's expression. */
export type Equations = AnalogFunction | BehaviouralExpression;

export interface AnalogFunction {
  readonly kind: 'analog';
  readonly analog: AnyFunction;
  readonly uses: Readonly<Record<string, AnyFunction>>;
}

/**
 * A B element: an expression over voltages, currents, time and numbered constants.
 *
 * Constants are parameters `c0`, `c1` … and nodes are terminals, so that equal shapes share one
 * kernel.
 */
export interface BehaviouralExpression {
  readonly kind: 'behavioural';
  readonly drives: 'voltage' | 'current';
  readonly expression: Expression;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the compiler reads it as text
export type AnyFunction = (...args: any[]) => any;

export interface InputDeclaration {
  readonly unit: string;
  readonly doc: string;
}

export interface StateDeclaration {
  readonly unit: string;
  /** Name of the parameter that holds the initial value, a quotient (`gini/tox`), or the value itself. */
  readonly initial: string | number;
  /** Limits that the state cannot leave; the rate is gated to zero before them, by its sign. */
  readonly bounds?: readonly [number, number];
  /** Width of the gate as a fraction of the range between the bounds; 1e-4 if absent. */
  readonly gate?: number;
  /** Absolute tolerance, in the state's unit. */
  readonly abstol: number;
  /** Relative tolerance; 1e-6 if absent. */
  readonly reltol?: number;
  /** True if an operating point solves rate = 0 (a temperature) instead of holding the value. */
  readonly settles?: boolean;
  readonly doc: string;
}

/** A discrete variable: changes at accepted events only, frozen while Newton iterates. */
export interface HeldDeclaration {
  /** Name of the parameter that holds the initial value, or the value itself. */
  readonly initial: string | number;
  readonly doc: string;
  /** The user is warned when an event raises it, once a device and analysis. */
  readonly warns?: HeldWarning;
}

/** Stands behind the device's name, with the time behind it: `took a pulse that is too long`. */
export interface HeldWarning {
  readonly what: string;
  readonly help: string;
}

/** An event as `on` takes it. */
export interface EventExpression {
  readonly kind: 'cross' | 'above' | 'timer' | 'initial';
  readonly value: number;
  readonly direction: number;
}

/**
 * What the language provides, as the first parameter of `analog`.
 *
 * Angle of view: on plain numbers this is the reference implementation (`interpret.ts`); the
 * compiler reads the same calls symbolically.
 */
export interface Language {
  readonly V: {
    /** Voltage between two nodes, or between a node and ground [V]. */
    (a: string, b?: string): number;
    /** Voltage contribution: V(a) − V(b) gets `value` added; its current becomes an unknown. */
    (a: string, b: string, value: number): void;
  };
  readonly I: {
    /** Current of the branch that a voltage contribution between these nodes defines, in one device [A]. */
    (a: string, b: string): number;
    /** Current contribution from `a` through the device to `b` [A]. */
    (a: string, b: string, value: number): void;
  };
  /** Makes an internal node the same as another node; under a structural condition only. */
  readonly collapse: (internal: string, node: string) => void;
  /** Derivative by time. May stand anywhere in an expression. */
  readonly ddt: (value: number) => number;
  /** Integral over time from `initial`; an operating point holds the initial value. */
  readonly idt: (value: number, initial: number) => number;
  /**
   * The value that `value` had `time` seconds ago; in an operating point, and where `time` is not
   * positive, `value` itself. Before time 0 it was what the operating point says, with `uic` it was
   * `start` (0 if left out). `time` and `start` are made of parameters only.
   */
  readonly absdelay: (value: number, time: number, start?: number) => number;
  /**
   * A linear filter of a value, from `line-responses.ts` by its name there, with two numbers made of
   * parameters only: in small signals the response at each frequency, in time the convolution with it.
   * Before time 0 the value was what the operating point says, with `uic` it was `start` (0 if left
   * out). Where `holding`, it means nothing.
   */
  readonly respond: (
    value: number,
    response: string,
    first: number,
    second: number,
    start?: number,
  ) => number;
  /** True in operating points and dc sweeps, where no time passes; not structural. */
  readonly holding: boolean;
  /** True while equations are linearised for small signals at a frequency; not structural. */
  readonly smallSignal: boolean;
  /** A state's value. */
  readonly state: (name: string) => number;
  /** ds/dt of a state, in its unit per second. */
  readonly rate: (name: string, value: number) => void;
  /** Value of a held variable. */
  readonly held: (name: string) => number;
  /** Sets a held variable; inside the handler of `on` only. */
  readonly set: (name: string, value: number) => void;
  readonly on: (event: EventExpression, handler: () => void) => void;
  /** Fires where `value` passes zero: upwards (1), downwards (-1), both (0). */
  readonly cross: (value: number, direction: number) => EventExpression;
  /** As `cross(value, 1)`, and at operating points and sweep points where `value` > 0. */
  readonly above: (value: number) => EventExpression;
  /** Fires at this time [s]. */
  readonly timer: (time: number) => EventExpression;
  /** Fires once, before the first operating point. */
  readonly initial: () => EventExpression;
  /**
   * A value that Newton may not change too fast. Returns `limited` while iterating, with the
   * derivative of `value`; adds the correction J·(value − limited); vetoes convergence while they
   * differ. `limited` is ordinary code, not differentiated.
   */
  readonly limit: (name: string, value: number, limited: number) => number;
  /** What `limit` of this name returned in the iteration before [its unit]. */
  readonly previous: (name: string) => number;
  /** True in the first iteration of an operating point, when there is no previous value. */
  readonly initializing: boolean;
  /** Whether a parameter was set by card or instance. Structural. */
  readonly given: (parameter: string) => boolean;
  /** A value that the circuit drives from outside. */
  readonly input: (name: string) => number;
  /** Branch current of another instance, by the name of the reference: of all its `m` devices [A]. */
  readonly reference: (name: string) => number;
  /** Adds `value` to the voltage of another instance's branch, by the name of the reference [V]. */
  readonly addVoltage: (name: string, value: number) => void;
  /**
   * An output of another instance, by the name of the reference. Only what no bias changes is right:
   * it is passed on when parameters are derived, not while the circuit is solved.
   */
  readonly borrow: (name: string, quantity: string) => number;
  /** Temperature of the instance [K]. */
  readonly temperature: number;
  /** Temperature of the circuit, whatever `temp` and `dtemp` of the instance say [K]. */
  readonly circuitTemperature: number;
  /** Time of the transient analysis, 0 elsewhere [s]. */
  readonly time: number;
  /** Conductance to put across junctions [S]; an instance's own share where it has an `m`. */
  readonly gmin: number;
  /** The same, undivided: for models of which each of `m` devices has all of it, as in ngspice [S]. */
  readonly wholeGmin: number;
  /**
   * How many devices the instance stands for, its `m`. Contributions, charges and noise are already
   * taken so many times: for what does not add up.
   */
  readonly multiplicity: number;
  /** Factor of source stepping, 1 in the end. */
  readonly sourceFactor: number;
  /**
   * The value itself, as a variable on the way of derivatives: what is computed from it is
   * differentiated by it, and the chain rule applied once. Pays where many operations lie between a
   * few such values and the result; `ddx` takes them too. Structure decides nothing by it.
   */
  readonly intermediate: (value: number) => number;
  /** Partial derivative of a value by a voltage, current, state or limited value read before. */
  readonly ddx: (value: number, by: number) => number;
  /** White noise current from `a` to `b` of this density [A²/Hz]. */
  readonly whiteNoise: (a: string, b: string, density: number, name: string) => void;
  /** Flicker noise current of density `density`/f^`exponent` [A²/Hz at 1 Hz]. */
  readonly flickerNoise: (
    a: string,
    b: string,
    density: number,
    exponent: number,
    name: string,
  ) => void;
  /**
   * The white source of the same name that stands before it, once more between other nodes: fully
   * correlated, a quarter of a period ahead (behind, with a negative density), and of
   * `density`·(ω·`time`)²/(1 + (ω·`time`)²) [A²/Hz, s].
   */
  readonly inducedNoise: (
    a: string,
    b: string,
    density: number,
    time: number,
    name: string,
  ) => void;
  /** An operating-point quantity that can be saved and printed as `@name[quantity]`. */
  readonly output: (name: string, value: number, unit: string, doc: string) => void;
  /**
   * Demands that a value made of parameters only is above zero (an effective length): else the
   * circuit is refused, with the value, `doc` as its name, and the places of instance and card.
   */
  readonly positive: (value: number, unit: string, doc: string) => void;
  /**
   * A random number of the instance, standard normal or uniform in (0, 1): drawn once a run in the
   * equations, anew each time in the handler of an event (keyed by how often it was drawn before).
   */
  readonly draw: (name: string, distribution: 'normal' | 'uniform') => number;
}

type Values<T extends ParameterTable> = { readonly [K in keyof T]: number };

// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- no entries
type EmptyTable = Record<never, never>;

interface ModelOptions<
  P extends ParameterTable,
  N extends ParameterTable,
  U extends Record<string, AnyFunction>,
> {
  readonly name: string;
  readonly title: string;
  readonly terminals: readonly string[];
  readonly internal?: readonly string[];
  readonly beside?: Readonly<Record<string, string>>;
  readonly parameters?: P;
  readonly instance?: N;
  readonly aliases?: Readonly<Record<string, string>>;
  readonly folded?: readonly string[];
  readonly inputs?: Readonly<Record<string, InputDeclaration>>;
  readonly states?: Readonly<Record<string, StateDeclaration>>;
  readonly held?: Readonly<Record<string, HeldDeclaration>>;
  readonly references?: readonly string[];
  readonly conservesCharge?: boolean;
  readonly uses?: U;
  // `this: void` and a method-free shape keep the body self-contained.
  readonly analog: (language: Language & U, parameters: Values<P> & Values<N>) => void;
}

/** Declares a device model. Names are checked by the types: a misspelt parameter does not compile. */
export function model<
  const P extends ParameterTable = EmptyTable,
  const N extends ParameterTable = EmptyTable,
  const U extends Record<string, AnyFunction> = EmptyTable,
>(options: ModelOptions<P, N, U>): ModelDefinition {
  return {
    name: options.name,
    title: options.title,
    terminals: options.terminals,
    internal: options.internal ?? [],
    ...(options.beside ? { beside: options.beside } : {}),
    parameters: options.parameters ?? {},
    instance: options.instance ?? {},
    aliases: options.aliases ?? {},
    ...(options.folded ? { folded: options.folded } : {}),
    inputs: options.inputs ?? {},
    states: options.states ?? {},
    held: options.held ?? {},
    references: options.references ?? [],
    conservesCharge: options.conservesCharge ?? false,
    equations: { kind: 'analog', analog: options.analog, uses: options.uses ?? {} },
  };
}

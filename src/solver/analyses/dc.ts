/**
 * `.dc`: operating points over one or two swept values.
 *
 *     for each value of the second sweep, for each value of the first:
 *       f(x) = 0 with states held, from the x before;  switches keep their memory
 *
 * Sweeps may descend. A state is held where it starts, also where the sweep moves that. A swept
 * thing is an independent source, `temp` [°C], a resistor, a parameter of an element `@r1[r]`, or a
 * `.param` of the deck.
 */
import {
  closest,
  error,
  formatQuantity,
  real,
  zeroCelsius,
  type Diagnostic,
} from '../../base/index.js';
import type { AnalysisCard, CardArgument } from '../../netlist/circuit.js';
import { quantityOf, type ColumnDescription } from '../../waveform/index.js';
import { findOperatingPoint } from '../newton/operating-point.js';
import type { Analysis, AnalysisContext, AnalysisRun, AnalysisSteps } from './analysis.js';
import { bindPositional, mostPoints, tooManyPoints, wrongUse } from './arguments.js';
import { Recorder } from './recorder.js';
import { savedColumns } from './saved-columns.js';

const usage = '.dc source start stop step [source2 start2 stop2 step2]';

const table = {
  start: real(NaN, '', 'first value'),
  stop: real(NaN, '', 'last value'),
  step: real(NaN, '', 'increment'),
};

interface Target {
  readonly column: ColumnDescription;
  /** False if the circuit cannot take the value. */
  readonly set: (value: number) => boolean;
  readonly unit: string;
  readonly restore: () => void;
  /** True if setting it expands the deck again, which puts everything else back. */
  readonly expands?: boolean;
}

interface Sweep {
  readonly target: Target;
  readonly values: readonly number[];
}

export const dc: Analysis = {
  name: 'dc',
  usage,
  title: 'Operating points over swept values',
  start(context: AnalysisContext, card: AnalysisCard): AnalysisRun | undefined {
    const { system, diagnostics } = context;
    const args = card.arguments;
    const chosen = new Map<string, number>();
    const inner = bindSweep(context, card, args.slice(0, 4), chosen);
    if (!inner) return undefined;
    const outer = args.length > 4 ? bindSweep(context, card, args.slice(4), chosen) : onlyOnce;
    if (!outer) return undefined;
    const columns = savedColumns(system, 'dc', diagnostics);
    const points = inner.values.length * outer.values.length;
    const recorder = new Recorder(system, 'dc', inner.target.column, columns, { points });
    const steps = run(context, card, recorder, inner, outer);
    return { kind: 'dc', dataset: recorder.dataset, steps };
  },
};

const onlyOnce: Sweep = {
  target: {
    column: { name: '', quantity: quantityOf('other') },
    set: () => true,
    unit: '',
    restore: () => undefined,
  },
  values: [0],
};

function bindSweep(
  context: AnalysisContext,
  card: AnalysisCard,
  args: readonly CardArgument[],
  chosen: Map<string, number>,
): Sweep | undefined {
  const { diagnostics } = context;
  const [first, ...rest] = args;
  if (!first) {
    diagnostics.push(wrongUse(card, '.dc lacks what it sweeps', usage));
    return undefined;
  }
  const target = findTarget(context, first, chosen);
  const bound = bindPositional(card, rest, { table, required: 3, usage }, diagnostics);
  if (!target) diagnostics.push(unknownTarget(context, first));
  if (!target || !bound) return undefined;
  const { start, stop, step } = bound;
  if (step === 0 || (stop - start) * step < 0) {
    const message =
      step === 0 ? 'the step of a sweep is zero' : 'the step of a sweep leads away from its end';
    diagnostics.push(wrongUse(card, message, usage, rest[2]));
    return undefined;
  }
  const count = Math.floor(((stop - start) / step) * (1 + 1e-12) + 1e-9) + 1;
  if (count > mostPoints) {
    diagnostics.push(wrongUse(card, tooManyPoints(count), usage, rest[2]));
    return undefined;
  }
  return { target, values: Array.from({ length: count }, (_, k) => start + k * step) };
}

/** @param chosen values of `.param`s that the sweeps have set; shared by both */
function findTarget(
  context: AnalysisContext,
  { text }: CardArgument,
  chosen: Map<string, number>,
): Target | undefined {
  return (
    sourceTarget(context, text) ??
    (text === 'temp' ? temperatureTarget(context, chosen) : undefined) ??
    elementTarget(context, text) ??
    deckParameterTarget(context, text, chosen)
  );
}

function sourceTarget({ sources }: AnalysisContext, name: string): Target | undefined {
  const source = sources.get(name);
  if (!source) return undefined;
  const { place, waveform } = source;
  const voltage = source.place.instance.definition.inputs[place.name]?.unit === 'V';
  const set = (value: number): boolean => {
    place.memory.instance[place.position] = value;
    return true;
  };
  return {
    column: voltage
      ? { name: 'v(v-sweep)', title: name, quantity: quantityOf('voltage') }
      : { name: 'i(i-sweep)', title: name, quantity: quantityOf('current') },
    unit: voltage ? 'V' : 'A',
    set,
    restore: () => set(waveform.dc),
  };
}

function temperatureTarget(context: AnalysisContext, chosen: Map<string, number>): Target {
  const { system, reexpand, sources } = context;
  const { circuit } = system;
  const expands = circuit.readsTemperature && reexpand !== undefined;
  const before = system.temperature;
  const set = (kelvin: number): boolean => {
    system.temperature = kelvin;
    if (expands) {
      const changed = reexpand(chosen, kelvin - zeroCelsius);
      if (!changed || !system.updateParameters(changed)) return false;
      sources.update(changed);
    }
    system.derive();
    return kelvin > 0;
  };
  return {
    column: { name: 'temp-sweep', title: 'temp', quantity: quantityOf('temperature') },
    unit: '°C',
    ...(expands ? { expands } : {}),
    set: (value) => set(value + zeroCelsius),
    restore: () => set(before),
  };
}

const elementParameter = /^@(.+)\[(.+)\]$/;

/** Units of what every instance may set. Only where it does have the equations a place for it. */
const implicitUnits = new Map([
  ['m', ''],
  ['temp', '°C'],
  ['dtemp', 'K'],
]);

/** `r1` stands for its resistance; `@m1[w]` for any parameter. */
function elementTarget({ system }: AnalysisContext, text: string): Target | undefined {
  const match = elementParameter.exec(text);
  const instanceName = match ? match[1] : text;
  const place = system.slots.instance(instanceName);
  if (!place) return undefined;
  const instance = system.groups[place.group].instances[place.index];
  if (!match && instance.definition.name !== 'resistor') return undefined;
  const name = match ? match[2] : 'r';
  const before = instance.parameters.get(name);
  const entry = instance.definition.instance[name] ?? instance.definition.parameters[name];
  const implicit = before === undefined ? undefined : implicitUnits.get(name);
  const unit = entry?.unit ?? implicit;
  if (unit === undefined) return undefined;
  const set = (value: number): boolean => {
    if (!system.setParameter(instanceName, name, value)) return false;
    system.restartStates(instanceName, name, value);
    return true;
  };
  return {
    column: match
      ? { name: 'param-sweep', title: text, quantity: quantityOf('parameter', unit) }
      : { name: 'res-sweep', title: text, quantity: quantityOf('parameter', 'Ω') },
    unit,
    set,
    restore: () => set(before ?? entry.default),
  };
}

function deckParameterTarget(
  context: AnalysisContext,
  name: string,
  chosen: Map<string, number>,
): Target | undefined {
  const { system, reexpand } = context;
  const { circuit } = system;
  if (!reexpand || !circuit.parameters.has(name)) return undefined;
  return {
    column: { name: 'param-sweep', title: name, quantity: quantityOf('parameter') },
    unit: '',
    expands: true,
    set(value) {
      const celsius = circuit.readsTemperature ? system.temperature - zeroCelsius : undefined;
      const changed = reexpand(chosen.set(name, value), celsius);
      if (!changed || !system.updateParameters(changed)) return false;
      context.sources.update(changed);
      return true;
    },
    restore() {
      system.updateParameters(circuit);
      context.sources.update(circuit);
    },
  };
}

function unknownTarget(context: AnalysisContext, argument: CardArgument): Diagnostic {
  const { sources, system } = context;
  const resistors = system.circuit.instances.filter((i) => i.definition.name === 'resistor');
  const known = [
    ...sources.list.map(({ name }) => name),
    ...resistors.map(({ name }) => name),
    ...system.circuit.parameters.keys(),
    'temp',
  ];
  const near = closest(argument.text, known);
  const message = `there is nothing to sweep that is called '${argument.text}'`;
  const help = [
    ...(near === undefined ? [] : [`did you mean '${near}'?`]),
    ...absentImplicit(context, argument),
    'sources, resistors, temp, .param names and element parameters such as @m1[w] can be swept',
  ];
  return error('S112', message, argument.span, { help });
}

/** How to make a parameter that every instance may set one that can be swept. */
function absentImplicit({ system }: AnalysisContext, { text }: CardArgument): string[] {
  const [, instance, name] = elementParameter.exec(text) ?? [];
  if (!system.slots.instance(instance) || !implicitUnits.has(name)) return [];
  return [`'${instance}' does not set ${name}: give it a value there to sweep it`];
}

function* run(
  context: AnalysisContext,
  card: AnalysisCard,
  recorder: Recorder,
  inner: Sweep,
  outer: Sweep,
): AnalysisSteps {
  context.reset();
  context.verification?.begin(inner.target.unit);
  const problem = context.checkTopology();
  if (problem) return problem;
  const total = inner.values.length * outer.values.length;
  let done = 0;
  try {
    for (const second of outer.values) {
      if (!outer.target.set(second)) return refused(card, outer.target, second);
      for (const value of inner.values) {
        if (!inner.target.set(value)) return refused(card, inner.target, value);
        if (inner.target.expands && !outer.target.expands) outer.target.set(second);
        const result = findOperatingPoint(context.newton, context.events, {
          ...(done === 0 ? { nodesets: context.nodesets() } : { continues: true }),
          ...(done === 0 ? {} : { maxIterations: context.system.options.itl2 }),
          span: card.span,
        });
        if (!result.converged) return withPlace(result.diagnostic, inner.target, value);
        context.verification?.atRest(value);
        recorder.record(value);
        done++;
        context.statistics.acceptedPoints++;
        yield { fraction: done / total, at: value, unit: inner.target.unit };
      }
    }
  } finally {
    inner.target.restore();
    outer.target.restore();
  }
  return undefined;
}

function withPlace(diagnostic: Diagnostic, { unit }: Target, value: number): Diagnostic {
  const note = `at the swept value ${formatQuantity(value, unit)}`;
  return { ...diagnostic, notes: [note, ...(diagnostic.notes ?? [])] };
}

function refused(card: AnalysisCard, { unit }: Target, value: number): Diagnostic {
  const message = `the circuit cannot take the swept value ${formatQuantity(value, unit)}`;
  const help = [
    'values that change the equations themselves, such as a zero, need a run of their own',
  ];
  return error('S113', message, card.span, { help });
}

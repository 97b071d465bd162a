/** What the inputs of a characteristic are in the circuit: which of its values each of them sets. */
import { closest, type Diagnostic, error } from '../../base/index.js';
import { catalog } from '../../devices/index.js';
import type { Circuit, Instance, StepCard, StepTarget, StepValue } from '../../netlist/index.js';
import type { InputSpecification } from './specification.js';
import type { CharacteristicInput } from './characteristic-data.js';

/** An input of the characteristic and what it sets; `frequency` sets nothing. */
export interface Variable {
  /** Knots to begin with; discrete inputs have theirs. */
  readonly input: CharacteristicInput;
  /** How many knots were asked for. */
  readonly points?: number;
  readonly isFrequency: boolean;
  /** What of the circuit takes another value; several things for corners. */
  readonly targets: readonly StepTarget[];
  /** Of discrete inputs with cases: [cases][targets]. */
  readonly rows?: readonly (readonly number[])[];
}

/** The values of the circuit where an input has a value; a case is given by its number. */
export function stepValues({ targets, rows, isFrequency }: Variable, value: number): StepValue[] {
  if (isFrequency) return [];
  return targets.map((target, k) => ({ target, value: rows ? rows[value][k] : value }));
}

/** Finds what the inputs of a specification mean in a circuit; undefined, with diagnostics. */
export function bindVariables(
  inputs: readonly InputSpecification[],
  circuit: Circuit,
  diagnostics: Diagnostic[],
): Variable[] | undefined {
  const found = inputs.map((each) => bindVariable(each, circuit, diagnostics));
  return found.every((each) => each !== undefined) ? found : undefined;
}

function bindVariable(
  spec: InputSpecification,
  circuit: Circuit,
  diagnostics: Diagnostic[],
): Variable | undefined {
  const { name } = spec;
  if ('cases' in spec) return caseVariable(name, spec.cases, circuit, diagnostics);
  if (!('from' in spec) && spec.values === undefined) {
    const corners = circuit.steps.find(({ names }) => names);
    if (!corners) diagnostics.push(noValues(name));
    return corners && cornerVariable(name, corners);
  }
  const isFrequency = name === 'frequency';
  const target = isFrequency ? undefined : findTarget(spec.sets ?? name, circuit, diagnostics);
  if (!isFrequency && !target) return undefined;
  const unit = spec.unit ?? target?.unit ?? 'Hz';
  const targets = target ? [target] : [];
  if (!('from' in spec)) {
    const values = [...new Set(spec.values)];
    return { input: { kind: 'discrete', name, unit, values }, isFrequency, targets };
  }
  const { from, to, scale, points, at } = spec;
  const shown = at ? { at } : {};
  return {
    input: { kind: 'continuous', name, unit, scale, knots: [from, to], ...shown },
    ...(points === undefined ? {} : { points }),
    isFrequency,
    targets,
  };
}

/** The deck's own `.corner`s. */
function cornerVariable(name: string, { names = [], targets, rows }: StepCard): Variable {
  const values = rows.map((_, k) => k);
  const input = { kind: 'discrete', name, unit: '', values, labels: names } as const;
  return { input, isFrequency: false, targets, rows };
}

function caseVariable(
  name: string,
  cases: Readonly<Record<string, Readonly<Record<string, number>>>>,
  circuit: Circuit,
  diagnostics: Diagnostic[],
): Variable | undefined {
  const labels = Object.keys(cases);
  const set = Object.keys(cases[labels[0]]);
  for (const label of labels) {
    const missing = set.filter((each) => !(each in cases[label]));
    const more = Object.keys(cases[label]).filter((each) => !set.includes(each));
    if (missing.length + more.length === 0) continue;
    const message = `the case '${label}' of '${name}' does not set what '${labels[0]}' sets: ${[...missing, ...more].join(', ')}`;
    diagnostics.push(error('A201', message));
    return undefined;
  }
  const targets = set.map((each) => findTarget(each.toLowerCase(), circuit, diagnostics));
  if (!targets.every((each) => each !== undefined)) return undefined;
  const rows = labels.map((label) => set.map((each) => cases[label][each]));
  const values = labels.map((_, k) => k);
  return {
    input: { kind: 'discrete', name, unit: '', values, labels },
    isFrequency: false,
    targets,
    rows,
  };
}

/**
 * `vin`, `v(in)` (the source between `in` and ground), `rox` (a `.param`, or an element), `temp`,
 * `@m1[w]`, `dmod(is)`: what `.step` takes, and voltages of driven nodes.
 */
export function findTarget(
  name: string,
  circuit: Circuit,
  diagnostics: Diagnostic[],
): StepTarget | undefined {
  if (circuit.parameters.has(name)) return { kind: 'parameter', name, label: name, unit: '' };
  if (name === 'temp') return { kind: 'temperature', name, label: name, unit: '°C' };
  const instance = instanceCalled(name, circuit);
  const own = instance && instanceTarget(name, instance);
  if (own) return own;
  const [, owner, parameter] =
    /^@(.+)\[(.+)\]$/.exec(name) ?? /^([^()]+)\((.+)\)$/.exec(name) ?? [];
  const part = owner === undefined ? undefined : partTarget(name, owner, parameter, circuit);
  if (!part) diagnostics.push(noTarget(name, circuit));
  return part;
}

function instanceCalled(name: string, { instances, nodes }: Circuit): Instance | undefined {
  const byName = instances.find((each) => each.name === name);
  const [, node] = /^v\(([^(),]+)\)$/.exec(name) ?? [];
  if (byName || node === undefined) return byName;
  const number = nodes.indexOf(node);
  return instances.find(
    ({ source, definition, nodes: [p, n] }) =>
      source && definition.name === 'vsource' && p === number && n === 0 && number > 0,
  );
}

/** `v1` stands for its dc value, `r1` for its resistance. */
function instanceTarget(label: string, instance: Instance): StepTarget | undefined {
  const { name, source, definition } = instance;
  const at = { kind: 'instance', name, label } as const;
  if (source) {
    const unit = definition.name === 'vsource' ? 'V' : 'A';
    return { ...at, parameter: 'dc', unit };
  }
  const parameter = catalog.find((entry) => entry.definition === definition)?.positional;
  const entry = parameter === undefined ? undefined : definition.parameters[parameter];
  return parameter === undefined ? undefined : { ...at, parameter, unit: entry?.unit ?? '' };
}

function partTarget(
  label: string,
  name: string,
  parameter: string,
  { instances }: Circuit,
): StepTarget | undefined {
  const instance = instances.find((each) => each.name === name);
  if (instance) {
    const { definition } = instance;
    const entry = definition.instance[parameter] ?? definition.parameters[parameter];
    return entry && { kind: 'instance', name, parameter, label, unit: entry.unit };
  }
  const owner = instances.find(({ card }) => card?.name === name);
  const entry = owner?.definition.parameters[parameter];
  return entry && { kind: 'model', name, parameter, label, unit: entry.unit };
}

function noValues(name: string): Diagnostic {
  const message = `the input '${name}' has no values, and the deck has no '.corner' cards`;
  return error('A209', message, undefined, {
    help: [`give it a range or values: '${name}=0:1', '${name}=1,2'`],
  });
}

function noTarget(name: string, { parameters, instances }: Circuit): Diagnostic {
  const sources = instances.filter(({ source }) => source).map((each) => each.name);
  const known = [...parameters.keys(), ...instances.map((each) => each.name), 'temp'];
  const near = closest(name, known);
  return error(
    'A202',
    `the circuit has nothing called '${name}' that could be an input`,
    undefined,
    {
      help: [
        ...(near === undefined ? [] : [`did you mean '${near}'?`]),
        `sources (${sources.slice(0, 8).join(', ')}), the voltage v(node) of a source to ground, .param names, elements, @m1[w], card(parameter) and temp can be inputs`,
      ],
    },
  );
}

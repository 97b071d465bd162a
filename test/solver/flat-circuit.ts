/** Builds flat circuits by hand, so that tests of the solver do not depend on the netlist language. */
import type { Span } from '../../src/base/index.js';
import type { ModelDefinition } from '../../src/devices/language/model.js';
import { capacitor } from '../../src/devices/passive/capacitor.js';
import { inductor } from '../../src/devices/passive/inductor.js';
import { resistor } from '../../src/devices/passive/resistor.js';
import { diode } from '../../src/devices/semiconductor/diode.js';
import { currentSource } from '../../src/devices/sources/current-source.js';
import type { SourceWaveform, TimeFunction } from '../../src/devices/sources/source-waveform.js';
import { voltageSource } from '../../src/devices/sources/voltage-source.js';
import type { AnalysisCard, CardArgument, Circuit, Instance } from '../../src/netlist/circuit.js';
import { AnalysisContext, type AnalysisRun } from '../../src/solver/analyses/analysis.js';
import { analyses } from '../../src/solver/analyses/list.js';
import { bindOptions } from '../../src/solver/options.js';
import { compileInstance } from '../../src/solver/simulate.js';
import { newStatistics } from '../../src/solver/statistics.js';
import { System } from '../../src/solver/system/system.js';
import type { Dataset } from '../../src/waveform/index.js';
import { parseQuantity, renderDiagnostic, type Diagnostic } from '../../src/base/index.js';

type Values = Readonly<Record<string, number>>;

export class FlatCircuit {
  readonly #nodes = ['0'];
  readonly #instances: Instance[] = [];
  readonly #cards: AnalysisCard[] = [];
  readonly #ic: [string, number][] = [];
  readonly #nodesets: [string, number][] = [];
  readonly #options: Values;

  constructor(options: Values = {}) {
    this.#options = options;
  }

  add(
    name: string,
    definition: ModelDefinition,
    nodes: string,
    parameters: Values = {},
    more: Partial<Instance> = {},
  ): this {
    this.#instances.push({
      name,
      definition,
      nodes: nodes.split(' ').map((node) => this.#node(node)),
      parameters: new Map(Object.entries(parameters)),
      references: [],
      span: spanOf(`${name} ${nodes}`),
      ...more,
    });
    return this;
  }

  r(name: string, nodes: string, r: number): this {
    return this.add(name, resistor, nodes, { r });
  }

  c(name: string, nodes: string, c: number, more: Values = {}): this {
    return this.add(name, capacitor, nodes, { c, ...more });
  }

  l(name: string, nodes: string, l: number, more: Values = {}): this {
    return this.add(name, inductor, nodes, { l, ...more });
  }

  d(name: string, nodes: string, parameters: Values = {}): this {
    return this.add(name, diode, nodes, parameters);
  }

  v(name: string, nodes: string, dc: number, more: Omit<SourceWaveform, 'dc'> = {}): this {
    return this.add(name, voltageSource, nodes, {}, { source: { dc, ...more } });
  }

  i(name: string, nodes: string, dc: number, more: Omit<SourceWaveform, 'dc'> = {}): this {
    return this.add(name, currentSource, nodes, {}, { source: { dc, ...more } });
  }

  ic(node: string, value: number): this {
    this.#ic.push([node, value]);
    return this;
  }

  nodeset(node: string, value: number): this {
    this.#nodesets.push([node, value]);
    return this;
  }

  analysis(text: string): this {
    this.#cards.push(cardOf(text));
    return this;
  }

  build(): Circuit {
    const span = spanOf('');
    const nodeValues = (list: readonly [string, number][]) =>
      list.map(([name, value]) => ({ node: this.#node(name), value, span }));
    return {
      title: 'test',
      initialConditions: nodeValues(this.#ic),
      nodesets: nodeValues(this.#nodesets),
      nodes: this.#nodes,
      instances: this.#instances,
      analyses: this.#cards,
      options: new Map(Object.entries(this.#options).map(([key, value]) => [key, { value, span }])),
      temperatures: [],
      saves: [],
      prints: [],
      steps: [],
      readsTemperature: false,
      fouriers: [],
      data: new Map(),
      measures: [],
      parameters: new Map(),
      diagnostics: [],
    };
  }

  #node(name: string): number {
    const known = this.#nodes.indexOf(name);
    return known >= 0 ? known : this.#nodes.push(name) - 1;
  }
}

/** A function of time without corners. */
export function wave(
  value: (time: number) => number,
  corners: readonly number[] = [],
): TimeFunction {
  return {
    name: 'wave',
    value,
    nextBreakpoint: (time) => corners.find((corner) => corner > time) ?? Infinity,
  };
}

export function spanOf(text: string): Span {
  return { source: { name: 'test.cir', text }, start: 0, end: text.length };
}

export function cardOf(text: string): AnalysisCard {
  const [name, ...words] = text.split(' ');
  const args = words.map((word): CardArgument => {
    const value = parseQuantity(word);
    return { text: word, ...(value === undefined ? {} : { value }), span: spanOf(text) };
  });
  return { name, arguments: args, span: spanOf(text) };
}

export function contextOf(circuit: Circuit): AnalysisContext {
  const diagnostics: Diagnostic[] = [];
  const options = bindOptions(circuit.options, diagnostics);
  const system = new System(circuit, options, compileInstance);
  return new AnalysisContext(system, newStatistics(), diagnostics);
}

export interface Finished {
  readonly dataset: Dataset;
  readonly context: AnalysisContext;
  readonly problem: Diagnostic | undefined;
  /** Rendered diagnostics of the whole run. */
  readonly messages: string;
}

export function begin(circuit: FlatCircuit, card: string): [AnalysisRun, AnalysisContext] {
  const context = contextOf(circuit.build());
  const bound = cardOf(card);
  const run = analyses.find(({ name }) => name === bound.name)!.start(context, bound);
  if (!run) throw new Error(context.diagnostics.map((d) => renderDiagnostic(d)).join('\n'));
  return [run, context];
}

/** Runs one analysis to its end. */
export function run(circuit: FlatCircuit, card: string): Finished {
  const [running, context] = begin(circuit, card);
  let step = running.steps.next();
  while (!step.done) step = running.steps.next();
  const problem = step.value;
  const all = [...context.diagnostics, ...(problem ? [problem] : [])];
  const messages = all.map((d) => renderDiagnostic(d)).join('\n\n');
  return { dataset: running.dataset.finish(), context, problem, messages };
}

/** The last value of a column. */
export function last(dataset: Dataset, name: string): number {
  return dataset.get(name)!.real.at(-1)!;
}

/** The largest deviation of a column from a function of the scale. */
export function deviation(dataset: Dataset, name: string, exact: (x: number) => number): number {
  const { real } = dataset.get(name)!;
  return dataset.scale.real.reduce(
    (worst, x, k) => Math.max(worst, Math.abs(real[k] - exact(x))),
    0,
  );
}

/** A compiled model as text, and what is compiled again of what the text does not have. */
import type { CompiledModel } from './compiled.js';
import type { KernelName } from './emit.js';
import { decodePlan, encodePlan } from './encode-plan.js';
import type { PlanName, Plans, Step } from './kernel-plan.js';
import { KernelLayout } from './layout.js';

/** What the solver sees of a model, apart from its kernels. */
export type ModelFacts = Omit<CompiledModel, 'definition' | 'key' | 'kernels' | 'plans' | 'source'>;

/** What the stages of the compiler make of a model for one structure. */
export interface CompilerOutput {
  readonly facts: ModelFacts;
  readonly names: readonly KernelName[];
  readonly plans: Plans;
  /** The text of a kernel. */
  readonly write: (name: KernelName) => string;
}

/** Facts, and then kernels and plans as they are asked for: a run pays for those that it needs. */
export class ModelRecord implements CompilerOutput, Plans {
  readonly facts: ModelFacts;
  readonly names: readonly KernelName[];
  readonly layout: KernelLayout;
  /** Whether the text does not have all that there is by now. */
  changed: boolean;
  readonly #kernels: Map<KernelName, string>;
  readonly #plans: Map<PlanName, string>;
  readonly #decoded = new Map<PlanName, readonly Step[]>();
  readonly #compile: () => CompilerOutput;
  #compiled: CompilerOutput | undefined;

  /**
   * @param text what `text()` gave in an earlier run, if there is one
   * @param compile carries out the stages of the compiler
   */
  constructor(text: string | undefined, compile: () => CompilerOutput) {
    this.#compile = compile;
    const [head, ...lines] = text?.split('\n') ?? [];
    const { facts, names } =
      text === undefined
        ? this.#fresh()
        : (fromJson(head) as Pick<CompilerOutput, 'facts' | 'names'>);
    this.facts = facts;
    this.names = names;
    this.layout = new KernelLayout(facts.unknowns, facts.modelSlots, facts.instanceSlots);
    this.changed = text === undefined;
    const entries = lines.map((line) => line.split('\t') as [string, string, string]);
    const of = <T extends string>(kind: string): Map<T, string> =>
      new Map(entries.filter((each) => each[0] === kind).map((each) => [each[1] as T, each[2]]));
    this.#kernels = of('kernel');
    this.#plans = of('plan');
  }

  get plans(): Plans {
    return this;
  }

  /** One line of facts; then a line for each kernel and plan: kind, name and JSON, tabs between. */
  text(): string {
    const { facts, names } = this;
    return [
      toJson({ facts, names }),
      ...[...this.#kernels].map(([name, json]) => `kernel\t${name}\t${json}`),
      ...[...this.#plans].map(([name, json]) => `plan\t${name}\t${json}`),
    ].join('\n');
  }

  readonly write = (name: KernelName): string => {
    let json = this.#kernels.get(name);
    if (json === undefined) {
      json = JSON.stringify(this.#fresh().write(name));
      this.#kernels.set(name, json);
      this.changed = true;
    }
    return JSON.parse(json) as string;
  };

  get(name: PlanName): readonly Step[] {
    let steps = this.#decoded.get(name);
    if (!steps) this.#decoded.set(name, (steps = decodePlan(this.#planText(name))));
    return steps;
  }

  #planText(name: PlanName): string {
    let text = this.#plans.get(name);
    if (text === undefined) {
      const { plans } = this.#fresh();
      text = encodePlan(plans.get(name), plans.layout);
      this.#plans.set(name, text);
      this.changed = true;
    }
    return text;
  }

  #fresh(): CompilerOutput {
    return (this.#compiled ??= this.#compile());
  }
}

/** Numbers that JSON has no words for. */
interface Special {
  readonly '#number': string;
}

function toJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'number' && (!Number.isFinite(each) || Object.is(each, -0))
      ? ({ '#number': Object.is(each, -0) ? '-0' : String(each) } satisfies Special)
      : each,
  );
}

function fromJson(text: string): unknown {
  if (!text.includes('"#number"')) return JSON.parse(text) as unknown;
  return JSON.parse(text, (_, each: unknown) =>
    typeof each === 'object' && each !== null && '#number' in each
      ? Number((each as Special)['#number'])
      : each,
  ) as unknown;
}

import { compileModel } from './compile.js';
import type { CompiledModel } from './compiled.js';
import type { ModelDefinition } from './model.js';
import type { ModelRecord } from './model-record.js';
import type { ModelStore } from './model-store.js';
import { learnQuestions, type Questions, questionsOf, structureOf } from './structure.js';

type Given = ReadonlyMap<string, number>;

/**
 * The compiler with what earlier runs compiled: same models, same results. `save` keeps what is new,
 * once a run has asked for what it needs.
 */
export class StoredModels {
  readonly #store: ModelStore;
  readonly #texts = new Map<ModelDefinition, string>();
  readonly #records = new Map<string, ModelRecord>();

  constructor(store: ModelStore) {
    this.#store = store;
  }

  /** A `ModelCompiler` of the solver. */
  readonly compile = (definition: ModelDefinition, card: Given, instance: Given): CompiledModel => {
    // Expressions of a netlist are compiled sooner than they are found.
    if (definition.equations.kind !== 'analog')
      return compileModel(definition, structureOf(definition, card, instance));
    if (!this.#texts.has(definition)) this.#begin(definition);
    const structure = structureOf(definition, card, instance);
    const key = `model\n${structure.key}\n${this.#texts.get(definition)!}`;
    return compileModel(definition, structure, {
      read: () => this.#store.read(key),
      keep: (record) => {
        this.#records.set(key, record);
      },
    });
  };

  /** Writes what was compiled since the last time. */
  save(): void {
    for (const [key, record] of this.#records) {
      if (!record.changed) continue;
      this.#store.write(key, record.text());
      record.changed = false;
    }
  }

  /** What the structure of a card is asked for is known without reading the equations. */
  #begin(definition: ModelDefinition): void {
    const text = textOf(definition);
    this.#texts.set(definition, text);
    const key = `questions\n${text}`;
    const known = this.#store.read(key);
    if (known !== undefined) learnQuestions(definition, JSON.parse(known) as Questions);
    else this.#store.write(key, JSON.stringify(questionsOf(definition)));
  }
}

/** All that a definition says. */
function textOf(definition: ModelDefinition): string {
  const { equations } = definition;
  const functions =
    equations.kind === 'analog' ? [equations.analog, ...Object.values(equations.uses)] : [];
  return [JSON.stringify(definition), ...functions.map(String)].join('\n');
}

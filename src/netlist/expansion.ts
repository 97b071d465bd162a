import { error, type Span } from '../base/index.js';
import type { Word } from './ast.js';
import type { BehaviouralShapes } from './behavioural.js';
import type { Instance } from './circuit.js';
import { connectNode, type Level } from './level.js';
import type { CatalogIndex } from './models.js';
import { NodeTable } from './nodes.js';
import type { Report } from './report.js';

/** An instance whose branch another one reads or adds to. */
interface Reference {
  readonly name: string;
  readonly span: Span;
  /** True where it must be an inductor. */
  readonly inductive: boolean;
}

/** What grows while a deck is expanded. */
export class Expansion {
  readonly nodes = new NodeTable();
  readonly globals = new Set<string>();
  readonly instances: Instance[] = [];
  readonly byName = new Map<string, Instance>();
  /** Checked when all instances are known. */
  readonly references: Reference[] = [];
  readonly readNodes: { readonly node: number; readonly span: Span }[] = [];
  /** At which values are what is written [°C]. */
  nominalTemperature = 27;
  /** Names that `.dc` cards sweep innermost: of parameters, of which outputs have the swept value. */
  swept: ReadonlySet<string> = new Set();
  readonly #mostElements: number;
  readonly report: Report;
  readonly catalog: CatalogIndex;
  readonly shapes: BehaviouralShapes;

  constructor(
    report: Report,
    catalog: CatalogIndex,
    shapes: BehaviouralShapes,
    mostElements: number,
  ) {
    this.#mostElements = mostElements;
    this.report = report;
    this.catalog = catalog;
    this.shapes = shapes;
  }

  connect(words: readonly Word[], level: Level): number[] {
    return words.map(({ text }) => connectNode(text, level, this.nodes, this.globals));
  }

  /** The full name of an element whose current is read. */
  refer(name: Word, level: Level): string {
    return this.#refer(name, level, false);
  }

  /** The full name of an inductor that is coupled to another. */
  referInductor(name: Word, level: Level): string {
    return this.#refer(name, level, true);
  }

  #refer({ text, span }: Word, level: Level, inductive: boolean): string {
    const name = level.prefix + text;
    this.references.push({ name, span, inductive });
    return name;
  }

  add(instance: Instance, name: Span): void {
    if (this.byName.has(instance.name)) {
      this.report.add(
        error('N208', `there is an element '${instance.name}' above`, name, {
          label: 'names of elements are unique',
        }),
      );
      return;
    }
    this.byName.set(instance.name, instance);
    this.instances.push(instance);
  }

  /** Gives instances that were called otherwise (`v.x1.v2`) the names that they have. */
  renameReferences(names: ReadonlyMap<string, string>): void {
    this.instances.forEach((instance, i) => {
      if (!instance.references.some((name) => names.has(name))) return;
      const references = instance.references.map((name) => names.get(name) ?? name);
      this.instances[i] = { ...instance, references };
      this.byName.set(instance.name, this.instances[i]);
    });
  }

  get full(): boolean {
    return this.instances.length >= this.#mostElements;
  }
}

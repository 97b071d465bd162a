import { error, type Span } from '../base/index.js';
import type { Word } from './ast.js';
import type { BehaviouralShapes } from './behavioural.js';
import type { Instance } from './circuit.js';
import { connectNode, type Level } from './level.js';
import type { CatalogIndex } from './models.js';
import { NodeTable } from './nodes.js';
import type { Report } from './report.js';

/** An instance whose branch current another one reads. */
interface Reference {
  readonly name: string;
  readonly span: Span;
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

  refer(name: Word, level: Level): string {
    const full = level.prefix + name.text;
    this.references.push({ name: full, span: name.span });
    return full;
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

  get full(): boolean {
    return this.instances.length >= this.#mostElements;
  }
}

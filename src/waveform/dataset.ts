import { differenceNodes, isGround, signalKey } from './signal-name.js';
import { quantityOf, type Column, type Waveform } from './waveform.js';

export type AnalysisKind =
  'op' | 'dc' | 'ac' | 'tran' | 'noise' | 'integrated-noise' | 'tf' | 'sens' | 'pz';

/** What ngspice calls the plots; its readers tell analyses apart by these names. */
const plotNames: Readonly<Record<AnalysisKind, string>> = {
  op: 'Operating Point',
  dc: 'DC transfer characteristic',
  ac: 'AC Analysis',
  tran: 'Transient Analysis',
  noise: 'Noise Spectral Density Curves',
  'integrated-noise': 'Integrated Noise',
  tf: 'Transfer Function',
  sens: 'Sensitivity Analysis',
  pz: 'Pole-Zero Analysis',
};

/** The analysis that a plot name of ngspice stands for; undefined if it is none of them. */
export function analysisOfPlotName(plotName: string): AnalysisKind | undefined {
  const kinds = Object.keys(plotNames) as AnalysisKind[];
  return kinds.find((kind) => plotNames[kind].toLowerCase() === plotName.toLowerCase());
}

/** Analyses of a single point: all their columns are results. */
const scaleless: ReadonlySet<AnalysisKind> = new Set(['op', 'integrated-noise', 'tf', 'pz']);

/** The plot name that a dataset was given, or ngspice's name for its analysis. */
export function plotNameOf({ analysis, plotName }: DatasetLabels): string {
  return plotName ?? plotNames[analysis];
}

/** What a dataset is apart from its values. */
export interface DatasetLabels {
  /** The deck's title line. */
  readonly title: string;
  readonly analysis: AnalysisKind;
  /** Default: ngspice's name for the analysis, such as `Transient Analysis`. */
  readonly plotName?: string;
  /** As it shall stand in a file; left out, files do not depend on when they were made. */
  readonly date?: string;
  /** Its points are those of several steps, one after the other; the scale starts again. */
  readonly stepped?: boolean;
}

/** What a dataset is apart from its values, as a dataset of several steps. */
export function steppedLabels({ title, analysis, plotName, date }: Dataset): DatasetLabels {
  return { title, analysis, plotName, ...(date === undefined ? {} : { date }), stepped: true };
}

/** The result of one analysis: named columns of one length, the first of which is the scale. */
export class Dataset {
  readonly title: string;
  readonly analysis: AnalysisKind;
  readonly plotName: string;
  readonly date?: string;
  /** Points of several steps, one after the other. */
  readonly stepped?: boolean;
  readonly columns: readonly Column[];
  /** Number of points. */
  readonly length: number;
  /** Whether any column has an imaginary part. */
  readonly complex: boolean;
  #index: Map<string, Column> | undefined;

  /** Throws if the columns differ in length (a mistake in the program, not of the user). */
  constructor(labels: DatasetLabels, columns: readonly Column[]) {
    this.title = labels.title;
    this.analysis = labels.analysis;
    this.plotName = plotNameOf(labels);
    if (labels.date !== undefined) this.date = labels.date;
    if (labels.stepped) this.stepped = true;
    this.columns = columns;
    this.length = columns[0]?.real.length ?? 0;
    this.complex = columns.some((column) => column.imaginary !== undefined);
    for (const column of columns) this.#checkLength(column);
  }

  /** False for an analysis of a single point, such as an operating point. */
  get hasScale(): boolean {
    if (this.analysis !== 'sens') return !scaleless.has(this.analysis);
    return this.columns[0]?.quantity.kind === 'frequency';
  }

  /** The first column: time, frequency, or what a sweep swept; none of these if `hasScale` is false. */
  get scale(): Column {
    const first = this.columns[0];
    if (!first) throw new Error(`dataset '${this.plotName}' has no columns`);
    return first;
  }

  /**
   * The column with a name, however that is written: `v(out)`, `out`, `i(v1)`, `v1#branch`,
   * `@m1[id]`, in either case. Ground is a column of zeros, `v(a,b)` the difference of two columns.
   */
  get(name: string): Column | undefined {
    const index = (this.#index ??= indexColumns(this.columns));
    const found = index.get(name.trim().toLowerCase()) ?? index.get(signalKey(name));
    if (found) return found;
    if (isGround(name)) return this.#ground();
    const nodes = differenceNodes(name);
    return nodes ? this.#difference(name, ...nodes) : undefined;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** A column's real part over the scale; undefined if there is no such column. */
  waveform(name: string): Waveform | undefined {
    const column = this.get(name);
    if (!column) return undefined;
    const { real: y, slope } = column;
    return { x: this.scale.real, y, ...(slope ? { slope } : {}) };
  }

  #ground(): Column {
    const real = new Float64Array(this.length);
    const imaginary = this.complex ? { imaginary: new Float64Array(this.length) } : {};
    return { name: 'v(0)', quantity: quantityOf('voltage'), real, ...imaginary };
  }

  #difference(name: string, positive: string, negative: string): Column | undefined {
    const a = this.get(`v(${positive})`);
    const b = this.get(`v(${negative})`);
    if (!a || !b) return undefined;
    const imaginary = subtract(a.imaginary, b.imaginary);
    // Ground has no slope of its own: its slope is zero wherever the other's is known.
    const slope = subtract(
      a.slope ?? (isGround(positive) ? a.real : undefined),
      b.slope ?? (isGround(negative) ? b.real : undefined),
    );
    return {
      name: name.replace(/\s+/g, '').toLowerCase(),
      quantity: quantityOf('voltage'),
      real: subtract(a.real, b.real)!,
      ...(imaginary ? { imaginary } : {}),
      ...(slope ? { slope } : {}),
    };
  }

  #checkLength(column: Column): void {
    for (const values of [column.real, column.imaginary, column.slope]) {
      if (values && values.length !== this.length)
        throw new Error(`column '${column.name}' does not have ${this.length} points`);
    }
  }
}

/** Names as they are win over keys: a state may bear the name of a node. */
function indexColumns(columns: readonly Column[]): Map<string, Column> {
  const index = new Map<string, Column>();
  for (const keyOf of [(name: string) => name.trim().toLowerCase(), signalKey]) {
    for (const column of columns) {
      const key = keyOf(column.name);
      if (!index.has(key)) index.set(key, column);
    }
  }
  return index;
}

function subtract(a?: Float64Array, b?: Float64Array): Float64Array | undefined {
  return a && b ? a.map((value, i) => value - b[i]) : undefined;
}

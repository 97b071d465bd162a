/** What `--trace newton` and `--trace step` write: a row for each iteration, for each step. */
import type { NewtonIteration, StepAttempt, Trace, TracePlace } from '../../solver/index.js';
import type { TraceName } from '../commands/run-arguments.js';
import type { FileNames } from './file-names.js';
import { OpenFile } from './open-file.js';

/** Rows are written by the block. */
const blockLength = 65536;

type Cell = string | number;

class RowFile {
  readonly #file: OpenFile;
  #text: string;

  constructor(path: string, columns: readonly string[]) {
    this.#file = new OpenFile(path);
    this.#text = row(columns);
  }

  add(cells: readonly Cell[]): void {
    this.#text += row(cells);
    if (this.#text.length > blockLength) this.#flush();
  }

  /** Returns the file's name. */
  finish(): string {
    this.#flush();
    this.#file.close();
    return this.#file.path;
  }

  #flush(): void {
    this.#file.appendText(this.#text);
    this.#text = '';
  }
}

/** Names of unknowns may have commas: they stand in quotes then. */
function row(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\n`;
}

function cellText(cell: Cell): string {
  if (typeof cell === 'number') return Number.isNaN(cell) ? '' : String(cell);
  return cell.includes(',') || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
}

const newtonColumns = [
  'analysis',
  'time',
  'way',
  'parameter',
  'iteration',
  'worst change',
  'change/tolerance',
  'worst residual',
  'residual/tolerance',
  'vetoes',
  'verdict',
];

const stepColumns = [
  'analysis',
  'time',
  'h',
  'method',
  'error/tolerance',
  'worst',
  'iterations',
  'verdict',
];

/** The files of a run, and the listeners that fill them. */
export class TraceFiles {
  readonly listeners: Trace;
  readonly #files: RowFile[] = [];

  constructor(wanted: readonly TraceName[], names: FileNames) {
    this.listeners = {
      ...(wanted.includes('newton') ? { newton: this.#newton(names) } : {}),
      ...(wanted.includes('step') ? { step: this.#step(names) } : {}),
    };
  }

  /** Closes the files and returns their names. */
  finish(): string[] {
    return this.#files.splice(0).map((file) => file.finish());
  }

  #open(path: string, columns: readonly string[]): RowFile {
    const file = new RowFile(path, columns);
    this.#files.push(file);
    return file;
  }

  #newton(names: FileNames): (iteration: NewtonIteration, place: TracePlace) => void {
    const file = this.#open(names.trace('newton'), newtonColumns);
    return ({ time, way, parameter, iteration, change, residual, vetoes, verdict }, place) => {
      const changed = change ? [change.name, change.tolerances] : ['', NaN];
      const left = [residual.name, residual.tolerances];
      const head = [placeText(place), time, way, parameter, iteration];
      file.add([...head, ...changed, ...left, vetoes, verdict]);
    };
  }

  #step(names: FileNames): (attempt: StepAttempt, place: TracePlace) => void {
    const file = this.#open(names.trace('step'), stepColumns);
    return ({ time, h, method, ratio, worst, iterations, verdict }, place) => {
      file.add([placeText(place), time, h, method, ratio, worst, iterations, verdict]);
    };
  }
}

function placeText({ analysis, number }: TracePlace): string {
  return `${String(number)} ${analysis}`;
}

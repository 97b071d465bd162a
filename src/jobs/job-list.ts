/**
 * Many runs as a list: what `.step` asks for. A job is data, so that any executor may run it, in any
 * order: here, in a worker, on another machine. Results are grouped by its index.
 */

/** A quantity that changes from job to job. */
export interface JobTarget {
  /** A column's header: `r`, `temp`, `@m1[w]`. */
  readonly label: string;
  /** SI symbol, or °C; empty where there is none. */
  readonly unit: string;
}

/** One loop: several targets change together, a row at a time. */
export interface Loop {
  readonly targets: readonly JobTarget[];
  readonly rows: readonly (readonly number[])[];
  /** What the rows are called, where they are corners. */
  readonly names?: readonly string[];
}

export interface JobParameter extends JobTarget {
  readonly value: number;
}

export interface Job {
  /** From 0. */
  readonly index: number;
  /** `r=1000 temp=27`; unique in its list, as far as the rows differ. */
  readonly name: string;
  /** Of the loop whose rows have names. */
  readonly corner?: string;
  /** One for each target of each loop, in the order of the loops. */
  readonly parameters: readonly JobParameter[];
}

/** All combinations of the loops' rows; the first loop is the innermost. Made one at a time. */
export class JobList {
  readonly loops: readonly Loop[];
  readonly length: number;

  constructor(loops: readonly Loop[]) {
    this.loops = loops;
    this.length = loops.reduce((product, { rows }) => product * rows.length, 1);
  }

  /** The job with an index from 0 to `length` - 1. */
  at(index: number): Job {
    const parameters: JobParameter[] = [];
    let rest = index;
    const shown: string[] = [];
    let corner: string | undefined;
    for (const { targets, rows, names } of this.loops) {
      const place = rest % rows.length;
      rest = Math.floor(rest / rows.length);
      const own = targets.map(({ label, unit }, k) => ({ label, unit, value: rows[place][k] }));
      parameters.push(...own);
      if (names) corner = names[place];
      shown.push(names ? `corner=${names[place]}` : jobName(own));
    }
    const name = shown.filter((text) => text !== '').join(' ');
    return { index, name, ...(corner === undefined ? {} : { corner }), parameters };
  }

  *[Symbol.iterator](): Generator<Job, void, undefined> {
    for (let index = 0; index < this.length; index++) yield this.at(index);
  }
}

/** `r=1000 temp=27`. */
export function jobName(parameters: readonly JobParameter[]): string {
  return parameters
    .map(({ label, value }) => `${label}=${Number(value.toPrecision(12))}`)
    .join(' ');
}

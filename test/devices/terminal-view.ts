import { environment } from '../../src/devices/language/compiled.js';
import type { ModelDefinition } from '../../src/devices/language/model.js';
import { SingleInstance, type Conditions } from './single-instance.js';

/** A complex number [real, imaginary]. */
type Complex = readonly [number, number];

/**
 * A device as it looks from its terminals: inner unknowns are solved for at given voltages, and
 * eliminated from the admittances. Dense, for tests.
 */
export class TerminalView {
  readonly subject: SingleInstance;
  readonly terminals: number;
  private readonly count: number;

  constructor(definition: ModelDefinition, conditions: Conditions) {
    this.subject = new SingleInstance(definition, conditions);
    this.terminals = definition.terminals.length;
    this.count = this.subject.model.unknowns.length;
    // Limiting has come to rest when it has reached the voltages, not merely come close to them.
    this.subject.memory.environment[environment.reltol] = 1e-13;
    this.subject.memory.environment[environment.vntol] = 1e-15;
  }

  /** Currents into the terminals [A], in their order. */
  currents(voltages: readonly number[]): number[] {
    const { x } = this.subject.memory;
    voltages.forEach((v, i) => (x[i + 1] = v));
    // Inner nodes start at the mean of the terminals.
    const mean = voltages.reduce((sum, v) => sum + v, 0) / voltages.length;
    for (let i = this.terminals; i < this.count; i++) x[i + 1] = mean;
    this.solveInside();
    return voltages.map((_, i) => this.subject.f(i));
  }

  /** Newton on the inner unknowns until they stand still. */
  private solveInside(): void {
    const inside = Array.from(
      { length: this.count - this.terminals },
      (_, i) => i + this.terminals,
    );
    const { x, jf } = this.subject.memory;
    let smallest = Infinity;
    let still = 0;
    for (let iteration = 0; iteration < 2000; iteration++) {
      const vetoes = this.subject.evaluate();
      if (inside.length === 0) {
        if (vetoes === 0) return;
        continue;
      }
      const g = this.matrix(this.subject.model.staticEntries, jf);
      const rows = inside.map((row) => inside.map((column): Complex => [g[row][column], 0]));
      const step = solve(rows, [inside.map((row): Complex => [-this.subject.f(row), 0])])[0];
      let largest = 0;
      inside.forEach((column, i) => {
        largest = Math.max(largest, Math.abs(step[i][0]));
        x[column + 1] += Math.max(-1, Math.min(1, step[i][0]));
      });
      // Rounding keeps the last steps from being zero.
      still = vetoes === 0 && largest < 1e-9 && largest >= smallest ? still + 1 : 0;
      smallest = Math.min(smallest, largest);
      if (vetoes === 0 && (largest === 0 || still >= 3)) {
        this.subject.evaluate();
        return;
      }
    }
    throw new Error('the inner nodes of the device find no rest');
  }

  /** Admittances between terminals at an angular frequency [S]: `[row][column]`. */
  admittances(omega: number): Complex[][] {
    const { model, memory } = this.subject;
    const g = this.matrix(model.staticEntries, memory.jf);
    const c = this.matrix(model.dynamicEntries, memory.jq);
    const at = (row: number, column: number): Complex => [g[row][column], omega * c[row][column]];
    const range = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => i + from);
    const outside = range(0, this.terminals);
    const inside = range(this.terminals, this.count);
    const inner = inside.map((row) => inside.map((column) => at(row, column)));
    const responses = solve(
      inner,
      outside.map((column) => inside.map((row) => negative(at(row, column)))),
    );
    return outside.map((row) =>
      outside.map((column) =>
        inside.reduce(
          (sum, k, i) => add(sum, multiply(at(row, k), responses[column][i])),
          at(row, column),
        ),
      ),
    );
  }

  private matrix(
    entries: readonly { row: number; column: number }[],
    values: Float64Array,
  ): number[][] {
    const matrix = Array.from({ length: this.count }, () => new Array<number>(this.count).fill(0));
    entries.forEach(({ row, column }, k) => (matrix[row][column] += values[k + 1]));
    return matrix;
  }
}

const add = (a: Complex, b: Complex): Complex => [a[0] + b[0], a[1] + b[1]];
const negative = (a: Complex): Complex => [-a[0], -a[1]];
const multiply = (a: Complex, b: Complex): Complex => [
  a[0] * b[0] - a[1] * b[1],
  a[0] * b[1] + a[1] * b[0],
];
const divide = (a: Complex, b: Complex): Complex => {
  const scale = b[0] * b[0] + b[1] * b[1];
  return [(a[0] * b[0] + a[1] * b[1]) / scale, (a[1] * b[0] - a[0] * b[1]) / scale];
};

/** Gauss elimination with pivoting; one solution for each right-hand side. */
function solve(matrix: readonly (readonly Complex[])[], sides: readonly Complex[][]): Complex[][] {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...sides.map((side) => side[i])]);
  for (let k = 0; k < n; k++) {
    const size = (row: Complex[]): number => Math.hypot(...row[k]);
    let best = k;
    for (let i = k + 1; i < n; i++) if (size(rows[i]) > size(rows[best])) best = i;
    [rows[k], rows[best]] = [rows[best], rows[k]];
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = divide(rows[i][k], rows[k][k]);
      for (let j = k; j < rows[i].length; j++) {
        rows[i][j] = add(rows[i][j], negative(multiply(factor, rows[k][j])));
      }
    }
  }
  return sides.map((_, s) => rows.map((row, i) => divide(row[n + s], row[i])));
}

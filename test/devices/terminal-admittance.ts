import type { SingleInstance } from './single-instance.js';

type Complex = readonly [number, number];
const times = (a: Complex, b: Complex): Complex => [
  a[0] * b[0] - a[1] * b[1],
  a[0] * b[1] + a[1] * b[0],
];
const minus = (a: Complex, b: Complex): Complex => [a[0] - b[0], a[1] - b[1]];
const over = (a: Complex, b: Complex): Complex => {
  const square = b[0] * b[0] + b[1] * b[1];
  return times(a, [b[0] / square, -b[1] / square]);
};

/** ∂f/∂x and ∂q/∂x of an evaluated instance, by local unknowns. */
export function jacobians(subject: SingleInstance): { f: number[][]; q: number[][] } {
  const { model, memory } = subject;
  const empty = (): number[][] => model.unknowns.map(() => model.unknowns.map(() => 0));
  const [f, q] = [empty(), empty()];
  model.staticEntries.forEach(({ row, column }, k) => (f[row][column] += memory.jf[k + 1]));
  model.dynamicEntries.forEach(({ row, column }, k) => (q[row][column] += memory.jq[k + 1]));
  return { f, q };
}

/** Sets terminals, and finds the voltages of at most two inner nodes by Newton. */
export function bias(subject: SingleInstance, voltages: Readonly<Record<string, number>>): void {
  subject.set(voltages);
  subject.settle();
  const terminals = subject.model.definition.terminals.length;
  const inner = subject.model.unknowns.map((_, i) => i).slice(terminals);
  for (let iteration = 0; iteration < 100 && inner.length > 0; iteration++) {
    const { f } = jacobians(subject);
    const r = inner.map((i) => subject.f(i));
    const [i, j] = inner;
    const steps =
      inner.length === 1
        ? [r[0] / f[i][i]]
        : [
            (r[0] * f[j][j] - r[1] * f[i][j]) / (f[i][i] * f[j][j] - f[i][j] * f[j][i]),
            (r[1] * f[i][i] - r[0] * f[j][i]) / (f[i][i] * f[j][j] - f[i][j] * f[j][i]),
          ];
    inner.forEach((unknown, k) => (subject.memory.x[unknown + 1] -= steps[k]));
    subject.settle();
    if (Math.max(...steps.map(Math.abs)) < 1e-14) return;
  }
}

/** Admittances between terminals [S] at an angular frequency, inner nodes eliminated. */
export function admittances(subject: SingleInstance, omega: number): Complex[][] {
  const { f, q } = jacobians(subject);
  const y: Complex[][] = f.map((row, r) => row.map((g, c) => [g, omega * q[r][c]]));
  const terminals = subject.model.definition.terminals.length;
  for (let k = y.length - 1; k >= terminals; k--) {
    for (let r = 0; r < k; r++) {
      const factor = over(y[r][k], y[k][k]);
      for (let c = 0; c < k; c++) y[r][c] = minus(y[r][c], times(factor, y[k][c]));
    }
  }
  return y.slice(0, terminals).map((row) => row.slice(0, terminals));
}

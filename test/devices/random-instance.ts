/** Random instances and biases of any model; numbers are drawn by name, so that they repeat. */
import { inRange, uniform, type Parameter, type ParameterTable } from '../../src/base/index.js';
import type { ModelDefinition } from '../../src/devices/language/model.js';
import { SingleInstance } from './single-instance.js';

/** Magnitudes for parameters whose default does not tell one. */
const typical: Readonly<Record<string, number>> = {
  Ω: 20,
  A: 1e-9,
  'A/m²': 1e-6,
  V: 0.8,
  '√V': 0.5,
  '1/V': 0.05,
  'V/K': 1e-3,
  F: 1e-12,
  'F/m': 2e-10,
  'F/m²': 3e-4,
  H: 1e-6,
  s: 1e-9,
  m: 20e-9,
  'm²': 1e-11,
  '1/K': 1e-3,
  '1/K²': 1e-6,
  '%/K': 0.1,
  'K/W': 10,
  'J/K': 1e-5,
  '1/cm³': 1e16,
  '1/cm²': 1e10,
  'm/V': 1e-9,
  'm/√V': 1e-9,
  'V·m': 1e-9,
  'F/(V·m²)': 1e-4,
  'Ω·µm': 100,
  'm^(lln+1)': 1e-16,
  'm^(lwn+1)': 1e-16,
  'm^(wln+1)': 1e-16,
  'm^(wwn+1)': 1e-16,
  'm^(lln+lwn+1)': 1e-26,
  'm^(wln+wwn+1)': 1e-26,
  'm²/(V·s)': 0.03,
  'm³/(V·s)': 1e-18,
  'm/s': 1e5,
  '1/√V': 0.1,
  'V/√m': 10,
  'V/m': 2e9,
  'V³': 0.5,
  '1/m': 1e4,
  '1/m²': 1e14,
  'S/m': 1e-4,
  'A/m': 1e-10,
  'Ω·µm^wr': 10,
  '√(F/m)·s/m': 0.012,
  '√(F/m)·s/(m·V)': 2e-3,
  'm^llodku0': 1e-7,
  'm^wlodku0': 1e-7,
  'm^llodvth': 1e-7,
  'm^wlodvth': 1e-7,
  'V·m^dvtp3': 1e-3,
  '1/(eV·m³)': 1e41,
  '1/(eV·m)': 1e26,
};

/** Binning coefficients, lx, wx and px of x, are small against what they belong to, also by 1/m. */
function sizeEffect(name: string, table: ParameterTable): number {
  const base = name.slice(1);
  const family = [base, `l${base}`, `w${base}`, `p${base}`];
  if (base === '' || !family.slice(1).includes(name)) return 1;
  if (!family.every((each) => Object.hasOwn(table, each))) return 1;
  const { default: nominal, unit } = table[base];
  const drawn = typical[table[name].unit] ?? 0.4;
  const part = name.startsWith('p') ? 1e-13 : 3e-8;
  return (part * Math.abs(nominal || (typical[unit] ?? 0.4))) / drawn;
}

/** Draws one number after the other, by what they are for. */
export class Draws {
  private readonly key: string;
  private count = 0;
  constructor(...key: readonly (string | number)[]) {
    this.key = key.join(' ');
  }

  /** Uniform between the bounds. */
  between(low: number, high: number): number {
    const draw = { seed: 1, run: 0, instance: this.key, draw: String(this.count++), event: 0 };
    return low + (high - low) * uniform(draw);
  }

  chance(probability: number): boolean {
    return this.between(0, 1) < probability;
  }

  parameter(parameter: Parameter): number {
    const { range, kind } = parameter;
    if (kind !== 'real') {
      const low = Math.max(range.low, -5);
      return Math.floor(this.between(low, Math.min(range.high, 5) + 1));
    }
    const magnitude = parameter.default || (typical[parameter.unit] ?? 0.4);
    const value = magnitude * Math.exp(this.between(-0.5, 0.5));
    if (inRange(value, range)) return value;
    const middle = (range.low + range.high) / 2;
    return Number.isFinite(middle) ? middle : Math.min(Math.max(value, range.low), range.high);
  }

  /** About half of the parameters are given; so some structures have an effect and some lack it. */
  table(table: ParameterTable): Record<string, number> {
    return Object.fromEntries(
      Object.entries(table)
        .filter(() => this.chance(0.5))
        .map(([name, parameter]) => [name, this.parameter(parameter) * sizeEffect(name, table)]),
    );
  }
}

function hasBranch({ model }: SingleInstance): boolean {
  return model.unknowns.some(({ kind }) => kind === 'branch');
}

/** Random parameters, about half of them given; inputs and temperature too. */
export function randomInstance(definition: ModelDefinition, draws: Draws): SingleInstance {
  const drivesVoltage = hasBranch(new SingleInstance(definition));
  const instance = draws.table(definition.instance);
  // Of devices in parallel a branch current is that of one; the others multiply their currents.
  if (!drivesVoltage && draws.chance(0.5)) instance.m = draws.between(0.5, 5);
  const card = draws.table(definition.parameters);
  const conditions = { card, instance, temperature: draws.between(230, 400) };
  let subject = new SingleInstance(definition, conditions);
  // Some models have branches with some parameters only.
  if (!drivesVoltage && hasBranch(subject)) {
    delete instance.m;
    subject = new SingleInstance(definition, conditions);
  }
  for (const name of Object.keys(definition.inputs)) subject.setInput(name, draws.between(-2, 2));
  return subject;
}

/** A random bias at which limiting has come to rest. */
export function bias(subject: SingleInstance, draws: Draws): void {
  const values = subject.model.unknowns.map(({ name, quantity }) => {
    if (quantity === 'voltage') return [name, draws.between(-1.5, 1.5)];
    if (quantity === 'state') return [name, draws.between(-0.01, 1.01)];
    return [name, draws.between(-1, 1)];
  });
  subject.set(Object.fromEntries(values) as Record<string, number>);
  subject.settle();
}

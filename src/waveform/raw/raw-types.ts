import { quantityOf, type Quantity } from '../waveform.js';

/** ngspice's variable types, with the quantity that each stands for. */
const quantities: Readonly<Record<string, Quantity>> = {
  time: quantityOf('time'),
  frequency: quantityOf('frequency'),
  voltage: quantityOf('voltage'),
  current: quantityOf('current'),
  temperature: quantityOf('temperature'),
  'temp-sweep': quantityOf('temperature'),
  'res-sweep': quantityOf('parameter', 'Ω'),
  'voltage-density': quantityOf('other', 'V/√Hz'),
  'current-density': quantityOf('other', 'A/√Hz'),
  impedance: quantityOf('other', 'Ω'),
  admittance: quantityOf('other', 'S'),
  capacitance: quantityOf('other', 'F'),
  charge: quantityOf('other', 'C'),
  power: quantityOf('other', 'W'),
  phase: quantityOf('other', 'rad'),
  decibel: quantityOf('other', 'dB'),
  notype: quantityOf('other'),
};

/** The quantity of a variable type; types that are not known are quantities without a unit. */
export function quantityOfRawType(type: string): Quantity {
  return quantities[type.toLowerCase()] ?? quantities.notype;
}

/** The variable type of a column. `isScale` tells a sweep of the temperature from a measured one. */
export function rawTypeOf({ kind, unit }: Quantity, isScale: boolean): string {
  if (kind === 'temperature') return isScale ? 'temp-sweep' : 'temperature';
  const exact = Object.entries(quantities).find(([, q]) => q.kind === kind && q.unit === unit);
  if (exact) return exact[0];
  return kind in quantities ? kind : 'notype';
}

/**
 * A column's name as ngspice writes it: voltages as `v(…)`, currents as `i(…)`, without blanks
 * (which would end the name). A name that has parentheses already stays as it is.
 */
export function rawNameOf(name: string, { kind }: Quantity): string {
  const compact = name.replace(/\s+/g, '');
  if (compact.includes('(')) return compact;
  if (kind === 'voltage') return `v(${compact})`;
  if (kind === 'current') return `i(${compact.replace(/#branch$/i, '')})`;
  return compact;
}

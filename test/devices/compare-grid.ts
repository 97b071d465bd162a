import { catalog } from '../../src/devices/catalog.js';
import type { ModelDefinition } from '../../src/devices/language/model.js';
import { ngspiceTable, renamed, type DeckInstance, type NgspiceTable } from './ngspice-table.js';
import { relativeError } from './relative-error.js';
import { TerminalView } from './terminal-view.js';

/** The worst difference of a device from ngspice over a grid of biases. */
export interface GridResult {
  /** Relative, beyond the floor. */
  readonly worst: number;
  /** Where, for messages: bias, terminal, both values. */
  readonly where: string;
}

export interface GridDevice {
  readonly name: string;
  /** Currents into the terminals, relative beyond 1e-9 A: to 1e-15 A at 1e-6. */
  currents(): GridResult;
  /** Susceptances between terminals, relative beyond rounding and that of 1e-21 F. */
  susceptances(): GridResult;
}

/** 10 MHz, as `write-grid.mjs` says. */
const omega = 2 * Math.PI * 1e7;

/** The devices of a grid of `ngspice/grids.mjs`, each beside what ngspice 39 wrote. */
export function gridDevices(grid: string, letter: string, terminals: string): GridDevice[] {
  const nodes = terminals.split(' ');
  const dc = ngspiceTable(grid, letter, nodes.length);
  const ac = (): NgspiceTable => ngspiceTable(`${grid}-ac`, letter, nodes.length);
  return dc.instances.map((device) => ({
    name: device.name,
    currents: () => worstCurrent(view(device, letter), device.name, dc, nodes),
    susceptances: () => worstSusceptance(view(device, letter), device.name, ac(), nodes),
  }));
}

function view(device: DeckInstance, letter: string): TerminalView {
  const level = device.card.get('level') ?? 1;
  for (const { definition, letter: own, cards } of catalog) {
    const card = cards.find(
      ({ type, levels }) => type === device.type && (levels?.includes(level) ?? true),
    );
    if (own !== letter || !card) continue;
    const values = new Map([...device.card].filter(([name]) => name !== 'level'));
    return new TerminalView(definition, {
      card: { ...card.sets, ...renamed(definition, values) },
      instance: instanceValues(definition, device),
    });
  }
  throw new Error(`no model for ${device.name}`);
}

/** At an instance m is the number of devices, whatever it means on a card. */
function instanceValues(
  definition: ModelDefinition,
  { parameters }: DeckInstance,
): Record<string, number> {
  const m = parameters.get('m');
  const others = new Map([...parameters].filter(([name]) => name !== 'm'));
  return { ...renamed(definition, others), ...(m === undefined ? {} : { m }) };
}

function worstCurrent(
  subject: TerminalView,
  name: string,
  { columns }: NgspiceTable,
  nodes: readonly string[],
): GridResult {
  const result = new Worst();
  const biases = nodes.map((node) => columns.get(node)!);
  const expected = nodes.map((node) => columns.get(`i(v${node}_${name})`)!);
  biases[0].forEach((_, i) => {
    const bias = biases.map((column) => column[i]);
    const currents = subject.currents(bias);
    // Where kiloamperes cancel between terminals, the last digits of ngspice are lost.
    const floor = Math.max(1e-9, ...expected.map((column) => 1e-9 * Math.abs(column[i])));
    nodes.forEach((node, k) => {
      result.add(currents[k], expected[k][i], floor, `i(${node}) at ${bias.join(' ')}`);
    });
  });
  return result;
}

function worstSusceptance(
  subject: TerminalView,
  name: string,
  { columns }: NgspiceTable,
  nodes: readonly string[],
): GridResult {
  const result = new Worst();
  const biases = nodes.map((node) => columns.get(`real(@v${node}[dc])`)!);
  const drives = nodes.map((node) => columns.get(`real(@v${node}[acmag])`)!);
  const expected = nodes.map((node) => columns.get(`imag(i(v${node}_${name}))`)!);
  biases[0].forEach((_, i) => {
    const bias = biases.map((column) => column[i]);
    const driven = drives.findIndex((column) => column[i] === 1);
    subject.currents(bias);
    const matrix = subject.admittances(omega);
    const size = Math.max(...matrix.flat().map((y) => Math.hypot(...y)));
    nodes.forEach((node, k) => {
      // Rounding; and some of the gmin of 1e-12 S is missing in small signals of ngspice.
      const floor = omega * 1e-21 + 1e-4 * size;
      const at = `${node} from ${nodes[driven]} at ${bias.join(' ')}`;
      result.add(matrix[k][driven][1], expected[k][i], floor, at);
    });
  });
  return result;
}

class Worst implements GridResult {
  worst = 0;
  where = '';

  add(actual: number, expected: number, floor: number, at: string): void {
    const error = relativeError(actual, expected, floor);
    if (error <= this.worst) return;
    this.worst = error;
    this.where = `${at}: ${String(actual)}, ngspice has ${String(expected)}`;
  }
}

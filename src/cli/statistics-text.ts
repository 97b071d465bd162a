import { formatQuantity, zeroCelsius } from '../base/index.js';
import type { Circuit } from '../netlist/index.js';
import { bindOptions, optionTable, type Statistics } from '../solver/index.js';
import { textTable } from './text-table.js';

/** What a run cost. */
export function statisticsText(statistics: Statistics): string {
  const { seconds } = statistics;
  const rejected = statistics.rejectedByError + statistics.rejectedByNewton;
  const rows = [
    ['accepted points', String(statistics.acceptedPoints)],
    ['rejected steps', String(rejected), `${statistics.rejectedByNewton} of them by Newton`],
    ['steps for events', String(statistics.eventSteps)],
    ['discontinuities', String(statistics.discontinuities)],
    ['steps damped', String(statistics.ringing), 'the trapezoidal rule rang'],
    ['Newton iterations', String(statistics.iterations)],
    ['evaluations', String(statistics.evaluations)],
    [
      'factorizations',
      String(statistics.factorizations),
      `${statistics.refactorizations} with known pivots`,
    ],
    ...Object.entries(seconds).map(([phase, time]) => [phase, formatQuantity(time, 's', 3)]),
  ];
  return `statistics\n${textTable(rows, [false, true])}`;
}

/** The options in force, those that a deck has set marked by an asterisk. */
export function optionsText(circuit: Circuit): string {
  const options = bindOptions(circuit.options, []);
  const rows = Object.entries(optionTable).map(([name, { unit, doc }]) => {
    const value = options[name as keyof typeof optionTable];
    const shown = unit === '°C' ? value - zeroCelsius : value;
    return [
      (circuit.options.has(name) ? '* ' : '  ') + name,
      Number.isNaN(shown) ? '-' : `${Number(shown.toPrecision(12))}${unit ? ` ${unit}` : ''}`,
      doc,
    ];
  });
  const mark = circuit.options.has('method') ? '* ' : '  ';
  rows.push([`${mark}method`, options.method, 'integration method']);
  return `options (* set by the deck)\n${textTable(rows, [false, true])}`;
}

import type { SettingProblem } from '../trainers/trainer.js';
import type { CosimSettings } from './cosim-settings.js';

/** Levels that do not go together. */
export function levelProblems(settings: CosimSettings): SettingProblem[] {
  const { grid, feedback, subtraction, neuron, hidden, transistors, bootstrap } = settings;
  const isCircuit = grid === 'circuit' || grid === 'quasi-static';
  const found: SettingProblem[] = [];
  const add = (setting: string, message: string): void => void found.push({ setting, message });
  if (feedback === 'circuit' && grid !== 'circuit')
    add('feedback', `a feedback circuit needs the grid as a circuit in time, and it is '${grid}'`);
  if (subtraction === 'circuit' && !isCircuit)
    add('subtraction', `amplifiers stand in the circuit of the grid, and that is '${grid}'`);
  if (neuron === 'circuit' && !isCircuit)
    add('neuron', `neurons stand in the circuit of the grid, and that is '${grid}'`);
  if (neuron !== 'ideal' && hidden.length === 0)
    add('neuron', `a single layer has no neuron that could be '${neuron}'`);
  if (transistors === 'level1')
    for (const [name, level] of Object.entries({ feedback, subtraction, neuron }))
      if (level === 'circuit')
        add(name, 'amplifiers and comparators are sized for the BSIM3 cards, not for level 1');
  if (bootstrap && isNetwork(settings))
    add('bootstrap', 'an error bar is of a single layer with ideal errors');
  return found;
}

/** What is trained as a whole network: hidden layers, peripheral circuits, noise in circuits. */
export function isNetwork(settings: CosimSettings): boolean {
  const { grid, hidden, feedback, subtraction, noiseTemperature } = settings;
  const isCircuit = grid === 'circuit' || grid === 'quasi-static';
  return (
    hidden.length > 0 ||
    feedback === 'circuit' ||
    subtraction === 'circuit' ||
    (isCircuit && noiseTemperature !== undefined)
  );
}

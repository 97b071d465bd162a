/**
 * Draws the figures of the weak-RESET paper from simulated devices, and writes our numbers beside
 * those of the paper: `npm run figures:weak-reset -- [folder] [seed]`.
 */
import { reportFigures } from './figures/report-figures.js';
import { figures } from './weak-reset/figures.js';

const [folder = 'results/weak-reset', seed = '1'] = process.argv.slice(2);
await reportFigures(
  {
    title: 'Weak RESET: figures of the paper',
    figures,
    behind:
      'Endurance (Fig. 2, above 5e10 cycles at 1 µs) is documented only: the model has no wear.',
  },
  folder,
  Number(seed),
);

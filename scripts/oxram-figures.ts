/**
 * Draws what the OxRAM models do (loops, pulses, states by compliance, cycles) and writes their numbers
 * beside those published, or computed apart: `npm run figures:oxram -- [folder] [seed]`.
 */
import { reportFigures } from './figures/report-figures.js';
import {
  bocquetValues,
  otherValues,
  pulseResponses,
  stanfordValues,
} from './oxram/check-values.js';
import { compliances } from './oxram/compliance.js';
import { cycleSpread } from './oxram/cycles.js';
import { loops, publishedLoops } from './oxram/loops.js';

const [folder = 'results/oxram', seed = '1'] = process.argv.slice(2);
await reportFigures(
  {
    title: 'OxRAM models',
    before: `What "expected" is: values of a release (gap model 1.0.0, gap and width 2.0), of the SkyWater PDK or of
Bengel et al. (2020), with numbers computed from their equations by other means than the simulator;
the three SET states and rows P1 and P2 are of the paper on hybrid CMOS-OxRAM networks, which prints
no switching voltages and no medians. The values of the filament model (Bocquet) are OUR calibration:
those of its paper could not be verified, so that agreement there says that the equations are solved
right, not that the device is somebody's.`,
    figures: [
      stanfordValues,
      otherValues,
      bocquetValues,
      ...loops,
      publishedLoops,
      pulseResponses,
      compliances,
      cycleSpread,
    ],
  },
  folder,
  Number(seed),
);

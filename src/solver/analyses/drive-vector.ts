import type { AnalysisContext } from './analysis.js';
import { driveOf, phasors, type Phasors } from './small-signal.js';

/** −∂f/∂u·U of all sources with an ac value. */
export function driveVector(context: AnalysisContext): Phasors {
  const sum = phasors(context.system.n);
  for (const source of context.sources.list) {
    if (!source.waveform.ac) continue;
    const { magnitude, phase } = source.waveform.ac;
    const [re, im] = [magnitude * Math.cos(phase), magnitude * Math.sin(phase)];
    driveOf(context, source).forEach((unit, row) => {
      sum.re[row] += unit * re;
      sum.im[row] += unit * im;
    });
  }
  return sum;
}

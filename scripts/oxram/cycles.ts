/** Cycle-to-cycle distributions of the on and off states of a cell behind a transistor. */
import { readFileSync } from 'node:fs';
import { normalProbability } from '../../src/base/index.js';
import { summarize } from '../../src/jobs/index.js';
import { histogramSvg } from '../../src/waveform/plot/index.js';
import type { Check, Figure } from '../figures/figure.js';
import { simulated } from '../figures/simulated.js';

const cycles = 200;
const period = 600e-9;

/** What the header of circuits/models/oxram.lib states. */
const stated = { on: [6.6e3, 0.18], off: [218e3, 0.2] } as const;

/** RESET, read, SET behind the limiting gate, read; the gate is open apart from SET. */
function deck(seed: number): string {
  const card = readFileSync(new URL('../../circuits/models/oxram.lib', import.meta.url), 'utf8');
  return `cycles
${card.replaceAll(/^\*.*\n/gm, '')}
.model sw nmos(vto=0.5 kp=20m)
v1 in 0 pwl(0 0 5n -2.2 150n -2.2 155n 0 200n 0 205n 0.1 240n 0.1 245n 0
+ 300n 0 310n 3 440n 3 450n 0 500n 0 505n 0.1 540n 0.1 545n 0 600n 0) r=0
vg g 0 pwl(0 5 280n 5 285n {0.5+sqrt(2*1.77m/20m)} 460n {0.5+sqrt(2*1.77m/20m)} 465n 5 600n 5) r=0
n1 in d oxram
m1 d g 0 0 sw w=1u l=1u
.options seed=${seed}
.tran 5n ${cycles * period}
.save @n1[r]
.end`;
}

/** Largest distance of ln R to the normal law of its moments, times √n (Lilliefors). */
function distance(logs: readonly number[], mean: number, sigma: number): number {
  const n = logs.length;
  const sorted = Float64Array.from(logs).sort();
  const worst = sorted.reduce((largest, value, k) => {
    const p = normalProbability((value - mean) / sigma);
    return Math.max(largest, Math.abs(p - k / n), Math.abs((k + 1) / n - p));
  }, 0);
  return Math.sqrt(n) * worst;
}

export async function cycleSpread(seed: number): Promise<Figure> {
  const dataset = await simulated(deck(seed));
  const times = dataset.scale.real;
  const r = dataset.get('@n1[r]')!.real;
  const read = (offset: number): number[] => {
    let k = 0;
    return Array.from({ length: cycles }, (_, n) => {
      while (times[k] < n * period + offset) k++;
      return r[k];
    });
  };
  const samples = { off: read(230e-9), on: read(530e-9) };
  const checks: Check[] = [];
  const pictures: Record<string, string> = {};
  const medians: Record<string, number> = {};
  for (const state of ['on', 'off'] as const) {
    const values = samples[state];
    const logs = values.map(Math.log);
    const { mean, sigma, quantiles } = summarize(logs);
    const median = quantiles.find(({ probability }) => probability === 0.5)!;
    medians[state] = Math.exp(median.value);
    const [low, high] = median.interval!.map((value) => Math.exp(value) / 1e3);
    const [least, most] = sigma!.interval!;
    const [askedMedian, askedSigma] = stated[state];
    const title = `${state === 'on' ? 'On' : 'Off'} state`;
    pictures[`cycles-${state}`] = histogramSvg({
      values: values.map((value) => Math.log10(value)),
      title: `${title} of ${cycles} cycles of the gap model`,
      subtitle: `median ${(medians[state] / 1e3).toFixed(2)} kΩ [${low.toFixed(2)}, ${high.toFixed(2)}] · σ(ln R) ${sigma!.value.toFixed(3)} [${least.toFixed(3)}, ${most.toFixed(3)}] · 95 %`,
      label: 'log10(R/Ω)',
      mean: mean!.value / Math.LN10,
      sigma: sigma!.value / Math.LN10,
    });
    checks.push(
      {
        what: `${title}: median of ${cycles} cycles [Ω]`,
        ours: medians[state],
        expected: askedMedian,
        within: 0.05 * askedMedian,
        source: 'stated in oxram.lib; not printed in the paper',
      },
      {
        what: `${title}: σ of ln R [${least.toFixed(3)}, ${most.toFixed(3)}]`,
        ours: sigma!.value,
        expected: askedSigma,
        within: 0.17 * askedSigma, // χ² of 200 cycles: 99.9 %
        source: 'stated in oxram.lib; not printed in the paper',
      },
      {
        what: `${title}: √n·D of ln R to a normal law (p > 0.01 below 1.031)`,
        ours: distance(logs, mean!.value, sigma!.value),
        expected: 0,
        within: 1.031,
        source: 'log-normal, Lilliefors',
      },
    );
  }
  checks.push({
    what: 'window: median off over median on (at least 5)',
    ours: Math.min(medians.off / medians.on, 1e9),
    expected: stated.off[0] / stated.on[0],
    within: stated.off[0] / stated.on[0] - 5,
    source: 'row P2',
  });
  return { pictures, checks };
}

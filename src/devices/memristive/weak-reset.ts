import { flag, integer, optionalReal, real } from '../../base/index.js';
import { normalProbability, normalQuantile } from '../../base/normal-law.js';
import { model } from '../language/model.js';
import { kasdinTap } from './kasdin-tap.js';
import { truncatedExponential, truncatedNormal } from './truncated-laws.js';
import { weakResetNoise, weakResetPulse, weakResetSpread } from './weak-reset-table.js';

const { m1, c1, tstar, m2, r0, a } = weakResetSpread;

const changesNothing =
  'there are data for pulses of vpulse and tpulse only: it changes nothing here, and the resistance is a guess';
const countsAsOne =
  'there are data for pulses of vpulse and tpulse only: it counts as one here, and the resistance is a guess';

/**
 * Weak RESET of HfOx memories: a resistance that pulses raise.
 * Majumdar et al., "Model of the weak RESET process in HfOx resistive memory for deep learning
 * frameworks", IEEE TED 68(10), 4925, 2021, eqs. (1)-(6), Tables I and II.
 *
 * The model is one of pulses, not of voltages: between pulses it is a resistor. A pulse is
 * an excursion of v(n) − v(p) (RESET is negative at p) beyond vpulse/2; its width is taken there. It
 * counts, when it ends, if it reached vpulse within vtol and lasted tpulse within ttol. What is
 * higher or longer counts as one too. The output `outside` counts every excursion that the data do
 * not cover: too low, too short, too high, too long, begun before the analysis, or of the other
 * polarity; the first of each kind is warned of. Where it is not zero, the resistance is a guess.
 * There is no SET, and no wear.
 *
 * Each device draws what its card does not give; m1, c1, tstar, m2, r0, a may be given.
 */
export const weakReset = model({
  name: 'weakreset',
  title: 'weak RESET of HfOx by pulses (Majumdar)',
  terminals: ['p', 'n'],
  parameters: {
    spread: flag(
      true,
      'devices differ; otherwise each has the means (tstar: the median) of the laws',
    ),
    m1: optionalReal('', 'growth of the gap per pulse before the knee; drawn if not given'),
    c1: optionalReal('', 'gap before the first pulse; drawn if not given'),
    tstar: optionalReal('', 'pulse number of the knee; drawn if not given', '[0:inf)'),
    m2: optionalReal('', 'growth of the gap per pulse behind the knee; drawn if not given'),
    r0: optionalReal('Ω', 'resistance where the gap is zero; drawn if not given', '(0:inf)'),
    a: optionalReal('', 'amplitude of the telegraph noise; drawn if not given'),
    m1offset: real(m1.offset, '', 'least m1', '[0:inf)'),
    m1scale: real(m1.scale, '', 'mean of m1 above that', '(0:inf)'),
    m1most: real(m1.most, '', 'largest m1', '(0:inf)'),
    c1mean: real(c1.mean, '', 'mean of c1'),
    c1sigma: real(c1.sigma, '', 'deviation of c1', '(0:inf)'),
    c1least: real(c1.least, '', 'least c1'),
    c1most: real(c1.most, '', 'largest c1'),
    tmedian: real(tstar.median, '', 'median of tstar', '(0:inf)'),
    tsigma: real(tstar.sigma, '', 'deviation of ln tstar', '(0:inf)'),
    tleast: real(tstar.least, '', 'least tstar', '(0:inf)'),
    tmost: real(tstar.most, '', 'largest tstar', '(0:inf)'),
    m2scale: real(m2.scale, '', 'mean of m2', '(0:inf)'),
    m2most: real(m2.most, '', 'largest m2', '(0:inf)'),
    r0mean: real(r0.mean, 'Ω', 'mean of r0', '(0:inf)'),
    r0sigma: real(r0.sigma, 'Ω', 'deviation of r0', '(0:inf)'),
    r0least: real(r0.least, 'Ω', 'least r0', '(0:inf)'),
    r0most: real(r0.most, 'Ω', 'largest r0', '(0:inf)'),
    amost: real(a.most, '', 'largest a', '[0:inf)'),
    phigh: real(weakResetNoise.phigh, '', 'probability per pulse to go up', '[0:1]'),
    plow: real(weakResetNoise.plow, '', 'probability per pulse to go down', '[0:1]'),
    alpha: real(weakResetNoise.alpha, '', 'factor of the pink noise', '[0:inf)'),
    taps: integer(
      weakResetNoise.taps,
      'coefficients of the pink noise: 15, or 16 by (5)',
      '[15:16]',
    ),
    knee: flag(false, 'telegraph noise behind the knee only'),
    code: flag(
      false,
      "noise of the authors' program: uniform numbers, amplitude new at each pulse",
    ),
    vpulse: real(weakResetPulse.voltage, 'V', 'height of a pulse', '(0:inf)'),
    tpulse: real(weakResetPulse.width, 's', 'width of a pulse at half its height', '(0:inf)'),
    vtol: real(0.1, '', 'tolerance of the height', '[0:0.5)'),
    ttol: real(0.2, '', 'tolerance of the width', '[0:1)'),
  },
  held: {
    pulses: { initial: 0, doc: 'pulses so far' },
    outside: { initial: 0, doc: 'excursions that the data do not cover' },
    toolow: {
      initial: 0,
      doc: 'excursions that were too low',
      warns: { what: 'took a pulse that is too low', help: changesNothing },
    },
    tooshort: {
      initial: 0,
      doc: 'excursions that were too short',
      warns: { what: 'took a pulse that is too short', help: changesNothing },
    },
    toohigh: {
      initial: 0,
      doc: 'excursions that were too high',
      warns: { what: 'took a pulse that is too high', help: countsAsOne },
    },
    toolong: {
      initial: 0,
      doc: 'excursions that were too long',
      warns: { what: 'took a pulse that is too long', help: countsAsOne },
    },
    reversed: {
      initial: 0,
      doc: 'excursions of the other polarity',
      warns: { what: 'took a pulse of the other polarity', help: changesNothing },
    },
    begun: {
      initial: 0,
      doc: 'excursions that began before the analysis',
      warns: { what: 'ended a pulse that began before the analysis', help: changesNothing },
    },
    begin: {
      initial: -1,
      doc: 'time at which the excursion began; -1: none was seen, -2: it has ended [s]',
    },
    ended: { initial: -1, doc: 'time at which the last one ended; negative: there was none [s]' },
    reached: { initial: 0, doc: 'whether the excursion is high enough' },
    exceeded: { initial: 0, doc: 'whether it is too high' },
    high: { initial: 0, doc: 'state of the telegraph noise' },
    part: { initial: 1, doc: 'part of the amplitude that it has' },
    // White numbers of this pulse and those before it.
    ...Object.fromEntries(
      Array.from({ length: 16 }, (_, k) => [
        `w${k}`,
        { initial: 0, doc: `white number, ${k} pulses ago` },
      ]),
    ),
  },
  uses: { normalProbability, normalQuantile, truncatedExponential, truncatedNormal, kasdinTap },
  // prettier-ignore
  analog(
    {
      V, I, held, set, on, cross, above, initial, draw, given, time, output,
      normalProbability, normalQuantile, truncatedExponential, truncatedNormal, kasdinTap,
    },
    p,
  ) {
    // Device to device: Table I.
    const between = (uniform: number, mean: number, sigma: number, least: number, most: number): number =>
      truncatedNormal(uniform, mean, sigma, least, most, normalProbability, normalQuantile);
    const ownM1 = given('m1') ? p.m1 : p.spread
      ? truncatedExponential(draw('m1', 'uniform'), p.m1offset, p.m1scale, p.m1most)
      : p.m1offset + p.m1scale;
    const ownC1 = given('c1') ? p.c1 : p.spread
      ? between(draw('c1', 'uniform'), p.c1mean, p.c1sigma, p.c1least, p.c1most)
      : p.c1mean;
    const [first, last] = [Math.log(p.tleast / p.tmedian), Math.log(p.tmost / p.tmedian)];
    const ownTstar = given('tstar') ? p.tstar : p.spread
      ? p.tmedian * Math.exp(between(draw('tstar', 'uniform'), 0, p.tsigma, first, last))
      : p.tmedian;
    const ownM2 = given('m2') ? p.m2 : p.spread
      ? truncatedExponential(draw('m2', 'uniform'), 0, p.m2scale, p.m2most)
      : p.m2scale;
    const ownR0 = given('r0') ? p.r0 : p.spread
      ? between(draw('r0', 'uniform'), p.r0mean, p.r0sigma, p.r0least, p.r0most)
      : p.r0mean;
    const ownA = given('a') ? p.a : p.spread ? p.amost * draw('a', 'uniform') : p.amost / 2;

    // Names of the white numbers, and of the draws that they begin with.
    const past = [
      'w0', 'w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'w7',
      'w8', 'w9', 'w10', 'w11', 'w12', 'w13', 'w14', 'w15',
    ];
    const firstOmega = [
      'omega0', 'omega1', 'omega2', 'omega3', 'omega4', 'omega5', 'omega6', 'omega7',
      'omega8', 'omega9', 'omega10', 'omega11', 'omega12', 'omega13', 'omega14', 'omega15',
    ];
    const firstWhite = [
      'white0', 'white1', 'white2', 'white3', 'white4', 'white5', 'white6', 'white7',
      'white8', 'white9', 'white10', 'white11', 'white12', 'white13', 'white14', 'white15',
    ];

    // Excursions.
    const u = -V('p', 'n');
    const half = p.vpulse / 2;
    on(above(u - half), () => {
      // A pulse that counts raises the resistance, and may so lift the voltage over the level again:
      // that is still the same pulse.
      const same = held('ended') >= 0 && time - held('ended') < 0.01 * p.tpulse;
      set('begin', same ? -2 : time);
      set('reached', 0);
      set('exceeded', 0);
    });
    on(cross(u - p.vpulse * (1 - p.vtol), 1), () => { set('reached', 1); });
    on(cross(u - p.vpulse * (1 + p.vtol), 1), () => { set('exceeded', 1); });
    on(cross(-u - half, 1), () => {
      set('outside', held('outside') + 1);
      set('reversed', held('reversed') + 1);
    });
    on(cross(u - half, -1), () => {
      const seen = held('begin') > 0;
      const again = held('begin') < -1;
      const width = seen ? time - held('begin') : 0;
      const high = held('reached') > 0;
      const long = width >= p.tpulse * (1 - p.ttol);
      const counts = high && long;
      const longer = width > p.tpulse * (1 + p.ttol);
      if (!seen && !again) set('begun', held('begun') + 1);
      if (seen && !high) set('toolow', held('toolow') + 1);
      if (seen && !long) set('tooshort', held('tooshort') + 1);
      if (counts && held('exceeded') > 0) set('toohigh', held('toohigh') + 1);
      if (counts && longer) set('toolong', held('toolong') + 1);
      if (!again && (!counts || held('exceeded') > 0 || longer))
        set('outside', held('outside') + 1);
      if (counts) {
        set('pulses', held('pulses') + 1);
        // Telegraph noise: Table II, n = 1.
        const chance = draw('telegraph', 'uniform');
        if (held('high') > 0) set('high', chance < p.plow ? 0 : 1);
        else set('high', chance < p.phigh ? 1 : 0);
        if (p.code) set('part', draw('part', 'uniform') * draw('limit', 'uniform'));
        // Pink noise: one new number.
        for (let k = 15; k > 0; k--) set(past[k], held(past[k - 1]));
        set('w0', p.code ? draw('white', 'uniform') : draw('omega', 'normal'));
      }
      set('begin', -2);
      if (!again) set('ended', time);
    });
    on(initial(), () => {
      for (let k = 0; k < 16; k++)
        set(past[k], p.code ? draw(firstWhite[k], 'uniform') : draw(firstOmega[k], 'normal'));
    });

    // Gap: (3), (4), (5), (6).
    const t = held('pulses');
    const mean = ownC1 + ownM1 * Math.min(t, ownTstar) + ownM2 * Math.max(t - ownTstar, 0);
    const shown = p.knee ? (t >= ownTstar ? 1 : 0) : 1;
    const telegraph = ownA * held('part') * held('high') * shown;
    let sum = p.taps > 15 ? kasdinTap(15) * held('w15') : 0;
    for (let k = 0; k < 15; k++) sum += kasdinTap(k) * held(past[k]);
    const pink = p.alpha * sum;
    const w = mean + telegraph + pink;

    // Resistance: (2).
    const r = ownR0 * Math.exp(w);
    const i = V('p', 'n') / r;
    I('p', 'n', i);

    output('r', r, 'Ω', 'resistance');
    output('i', i, 'A', 'current');
    output('v', V('p', 'n'), 'V', 'voltage');
    output('w', w, '', 'gap');
    output('mean', mean, '', 'gap without noise');
    output('telegraph', telegraph, '', 'telegraph noise of the gap');
    output('pink', pink, '', 'pink noise of the gap');
    output('pulses', t, '', 'pulses so far');
    output('outside', held('outside'), '', 'excursions that the data do not cover');
    output('m1', ownM1, '', 'growth per pulse before the knee');
    output('c1', ownC1, '', 'gap before the first pulse');
    output('tstar', ownTstar, '', 'pulse number of the knee');
    output('m2', ownM2, '', 'growth per pulse behind the knee');
    output('r0', ownR0, 'Ω', 'resistance where the gap is zero');
    output('a', ownA, '', 'amplitude of the telegraph noise');
  },
});

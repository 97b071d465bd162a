import { model } from '../language/model.js';
import { bjtAliases, bjtInstance, bjtParameters } from './bjt-parameters.js';
import { boundedExponential } from './bounded-exponential.js';
import { depletionCapacitanceFactor } from './depletion-capacitance-factor.js';
import { depletionCharge } from './depletion-charge.js';
import { junctionCurrent } from './junction-current.js';
import { pnjlim } from './limiting.js';
import { potentialAtTemperature } from './potential-at-temperature.js';
import { thermalVoltage } from './thermal-voltage.js';

/**
 * Bipolar transistor of Gummel and Poon with quasi-saturation and a substrate, as in ngspice 39.
 * Gummel and Poon, BSTJ 49(5), 827, 1970; Nagel, "SPICE2", UCB/ERL M520, 1975; Antognetti and
 * Massobrio, "Semiconductor Device Modeling with SPICE", chapter 2; the epitaxial collector of Kull,
 * Nagel, Lee, Lloyd, Prendergast and Dirks, IEEE TED 32(6), 1103, 1985; ngspice 39 manual, chapter 8.
 *
 * All voltages and currents are those of an npn transistor: `type` turns them round. Inner nodes:
 * bi, ci, ei behind the resistances, cx between rc and the epitaxial collector.
 *
 * Small signals are the derivatives of the currents, and equal the slopes of dc sweeps in ngspice.
 * Its own small signals leave out how the base resistance follows the bias: gm is 7 % too small with
 * rb=200 rbm=20 ikf=5m at 4.5 mA, 6 % with irb=20u, 0.9 % with trb1=2e-3 at tnom + 50 K. With
 * rco in quasi-saturation they are 0.6 % off its slopes (rco=50 at vbe=0.78 V, vce=0.3 V). A
 * substrate junction with iss that conducts has no conductance there.
 * Excess phase is a Bessel filter of second order in all analyses; ngspice has that in transients,
 * and an ideal delay in small signals.
 * As in ngspice thermal noise is of the temperature of the circuit, whatever an instance says; and
 * ibe and ibc together change how the currents of collector and substrate follow area and temperature.
 */
export const bjt = model({
  name: 'bjt',
  title: 'Bipolar transistor (Gummel and Poon)',
  terminals: ['c', 'b', 'e', 's'],
  internal: ['ci', 'bi', 'ei', 'cx', 'lag', 'late'],
  beside: { ci: 'c', bi: 'b', ei: 'e', cx: 'c', lag: 'e', late: 'e' },
  parameters: bjtParameters,
  instance: bjtInstance,
  aliases: bjtAliases,
  conservesCharge: true,
  uses: {
    thermalVoltage,
    potentialAtTemperature,
    depletionCapacitanceFactor,
    depletionCharge,
    boundedExponential,
    junctionCurrent,
    pnjlim,
  },
  // prettier-ignore
  analog(
    {
      V, I, collapse, ddt, ddx, limit, previous, initializing, given, temperature,
      circuitTemperature, wholeGmin, whiteNoise, flickerNoise, output, thermalVoltage,
      potentialAtTemperature, depletionCapacitanceFactor, depletionCharge, boundedExponential,
      junctionCurrent, pnjlim,
    },
    {
      type: polarity, subs, tnom, is, ibe, ibc, bf, nf, vaf, ikf, ise, ne, br, nr, var: varEarly, ikr, isc,
      nc, nkf, iss, ns, rb, irb, rbm, re, rc, cje, vje, mje, cjc, vjc, mjc, xcjc, cjs, vjs, mjs, fc,
      tf, xtf, vtf, itf, ptf, tr, rco, vo, gamma, qco, quasimod, vg, cn, d, xtb, eg, xti, tlev,
      tlevc, tbf1, tbf2, tbr1, tbr2, tikf1, tikf2, tikr1, tikr2, tirb1, tirb2, tnc1, tnc2, tne1,
      tne2, tnf1, tnf2, tnr1, tnr2, tns1, tns2, trb1, trb2, trc1, trc2, tre1, tre2, trm1, trm2,
      tvaf1, tvaf2, tvar1, tvar2, ctc, cte, cts, tvjc, tvje, tvjs, titf1, titf2, ttf1, ttf2, ttr1,
      ttr2, tmje1, tmje2, tmjc1, tmjc2, tmjs1, tmjs2, tis1, tis2, tise1, tise2, tisc1, tisc2,
      tiss1, tiss2, kf, af, area, areab, areac, off,
    },
  ) {
    const k = 1.38064852e-23;
    const q = 1.6021766208e-19;

    // Nodes, of which most coincide in a plain transistor.
    if (rb === 0) collapse('bi', 'b');
    if (re === 0) collapse('ei', 'e');
    if (rc === 0) collapse('cx', 'c');
    if (rco === 0) collapse('ci', 'cx');
    const hasPhase = ptf > 0 && tf > 0;
    if (!hasPhase) {
      collapse('lag', 'ei');
      collapse('late', 'ei');
    }

    // Currents and gains at the temperature of the instance.
    const nominal = tnom + 273.15;
    const dT = temperature - nominal;
    const ratio = temperature / nominal;
    const vt = thermalVoltage(temperature);
    const byT = (first: number, second: number): number => 1 + first * dT + second * dT * dT;
    const growth = ((ratio - 1) * eg) / vt + xti * Math.log(ratio);
    const gainPower = tlev === 1 ? 1 + xtb * dT : ratio ** xtb;
    const gainGrowth = tlev === 3 ? 1 : gainPower;
    const saturation = (i: number, emission: number, first: number, second: number): number =>
      tlev === 3 ? i ** byT(first, second) : i * Math.exp(growth / emission);
    // Two saturation currents count where both are given.
    const split = given('ibe') && given('ibc');
    const isF = saturation(split ? ibe : is, split ? nf : 1, tis1, tis2);
    const isR = saturation(split ? ibc : is, split ? nr : 1, tis1, tis2);
    const nfT = nf * byT(tnf1, tnf2);
    const nrT = nr * byT(tnr1, tnr2);
    const neT = ne * byT(tne1, tne2);
    const ncT = nc * byT(tnc1, tnc2);
    const nsT = ns * byT(tns1, tns2);
    const iseT = saturation(ise, ne, tise1, tise2) / gainGrowth;
    const iscT = saturation(isc, nc, tisc1, tisc2) / gainGrowth;
    const issT = saturation(iss, split ? nr : 1, tiss1, tiss2);
    const bfT = bf * (given('tbf1') || given('tbf2') ? byT(tbf1, tbf2) : gainGrowth);
    const brT = br * (given('tbr1') || given('tbr2') ? byT(tbr1, tbr2) : gainGrowth);

    // Areas: of the base below a vertical transistor, of the collector beside a lateral one.
    const vertical = subs === 0 ? polarity > 0 : subs > 0;
    const areaBase = given('areab') ? areab : area;
    const areaCollector = given('areac') ? areac : area;
    const collectorArea = vertical ? areaBase : areaCollector;
    const substrateArea = vertical ? areaCollector : areaBase;

    // Voltages between inner nodes, limited while Newton iterates.
    const vcrit = vt * Math.log(vt / (Math.SQRT2 * Math.max(isF * area, 1e-30)));
    const vcritSubstrate = vt * Math.log(vt / (Math.SQRT2 * Math.max(issT * area, 1e-14)));
    const vbeRaw = polarity * V('bi', 'ei');
    const vbcRaw = polarity * V('bi', 'ci');
    const direction = vertical ? polarity : -polarity;
    const vscRaw = direction * (vertical ? V('s', 'ci') : V('s', 'bi'));
    let vbeNext = pnjlim(vbeRaw, previous('vbe'), vt, vcrit);
    let vbcNext = pnjlim(vbcRaw, previous('vbc'), vt, vcrit);
    let vscNext = pnjlim(vscRaw, previous('vsc'), vt, vcritSubstrate);
    if (initializing) {
      vbeNext = off ? 0 : vcrit;
      vbcNext = 0;
      vscNext = 0;
    }
    const vbe = limit('vbe', vbeRaw, vbeNext);
    const vbc = limit('vbc', vbcRaw, vbcNext);
    const vsc = limit('vsc', vscRaw, vscNext);

    // Junction currents.
    const junction = (v: number, i: number, ve: number): number =>
      junctionCurrent(boundedExponential, v, i, ve);
    const ibf = junction(vbe, isF * area, nfT * vt);
    const ibr = junction(vbc, isR * (split ? collectorArea : area * collectorArea), nrT * vt);
    let leakForward = wholeGmin * vbe;
    let leakReverse = wholeGmin * vbc;
    if (ise > 0) leakForward += junction(vbe, iseT * area, neT * vt);
    if (isc > 0) leakReverse += junction(vbc, iscT * collectorArea, ncT * vt);
    let isub = wholeGmin * vsc;
    if (iss > 0) isub += junction(vsc, issT * (split ? substrateArea : area), nsT * vt);

    // Base charge over that at zero bias: Early effect and high injection.
    let early = 1;
    if (vaf > 0) early -= vbc / (vaf * byT(tvaf1, tvaf2));
    if (varEarly > 0) early -= vbe / (varEarly * byT(tvar1, tvar2));
    let q2 = 0;
    if (ikf > 0) q2 += ibf / (ikf * byT(tikf1, tikf2) * area);
    if (ikr > 0) q2 += ibr / (ikr * byT(tikr1, tikr2) * area);
    const injection = 1 + 4 * q2;
    let qb = 1 / early;
    if (ikf > 0 || ikr > 0) {
      const root = given('nkf') ? injection ** nkf : Math.sqrt(injection);
      qb = (1 + (injection > 0 ? root : 1)) / (2 * early);
    }

    // Excess phase delays the forward transport current: x + τ·x′ + τ²/3·x″ = ibf/qb.
    let forward = ibf / qb;
    if (hasPhase) {
      const unit = 1e-3;
      const delay = (ptf / 180) * Math.PI * tf;
      const late = unit * V('late', 'ei');
      const lag = unit * V('lag', 'ei');
      I('lag', 'ei', lag - ddt(delay * late));
      I('late', 'ei', late + lag + ddt((delay / 3) * lag) - forward);
      forward = late;
    }
    const ic = forward - ibr / qb - ibr / brT - leakReverse;
    const ib = ibf / bfT + leakForward + ibr / brT + leakReverse;
    I('ci', 'ei', polarity * (forward - ibr / qb));
    I('bi', 'ei', polarity * (ibf / bfT + leakForward));
    I('bi', 'ci', polarity * (ibr / brT + leakReverse));
    if (vertical) I('s', 'ci', direction * isub);
    else I('s', 'bi', direction * isub);

    // Resistances. That of the base falls with the current (irb), or with the base charge.
    const collectorConductance = area / (rc * byT(trc1, trc2));
    const emitterConductance = area / (re * byT(tre1, tre2));
    if (rc > 0) I('c', 'cx', collectorConductance * V('c', 'cx'));
    if (re > 0) I('e', 'ei', emitterConductance * V('e', 'ei'));
    const zeroBias = (rb * byT(trb1, trb2)) / area;
    const least = ((given('rbm') ? rbm : rb) * byT(trm1, trm2)) / area;
    let resistanceBase = least + (zeroBias - least) / qb;
    if (given('irb')) {
      const crowding = Math.max(ib / (irb * byT(tirb1, tirb2) * area), 1e-9);
      const z = (Math.sqrt(1 + 14.59025 * crowding) - 1) / (2.4317 * Math.sqrt(crowding));
      const tangent = Math.tan(z);
      resistanceBase = least + (3 * (zeroBias - least) * (tangent - z)) / (z * tangent * tangent);
    }
    if (rb > 0) I('b', 'bi', V('b', 'bi') / resistanceBase);

    // The epitaxial collector of Kull: K = √(1 + γ·exp(v/vt)) at either end.
    let [kInner, kOuter] = [0, 0];
    if (rco > 0) {
      const resistanceExponent = given('cn') ? cn : polarity > 0 ? 2.42 : 2.2;
      const driftExponent = given('d') ? d : polarity > 0 ? 0.87 : 0.52;
      const rcoT = quasimod === 1 ? rco * ratio ** resistanceExponent : rco;
      const voT = quasimod === 1 ? vo * ratio ** driftExponent : vo;
      const gammaT = quasimod === 1 ? gamma * ratio ** xti * Math.exp(((ratio - 1) * vg) / vt) : gamma;
      const vbxRaw = polarity * V('bi', 'cx');
      const vbx = limit('vbcx', vbxRaw, initializing ? 0 : pnjlim(vbxRaw, previous('vbcx'), vt, vcrit));
      kInner = Math.sqrt(1 + gammaT * boundedExponential(vbc / vt));
      kOuter = Math.sqrt(1 + gammaT * boundedExponential(vbx / vt));
      const drop = vbc - vbx;
      const epitaxial = vt * (kInner - kOuter - Math.log((1 + kInner) / (1 + kOuter))) + drop;
      const drift = 1 + Math.abs(drop) / voT;
      // Without carriers from the collector it is a plain resistance.
      const current = drop > 0 ? epitaxial / drift : drop;
      I('cx', 'ci', (polarity * current) / rcoT);
      I('bi', 'cx', polarity * ddt(area * qco * kOuter));
    }

    // Potentials, grading coefficients and capacitances at this temperature.
    const potential = (measured: number, slope: number): number =>
      tlevc === 0
        ? potentialAtTemperature(measured, temperature, nominal)
        : measured - slope * dT;
    const factor = (measured: number, atT: number, grading: number, slope: number): number => {
      const reference = potentialAtTemperature(measured, 300.15, nominal);
      return tlevc === 0
        ? depletionCapacitanceFactor(atT, measured, reference, grading, temperature, nominal)
        : 1 + slope * dT;
    };
    const mjeT = mje * byT(tmje1, tmje2);
    const mjcT = mjc * byT(tmjc1, tmjc2);
    const mjsT = mjs * byT(tmjs1, tmjs2);
    const vjeT = potential(vje, tvje);
    const vjcT = potential(vjc, tvjc);
    const vjsT = potential(vjs, tvjs);
    const cjeT = cje * factor(vje, vjeT, mjeT, cte) * area;
    const cjcT = cjc * factor(vjc, vjcT, mjcT, ctc) * collectorArea;
    const cjsT = cjs * factor(vjs, vjsT, mjsT, cts) * substrateArea;

    // Charges: diffusion with its transit time, and depletion.
    let qbe = 0;
    if (tf > 0) {
      let rise = xtf;
      if (vtf > 0) rise *= boundedExponential(vbc / (1.44 * vtf));
      if (itf > 0) rise *= (ibf / (ibf + itf * byT(titf1, titf2) * area)) ** 2;
      qbe = tf * byT(ttf1, ttf2) * (vbe > 0 ? (ibf * (1 + rise)) / qb : ibf);
    }
    if (cje > 0) qbe += depletionCharge(vbe, cjeT, vjeT, mjeT, fc);
    let qbc = area * qco * kInner;
    if (tr > 0) qbc += tr * byT(ttr1, ttr2) * ibr;
    if (cjc > 0) qbc += depletionCharge(vbc, cjcT * xcjc, vjcT, mjcT, fc);
    const vbx = polarity * V('b', 'ci');
    const qbx = cjc > 0 ? depletionCharge(vbx, cjcT * (1 - xcjc), vjcT, mjcT, fc) : 0;
    const qsc = cjs > 0 ? depletionCharge(vsc, cjsT, vjsT, mjsT, 0) : 0;
    I('bi', 'ei', polarity * ddt(qbe));
    I('bi', 'ci', polarity * ddt(qbc));
    I('b', 'ci', polarity * ddt(qbx));
    if (vertical) I('s', 'ci', direction * ddt(qsc));
    else I('s', 'bi', direction * ddt(qsc));

    if (rc > 0) whiteNoise('c', 'cx', 4 * k * circuitTemperature * collectorConductance, 'rc');
    if (rb > 0) whiteNoise('b', 'bi', (4 * k * circuitTemperature) / resistanceBase, 'rb');
    if (re > 0) whiteNoise('e', 'ei', 4 * k * circuitTemperature * emitterConductance, 're');
    whiteNoise('ci', 'ei', 2 * q * Math.abs(ic), 'ic');
    whiteNoise('bi', 'ei', 2 * q * Math.abs(ib), 'ib');
    flickerNoise('bi', 'ei', kf * Math.abs(ib) ** af, 1, 'flicker');

    output('ic', polarity * ic, 'A', 'collector current');
    output('ib', polarity * ib, 'A', 'base current');
    output('ie', -polarity * (ic + ib), 'A', 'emitter current');
    output('is', direction * isub, 'A', 'substrate current');
    output('vbe', vbe, 'V', 'base-emitter voltage');
    output('vbc', vbc, 'V', 'base-collector voltage');
    const go = -ddx(ic, vbc) - ddx(ib, vbc);
    output('gm', ddx(ic, vbe) - go, 'S', 'transconductance');
    output('gpi', ddx(ib, vbe), 'S', 'input conductance');
    output('gmu', ddx(ib, vbc), 'S', 'feedback conductance');
    output('go', go, 'S', 'output conductance');
    output('cpi', ddx(qbe, vbe), 'F', 'base-emitter capacitance');
    output('cmu', ddx(qbc, vbc), 'F', 'base-collector capacitance');
    output('csub', ddx(qsc, vsc), 'F', 'substrate capacitance');
    output('qbe', qbe, 'C', 'base-emitter charge');
    output('qbc', qbc, 'C', 'base-collector charge');
  },
});

import { model } from '../../language/model.js';
import { fetlim, limvds, pnjlim } from '../limiting.js';
import { binnedChannel } from './binned-channel.js';
import { binnedLeakageAndCharge } from './binned-leakage-and-charge.js';
import { bsim4Parameters } from './bsim4-parameters.js';
import { channelSetUp } from './channel-set-up.js';
import { diffusionArea, diffusionResistance, diffusions, endOf } from './diffusion.js';
import { dimensions } from './dimensions.js';
import { drainCurrent } from './drain-current.js';
import { foldedParameters } from './folded-parameters.js';
import { gateInducedLeakage } from './gate-induced-leakage.js';
import { gateOverdrive, polyDepletion } from './gate-overdrive.js';
import { edgeTunnelling, gateTunnelling } from './gate-tunnelling.js';
import { instanceParameters } from './instance-parameters.js';
import { intrinsicCharge } from './intrinsic-charge.js';
import { junctionCurrent, reverseJunctionCharge, trapAssisted } from './junction.js';
import { junctionSide } from './junction-side.js';
import { layoutEffects } from './layout-effects.js';
import { material } from './material.js';
import { mobility } from './mobility.js';
import { channelNoise } from './channel-noise.js';
import { overlapCharge } from './overlap-charge.js';
import { physicalOxide } from './physical-oxide.js';
import { piecewiseCharge } from './piecewise-charge.js';
import {
  boundedExp,
  inverseOnePlus,
  keptAbove,
  onePlus,
  shortChannel,
  softMinimum,
  softPlus,
} from './smooth-functions.js';
import { substrateNetwork } from './substrate-network.js';
import { threshold } from './threshold.js';

/**
 * MOS transistor BSIM4, levels 14 and 54.
 * "BSIM4.8.0 MOSFET Model, User's Manual", University of California, Berkeley, 2013, whose chapters
 * the functions of this folder name; constants and details as in BSIM4.8.2 of ngspice 39.
 *
 * All voltages and currents are those of an n-channel transistor: `type` turns them round. Where the
 * drain is the lower one, drain and source of the channel change places.
 *
 * - Cards of versions 4.0 to 4.8 are taken as 4.8: currents differ from releases before 4.6 by less
 *   than 1e-4 on the cards of `circuits/models`, from 4.6 and 4.7 by less than 1e-6. Of older releases
 *   is what junctions without area, or with a perimeter smaller than the gate's width, have.
 *   `acnqsmod` and `trnqsmod` are refused.
 * - Where release and manual differ, the release counts: `noic` has another magnitude; constants
 *   have six digits; `vfbzb` has −kt1 for tempmod 2 and 3.
 * - Smoothing that the release writes with differences of near numbers has a form without them
 *   (`softMinimum`); the quadratic of Vdsat is solved for its small root without a case of its own.
 * - ku0 and ku0we change no mobility (`layoutEffects`).
 * - The release takes every rgeomod above 0 for 1, wide contacts. cf is 0 for mtrlmod 1 if not given.
 * - With capmod 0 the release has the bulk's own voltage in the charge of a reverse-biased bulk, and
 *   its effective one elsewhere: charge jumps a little between accumulation and inversion.
 * - Small signals of the release lack a part of the derivatives of currents for gidlmod 1 (by the
 *   bulk) and where vtl is given; here they are complete. In releases before 4.6 the capacitances by
 *   the bulk are not the slopes of the charges either (docs/decisions/0014); the charges agree.
 * - The gate's noise for rgatemod 2 counts the channel twice in the release: followed.
 * - With tnoimod 1 the release puts 1 mΩ before a source or drain without resistance where the deck
 *   has a .noise, and gives it a part of the noise of the channel; here the channel has all of it.
 */
export const bsim4 = model({
  name: 'bsim4',
  title: 'MOS transistor, BSIM4.8',
  terminals: ['d', 'g', 's', 'b'],
  internal: ['di', 'gi', 'gm', 'si', 'bi', 'db', 'sb'],
  beside: { di: 'd', gi: 'g', gm: 'g', si: 's', bi: 'b', db: 'b', sb: 'b' },
  parameters: bsim4Parameters,
  instance: instanceParameters,
  aliases: { vtho: 'vth0', lvtho: 'lvth0', wvtho: 'wvth0', pvtho: 'pvth0' },
  folded: foldedParameters,
  uses: {
    binnedChannel,
    binnedLeakageAndCharge,
    boundedExp,
    channelNoise,
    channelSetUp,
    diffusionArea,
    diffusionResistance,
    diffusions,
    dimensions,
    drainCurrent,
    edgeTunnelling,
    endOf,
    fetlim,
    gateInducedLeakage,
    gateOverdrive,
    gateTunnelling,
    intrinsicCharge,
    inverseOnePlus,
    junctionCurrent,
    junctionSide,
    keptAbove,
    layoutEffects,
    limvds,
    material,
    mobility,
    onePlus,
    overlapCharge,
    physicalOxide,
    piecewiseCharge,
    pnjlim,
    polyDepletion,
    reverseJunctionCharge,
    shortChannel,
    softMinimum,
    softPlus,
    substrateNetwork,
    threshold,
    trapAssisted,
  },
  // prettier-ignore
  analog(
    {
      V, I, collapse, ddt, ddx, limit, previous, initializing, given, temperature, wholeGmin,
      intermediate, whiteNoise, flickerNoise, inducedNoise, output, positive, binnedChannel,
      binnedLeakageAndCharge, boundedExp, channelNoise, channelSetUp, diffusionArea, diffusionResistance, diffusions,
      dimensions, drainCurrent, edgeTunnelling, endOf, fetlim, gateInducedLeakage, gateOverdrive,
      gateTunnelling, intrinsicCharge, inverseOnePlus, junctionCurrent, junctionSide, keptAbove,
      layoutEffects, limvds, material, mobility, onePlus, overlapCharge, physicalOxide,
      piecewiseCharge, pnjlim, polyDepletion, reverseJunctionCharge, shortChannel, softMinimum,
      softPlus, substrateNetwork, threshold, trapAssisted,
    },
    p,
  ) {
    // --- what neither bias nor time changes ---

    const m = material(p, given, temperature);
    const size = dimensions(p, given);
    positive(size.leff, 'm', 'effective channel length');
    positive(size.weff, 'm', 'effective width of a finger');
    positive(size.leffcv, 'm', 'effective channel length of the charges');
    positive(size.weffcv, 'm', 'effective width of a finger for the charges');
    positive(size.weffcj, 'm', 'effective width of the junctions of a finger');
    const bin = (value: number, l: number, w: number, area: number): number =>
      value + l * size.inverseLength + w * size.inverseWidth + area * size.inverseArea;
    const fringe = p.mtrlmod === 1
      ? 0
      : ((2 * p.epsrox * m.permittivity) / 3.141592654) * Math.log(1 + 0.4e-6 / m.tox);
    const b = binnedChannel(p, given, bin);
    const c = binnedLeakageAndCharge(p, given, bin, fringe);
    const s = channelSetUp(p, b, given, m, size, shortChannel, onePlus, boundedExp);
    const effects = layoutEffects(p, c, given, m, size, s);
    const toxp = physicalOxide(
      p, b, given, m, s, effects, shortChannel, onePlus, polyDepletion,
    );
    const { nf } = p;
    const n = p.type;

    // --- nodes ---

    const diffused = p.rgeomod > 0 && (p.dmcg > 0 || p.dmdg > 0);
    const hasDrain = p.rdsmod === 1 || (p.rsh > 0 && (given('nrd') ? p.nrd > 0 : diffused));
    const hasSource = p.rdsmod === 1 || (p.rsh > 0 && (given('nrs') ? p.nrs > 0 : diffused));
    if (!hasDrain) collapse('di', 'd');
    if (!hasSource) collapse('si', 's');
    if (p.rgatemod === 0) collapse('gi', 'g');
    if (p.rgatemod !== 3) collapse('gm', 'gi');
    if (p.rbodymod === 0) {
      collapse('bi', 'b');
      collapse('db', 'b');
      collapse('sb', 'b');
    }

    // --- voltages, limited together while Newton iterates ---

    const vgsRaw = n * V('gi', 'si');
    const vdsRaw = n * V('di', 'si');
    const vbsRaw = n * V('bi', 'si');
    const vdsLast = previous('vds');
    const forwardLast = vdsLast >= 0;
    const vonLast = previous('von');
    const vgsLast = previous('vgs');
    const vbsLast = previous('vbs');
    let vgsNext = vgsRaw;
    let vdsNext = vdsRaw;
    if (forwardLast) {
      vgsNext = fetlim(vgsRaw, vgsLast, vonLast);
      vdsNext = limvds(vgsNext - (vgsRaw - vdsRaw), vdsLast);
    } else {
      const vgdNext = fetlim(vgsRaw - vdsRaw, vgsLast, vonLast);
      vdsNext = -limvds(vgdNext - vgsRaw, -vdsLast);
      vgsNext = vgdNext + vdsNext;
    }
    const vt0 = 0.025864186;
    const vcrit = vt0 * Math.log(vt0 / (Math.SQRT2 * 1e-14));
    let vbsNext = vbsRaw;
    if (vdsNext >= 0) {
      vbsNext = pnjlim(vbsRaw, forwardLast ? vbsLast : vbsLast + vdsLast, vt0, vcrit);
    } else {
      const vbdLast = forwardLast ? vbsLast - vdsLast : vbsLast;
      vbsNext = pnjlim(vbsRaw - vdsRaw, vbdLast, vt0, vcrit) + vdsNext;
    }
    if (initializing) {
      vgsNext = p.off === 1 ? 0 : effects.vth0 + 0.1;
      vdsNext = p.off === 1 ? 0 : 0.1;
      vbsNext = 0;
    }
    // Those of the channel: its source is the lower end. The sign is kept apart.
    const forward = limit('vds', vdsRaw, vdsNext) >= 0;
    const vds = limit('vch', forward ? vdsRaw : -vdsRaw, forward ? vdsNext : -vdsNext);
    const vgs = limit(
      'vgs', forward ? vgsRaw : vgsRaw - vdsRaw, forward ? vgsNext : vgsNext - vdsNext,
    );
    const vbs = limit(
      'vbs', forward ? vbsRaw : vbsRaw - vdsRaw, forward ? vbsNext : vbsNext - vdsNext,
    );
    let vsourceNext = vbsNext;
    let vdrainNext = vbsNext - vdsNext;
    if (p.rbodymod > 0) {
      vsourceNext = pnjlim(n * V('sb', 'si'), previous('vsource'), vt0, vcrit);
      vdrainNext = pnjlim(n * V('db', 'di'), previous('vdrain'), vt0, vcrit);
      if (initializing) {
        vsourceNext = 0;
        vdrainNext = p.off === 1 ? 0 : -0.1;
      }
    }
    const vsource = limit('vsource', n * V('sb', 'si'), vsourceNext);
    const vdrain = limit('vdrain', n * V('db', 'di'), vdrainNext);
    // Leakage, tunnelling and overlap at the ends follow the nodes themselves.
    const vgSource = n * V('gi', 'si');
    const vgDrain = n * V('gi', 'di');
    const vbSource = n * V('bi', 'si');
    const vbDrain = n * V('bi', 'di');

    // --- channel ---

    const polyStart = effects.vfb + s.phi;
    const depleted = (v: number): number =>
      polyDepletion(v, polyStart, b.ngate, p.epsrgate, p.mtrlmod, m);
    const t = threshold(
      p, b, m, size, s, effects, vds, vbs, softMinimum, shortChannel, onePlus, keptAbove,
    );
    limit('von', t.vth, t.vth);
    const vgsPoly = depleted(vgs);
    // Most depends on few voltages that are functions of others: derivatives go by them.
    const over = intermediate(vgsPoly - t.vth);
    const vgsteff = intermediate(gateOverdrive(
      over, t.n, m.vtm, s.mstar, s.voffcbn, s.cdep0 / m.coxe, softPlus, boundedExp,
    ));
    const channel = drainCurrent(
      p, b, given, m, size, s, effects, t, toxp, vgsteff, vds, softMinimum, inverseOnePlus,
      keptAbove, intermediate, mobility,
    );
    const ids = nf * channel.ids;
    const isub = nf * channel.isub;
    I('di', 'si', n * (forward ? ids : -ids));
    I('di', 'bi', n * (forward ? isub : 0));
    I('si', 'bi', n * (forward ? 0 : isub));

    // --- leakage induced by the gate ---

    let igidl = 0;
    let igisl = 0;
    if (p.agidl !== 0 || p.lagidl !== 0 || p.wagidl !== 0 || p.pagidl !== 0) {
      igidl = nf * gateInducedLeakage(
        p, m, size, s, vgSource - vgDrain, depleted(vgSource), vbDrain,
        c.agidl, c.bgidl, c.cgidl, c.egidl, c.rgidl, c.kgidl, c.fgidl,
      );
    }
    const noSource = given('agisl') ? p.agisl === 0 : p.agidl === 0;
    if (!noSource || p.lagidl !== 0 || p.wagidl !== 0 || p.pagidl !== 0) {
      igisl = nf * gateInducedLeakage(
        p, m, size, s, vgDrain - vgSource, depleted(vgDrain), vbSource,
        c.agisl, c.bgisl, c.cgisl, c.egisl, c.rgisl, c.kgisl, c.fgisl,
      );
    }
    I('di', 'bi', n * igidl);
    I('si', 'bi', n * igisl);

    // --- tunnelling from the gate ---

    let igcs = 0;
    let igcd = 0;
    let igb = 0;
    let igs = 0;
    let igd = 0;
    if (p.igcmod > 0 || p.igbmod > 0) {
      const tunnelling = gateTunnelling(
        p, c, given, m, size, s, effects, vgsPoly, t.vbseff, t.vth, vgsteff, channel.vdseff,
        softPlus, boundedExp,
      );
      igcs = nf * tunnelling.igcs;
      igcd = nf * tunnelling.igcd;
      igb = nf * tunnelling.igb;
    }
    if (p.igcmod > 0) {
      const flat = s.vfbsd + c.vfbsdoff * (1 + b.tvfbsdoff * m.deltaT);
      const overlapSource = given('dlcig') ? p.dlcig : p.lint;
      const overlapDrain = given('dlcigd') ? p.dlcigd : overlapSource;
      igs = nf * edgeTunnelling(
        p, c, m, size, vgSource, flat, overlapSource, c.aigs, c.bigs, c.cigs, boundedExp,
      );
      igd = nf * edgeTunnelling(
        p, c, m, size, vgDrain, flat, overlapDrain, c.aigd, c.bigd, c.cigd, boundedExp,
      );
    }
    const igSource = igs + (forward ? igcs : igcd);
    const igDrain = igd + (forward ? igcd : igcs);
    I('gi', 'si', n * igSource);
    I('gi', 'di', n * igDrain);
    I('gi', 'bi', n * igb);

    // --- charges of the channel ---

    let qgate = 0;
    let qbulk = 0;
    let qdrain = 0;
    if (!(p.xpart < 0)) {
      let q = { qgate: 0, qbulk: 0, qdrain: 0 };
      if (p.capmod === 0) {
        q = piecewiseCharge(
          p, c, m, size, s, vgsPoly, vds, vbs, t.vbseff, t.rootPhis, channel.abulk0,
        );
      } else {
        const voffcv = c.voffcv * (1 + b.tvoffcv * m.deltaT);
        const slope = m.vtm * t.n * c.noff;
        const overdrive = p.cvchargemod === 0
          ? slope * softPlus((over - voffcv) / slope)
          : gateOverdrive(
              over, t.n, m.vtm, s.mstarcv, voffcv + p.voffcvl / size.leff, s.cdep0 / m.coxe,
              softPlus, boundedExp,
            );
        q = intrinsicCharge(
          p, c, m, size, s, effects, toxp, channel.coxp, vgsPoly, vds, t.vbseff,
          intermediate(overdrive), channel.abulk0, softMinimum, boundedExp,
        );
      }
      qgate = q.qgate;
      qbulk = q.qbulk;
      qdrain = q.qdrain;
    }
    const qsource = -qgate - qbulk - qdrain;
    const qd = forward ? qdrain : qsource;
    I('gi', 'si', n * ddt(qgate));
    I('bi', 'si', n * ddt(qbulk));
    I('di', 'si', n * ddt(qd));

    // --- overlaps ---

    const perLength = given('dlc') && p.dlc > 0;
    const overlapOf = (light: number): number =>
      perLength ? p.dlc * m.coxe - light : 0.6 * p.xj * m.coxe;
    const cgso = given('cgso') ? p.cgso : overlapOf(p.cgsl);
    const cgdo = given('cgdo') ? p.cgdo : overlapOf(p.cgdl);
    const cgbo = (given('cgbo') ? p.cgbo : 2 * size.dwc * m.coxe) * size.leffcv * nf;
    const { weffcv } = size;
    const qgso = overlapCharge(
      n * V('gm', 'si'), p.capmod, (cgso + c.cf) * weffcv, c.cgsl * weffcv, Math.max(c.ckappas, 0.02),
    );
    const qgdo = overlapCharge(
      n * V('gm', 'di'), p.capmod, (cgdo + c.cf) * weffcv, c.cgdl * weffcv, Math.max(c.ckappad, 0.02),
    );
    I('gm', 'si', n * ddt(nf * qgso));
    I('gm', 'di', n * ddt(nf * qgdo));
    I('gm', 'bi', ddt(cgbo * V('gm', 'bi')));

    // --- junctions ---

    const dmcg = p.dmcg - p.dmcgt;
    const dmci = given('dmci') ? p.dmci : p.dmcg;
    const dmdg = p.dmdg - p.dmcgt;
    const edge = size.weffcj * nf;
    const sourceLayout = diffusionArea(
      nf, p.geomod, p.min, true, size.weffcj, dmcg, dmci, dmdg, diffusions, endOf,
    );
    const drainLayout = diffusionArea(
      nf, p.geomod, p.min, false, size.weffcj, dmcg, dmci, dmdg, diffusions, endOf,
    );
    const inner = p.permod === 0 ? 0 : edge;
    const areaSource = Math.max(given('as') ? p.as : sourceLayout.area, 0);
    const areaDrain = Math.max(given('ad') ? p.ad : drainLayout.area, 0);
    const psGiven = p.ps > 0 ? p.ps - inner : 0;
    const pdGiven = p.pd > 0 ? p.pd - inner : 0;
    // Before 4.6 a side wall may be shorter than none, where the edge at the gate is taken from it.
    const shortest = p.version < 4.6 ? -Infinity : 0;
    const perimeterSource = Math.max(given('ps') ? psGiven : sourceLayout.perimeter, shortest);
    const perimeterDrain = Math.max(given('pd') ? pdGiven : drainLayout.perimeter, shortest);
    const source = junctionSide(p, given, m, true, areaSource, perimeterSource, edge, boundedExp);
    const drain = junctionSide(p, given, m, false, areaDrain, perimeterDrain, edge, boundedExp);

    let ibs = wholeGmin * vsource + junctionCurrent(
      p, vsource, source.isat, source.nvt, source.bv, source.xjbv, source.ijthfwd, source.ijthrev,
    );
    let ibd = wholeGmin * vdrain + junctionCurrent(
      p, vdrain, drain.isat, drain.nvt, drain.bv, drain.xjbv, drain.ijthfwd, drain.ijthrev,
    );
    if (p.jtss !== 0) ibs += trapAssisted(vsource, source.jts, source.nts, p.vtss, boundedExp);
    if (p.jtssws !== 0) {
      ibs += trapAssisted(vsource, source.jtssw, source.ntssw, p.vtssws, boundedExp);
    }
    if (p.jtsswgs !== 0) {
      ibs += trapAssisted(vsource, source.jtsswg, source.ntsswg, p.vtsswgs, boundedExp);
    }
    if (given('jtsd') ? p.jtsd !== 0 : p.jtss !== 0) {
      ibd += trapAssisted(vdrain, drain.jts, drain.nts, drain.vts, boundedExp);
    }
    if (given('jtsswd') ? p.jtsswd !== 0 : p.jtssws !== 0) {
      ibd += trapAssisted(vdrain, drain.jtssw, drain.ntssw, drain.vtssw, boundedExp);
    }
    if (given('jtsswgd') ? p.jtsswgd !== 0 : p.jtsswgs !== 0) {
      ibd += trapAssisted(vdrain, drain.jtsswg, drain.ntsswg, drain.vtsswg, boundedExp);
    }
    I('sb', 'si', n * ibs);
    I('db', 'di', n * ibd);

    let qbs = vsource * (source.czero + 0.5 * vsource * source.cslope);
    let qbd = vdrain * (drain.czero + 0.5 * vdrain * drain.cslope);
    if (vsource < 0) {
      qbs =
        reverseJunctionCharge(vsource, source.cz, source.pb, source.mj) +
        reverseJunctionCharge(vsource, source.czsw, source.pbsw, source.mjsw) +
        reverseJunctionCharge(vsource, source.czswg, source.pbswg, source.mjswg);
    }
    if (vdrain < 0) {
      qbd =
        reverseJunctionCharge(vdrain, drain.cz, drain.pb, drain.mj) +
        reverseJunctionCharge(vdrain, drain.czsw, drain.pbsw, drain.mjsw) +
        reverseJunctionCharge(vdrain, drain.czswg, drain.pbswg, drain.mjswg);
    }
    I('sb', 'si', n * ddt(qbs));
    I('db', 'di', n * ddt(qbd));

    // --- resistances of drain, source, gate and substrate ---

    const resistanceOf = (isSource: boolean): number => diffusionResistance(
      nf, p.geomod, p.min, isSource, size.weffcj, p.rsh, dmcg, dmdg,
      diffusions, endOf,
    );
    const drainSquares = given('nrd') ? p.rsh * p.nrd : p.rgeomod > 0 ? resistanceOf(false) : 0;
    const sourceSquares = given('nrs') ? p.rsh * p.nrs : p.rgeomod > 0 ? resistanceOf(true) : 0;
    // Where the node is there without a resistance, it is 1 mΩ as in the release.
    let gdrain = drainSquares > 0 ? 1 / drainSquares : 1e3;
    let gsource = sourceSquares > 0 ? 1 / sourceSquares : 1e3;
    if (p.rdsmod === 1) {
      const biased = (v: number, vb: number, lowest: number, zero: number): number => {
        const gate = v - s.vfbsd;
        const above = 0.5 * (gate + Math.sqrt(gate * gate + 1e-4));
        const bias = 1 / (1 + s.prwg * above) - b.prwb * vb;
        return lowest + 0.5 * zero * (bias + Math.sqrt(bias * bias + 0.01));
      };
      gdrain /= 1 + gdrain * biased(vgDrain, vbDrain, s.rdwmin, s.rd0);
      gsource /= 1 + gsource * biased(vgSource, vbSource, s.rswmin, s.rs0);
    }
    if (hasDrain) I('d', 'di', gdrain * V('d', 'di'));
    if (hasSource) I('s', 'si', gsource * V('s', 'si'));

    const gateLength = nf * p.ngcon * (size.lnew - p.xgl);
    const gateResistance = (p.rshg * (p.xgw + size.weffcj / 3 / p.ngcon)) / gateLength;
    const ggate = gateResistance > 0 ? 1 / gateResistance : 1e3;
    const gchannel =
      nf * c.xrcrg1 * (c.xrcrg2 * m.vtm * channel.beta + channel.idovervds);
    const gboth = (ggate * gchannel) / (ggate + gchannel);
    // A conductance that the gate itself controls has a negative slope where much falls across it:
    // Newton gets there in steps.
    const step = 0.1;
    const dropRaw = p.rgatemod === 3 ? V('gm', 'gi') : V('g', 'gi');
    let drop = dropRaw;
    if (p.rgatemod > 1) {
      const dropLast = previous('vgate');
      const dropNext = Math.min(Math.max(dropRaw, dropLast - step), dropLast + step);
      drop = limit('vgate', dropRaw, initializing ? 0 : dropNext);
    }
    if (p.rgatemod === 1) I('g', 'gi', ggate * drop);
    if (p.rgatemod === 2) I('g', 'gi', gboth * drop);
    if (p.rgatemod === 3) {
      I('g', 'gm', ggate * V('g', 'gm'));
      I('gm', 'gi', gchannel * drop);
    }

    const network = substrateNetwork(p, given, size);
    if (p.rbodymod > 0) {
      I('bi', 'b', network.pb * V('bi', 'b'));
      I('bi', 'sb', network.ps * V('bi', 'sb'));
      I('bi', 'db', network.pd * V('bi', 'db'));
      I('sb', 'b', network.sb * V('sb', 'b'));
      I('db', 'b', network.db * V('db', 'b'));
    }

    // --- noise ---

    const gm = ddx(ids, vgs);
    const gds = ddx(ids, vds);
    const gmbs = ddx(ids, vbs);
    const kT4 = 4 * 1.38064852e-23 * temperature;
    const shot = 2 * 1.6021766208e-19;
    const noise = channelNoise(
      p, given, c, b.cit, m, size, s, effects, t, channel, vgsteff, vds, gm, gds, gmbs,
      forward ? hasSource : hasDrain, softMinimum,
    );
    const noiseSource = gsource * (p.tnoimod === 1 && forward ? 1 + noise.induced * gsource : 1);
    const noiseDrain = gdrain * (p.tnoimod === 1 && !forward ? 1 + noise.induced * gdrain : 1);
    if (hasDrain) whiteNoise('d', 'di', kT4 * noiseDrain, 'rd');
    if (hasSource) whiteNoise('s', 'si', kT4 * noiseSource, 'rs');
    const share = gchannel / (ggate + 2 * gchannel);
    if (p.rgatemod === 1) whiteNoise('g', 'gi', kT4 * ggate, 'rg');
    if (p.rgatemod === 2) whiteNoise('g', 'gi', kT4 * ggate * share * share, 'rg');
    if (p.rgatemod === 3) whiteNoise('g', 'gm', kT4 * ggate, 'rg');
    if (p.rbodymod > 0) {
      whiteNoise('bi', 'sb', kT4 * network.ps, 'rbps');
      whiteNoise('bi', 'db', kT4 * network.pd, 'rbpd');
      whiteNoise('bi', 'b', kT4 * network.pb, 'rbpb');
      whiteNoise('b', 'sb', kT4 * network.sb, 'rbsb');
      whiteNoise('b', 'db', kT4 * network.db, 'rbdb');
    }
    const shared = noise.correlation * noise.correlation;
    whiteNoise('di', 'si', kT4 * noise.thermal * (1 - shared), 'id');
    if (p.tnoimod === 2) {
      // The gate's against the end that acts as the source; the other way round, with the other sign.
      const gate = kT4 * noise.thermal;
      whiteNoise('di', 'si', gate * shared, 'corl');
      inducedNoise('gi', 'si', forward ? gate : 0, noise.inducedTime, 'corl');
      inducedNoise('gi', 'di', forward ? 0 : -gate, noise.inducedTime, 'corl');
    }
    flickerNoise('di', 'si', noise.flicker, p.ef, '1overf');
    if (p.igcmod > 0) {
      whiteNoise('gi', 'si', shot * Math.abs(igSource), 'igs');
      whiteNoise('gi', 'di', shot * Math.abs(igDrain), 'igd');
    }
    if (p.igbmod > 0) whiteNoise('gi', 'bi', shot * Math.abs(igb), 'igb');

    // --- operating point: conductances and capacitances are those of the channel's ends ---

    output('id', ids, 'A', 'current of the channel');
    output('ibd', ibd, 'A', 'current of the bulk-drain junction');
    output('ibs', ibs, 'A', 'current of the bulk-source junction');
    output('isub', isub, 'A', 'current by impact ionization');
    output('igidl', igidl, 'A', 'drain leakage induced by the gate');
    output('igisl', igisl, 'A', 'source leakage induced by the gate');
    output('igs', igs, 'A', 'tunnelling from gate to source, overlap');
    output('igd', igd, 'A', 'tunnelling from gate to drain, overlap');
    output('igcs', igcs, 'A', 'tunnelling from gate to channel, source');
    output('igcd', igcd, 'A', 'tunnelling from gate to channel, drain');
    output('igb', igb, 'A', 'tunnelling from gate to bulk');
    output('vgs', vgsRaw, 'V', 'gate-source voltage');
    output('vds', vdsRaw, 'V', 'drain-source voltage');
    output('vbs', vbsRaw, 'V', 'bulk-source voltage');
    output('vth', t.vth, 'V', 'threshold voltage');
    output('vdsat', channel.vdsat, 'V', 'saturation voltage');
    output('gm', gm, 'S', 'transconductance');
    output('gds', gds, 'S', 'drain-source conductance');
    output('gmbs', gmbs, 'S', 'transconductance of the bulk');
    output('gbd', ddx(ibd, vdrain), 'S', 'conductance of the bulk-drain junction');
    output('gbs', ddx(ibs, vsource), 'S', 'conductance of the bulk-source junction');
    output('gcrg', p.rgatemod === 2 ? gboth : gchannel, 'S', 'conductance from gate to channel');
    const cgg = ddx(qgate, vgs);
    const cgd = ddx(qgate, vds);
    const cgb = ddx(qgate, vbs);
    const cdg = ddx(qdrain, vgs);
    const cdd = ddx(qdrain, vds);
    const cdb = ddx(qdrain, vbs);
    const cbg = ddx(qbulk, vgs);
    const cbd = ddx(qbulk, vds);
    const cbb = ddx(qbulk, vbs);
    output('cgg', cgg, 'F', 'dQg/dVg of the channel');
    output('cgd', cgd, 'F', 'dQg/dVd of the channel');
    output('cgs', -cgg - cgd - cgb, 'F', 'dQg/dVs of the channel');
    output('cgb', cgb, 'F', 'dQg/dVb of the channel');
    output('cdg', cdg, 'F', 'dQd/dVg of the channel');
    output('cdd', cdd, 'F', 'dQd/dVd of the channel');
    output('cds', -cdg - cdd - cdb, 'F', 'dQd/dVs of the channel');
    output('cdb', cdb, 'F', 'dQd/dVb of the channel');
    output('cbg', cbg, 'F', 'dQb/dVg of the channel');
    output('cbd', cbd, 'F', 'dQb/dVd of the channel');
    output('cbs', -cbg - cbd - cbb, 'F', 'dQb/dVs of the channel');
    output('cbb', cbb, 'F', 'dQb/dVb of the channel');
    output('csg', -cgg - cdg - cbg, 'F', 'dQs/dVg of the channel');
    output('csd', -cgd - cdd - cbd, 'F', 'dQs/dVd of the channel');
    output('csb', -cgb - cdb - cbb, 'F', 'dQs/dVb of the channel');
    output('capbd', ddx(qbd, vdrain), 'F', 'capacitance of the bulk-drain junction');
    output('capbs', ddx(qbs, vsource), 'F', 'capacitance of the bulk-source junction');
    output('qg', qgate, 'C', 'charge of the gate');
    output('qb', qbulk, 'C', 'charge of the bulk');
    output('qd', qdrain, 'C', 'charge of the drain');
    output('qs', qsource, 'C', 'charge of the source');
  },
});

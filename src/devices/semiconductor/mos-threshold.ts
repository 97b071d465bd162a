/** What a card says of gate and substrate of a MOS transistor, at the temperature of measurement. */
export interface MosThresholdCard {
  /** 1 for n-channel, −1 for p-channel. */
  readonly polarity: number;
  readonly vto: number;
  readonly gamma: number;
  readonly phi: number;
  /** Doping of the substrate [1/cm³]. */
  readonly nsub: number;
  readonly nss: number;
  readonly tpg: number;
  /** Added to the threshold [V]. */
  readonly delvto: number;
}

/** Which of them the card gives; where oxide and doping are known the others follow from them. */
export interface MosThresholdGiven {
  readonly vto: boolean;
  readonly gamma: boolean;
  readonly phi: boolean;
  readonly doping: boolean;
}

export interface MosThreshold {
  /** Bulk threshold parameter [√V]. */
  readonly gamma: number;
  /** Surface potential at the temperature [V]. */
  readonly phi: number;
  /** Threshold voltage of an n-channel transistor less γ·√(φ − vbs), at the temperature [V]. */
  readonly vbi: number;
  /** By how much the saturation currents of junctions have grown from `tnom`. */
  readonly growth: number;
}

/**
 * Threshold of the MOS transistors of SPICE 2 from doping and work functions, and with temperature.
 * Vladimirescu and Liu, UCB/ERL M80/7, 1980, sections 2 and 4; details as in ngspice 39.
 *
 * `coxArea` is the oxide's capacitance [F/m²], `intrinsic` the density of carriers [1/m³], both
 * temperatures are in K. The first two are functions that a model passes on.
 */
export function mosThreshold(
  thermalVoltage: (temperature: number) => number,
  potentialAtTemperature: (potential: number, t: number, tnom: number) => number,
  card: MosThresholdCard,
  given: MosThresholdGiven,
  coxArea: number,
  intrinsic: number,
  nominal: number,
  temperature: number,
): MosThreshold {
  const q = 1.6021766208e-19;
  const silicon = 11.7 * 8.854214871e-12;
  const bandGap = (t: number): number => 1.16 - (7.02e-4 * t * t) / (t + 1108);
  const gapNominal = bandGap(nominal);
  const gap = bandGap(temperature);
  const doping = card.nsub * 1e6;

  const phiDoping = 2 * thermalVoltage(nominal) * Math.log(doping / intrinsic);
  const phiNominal = given.phi || !given.doping ? card.phi : Math.max(0.1, phiDoping);
  const gammaDoping = Math.sqrt(2 * silicon * q * doping) / coxArea;
  const gamma = given.gamma || !given.doping ? card.gamma : gammaDoping;
  const { polarity, tpg } = card;
  const workFunction = tpg === 0 ? 3.2 : 3.25 + 0.5 * gapNominal * (1 - polarity * tpg);
  const barrier = workFunction - (3.25 + 0.5 * gapNominal + 0.5 * polarity * phiNominal);
  const flatBand = barrier - (card.nss * 1e4 * q) / coxArea;
  const vtoDoping = flatBand + polarity * (gamma * Math.sqrt(phiNominal) + phiNominal);
  const vtoNominal = (given.vto || !given.doping ? card.vto : vtoDoping) + card.delvto;

  const phi = potentialAtTemperature(phiNominal, temperature, nominal);
  const vbi =
    polarity * (vtoNominal + 0.5 * (gapNominal - gap)) -
    gamma * Math.sqrt(phiNominal) +
    0.5 * (phi - phiNominal);
  const growth = Math.exp(gapNominal / thermalVoltage(nominal) - gap / thermalVoltage(temperature));
  return { gamma, phi, vbi, growth };
}

/**
 * Resistance of a smooth switch: on a logarithmic scale a cubic in x, from roff at x = −½ to ron at
 * x = ½, level at both ends. PSpice Reference Guide, "Voltage-controlled switch", equations for Rs.
 *
 *     ln R = ln √(ron·roff) + ln(ron/roff)·(3x/2 − 2x³)
 */
export function switchResistance(control: number, ron: number, roff: number): number {
  const x = Math.max(-0.5, Math.min(0.5, control));
  const middle = 0.5 * Math.log(ron * roff);
  return Math.exp(middle + Math.log(ron / roff) * (1.5 * x - 2 * x * x * x));
}

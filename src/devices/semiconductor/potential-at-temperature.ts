/**
 * A built-in or surface potential [V] of silicon at temperature `t` [K], when it is `potential` at
 * `tnom`. SPICE 2 (Nagel, UCB/ERL M520, 1975; Cohen, M592, 1976):
 *
 *     φ(T) = (T/Tref)·φref + s(T),  φref = (φ(Tnom) − s(Tnom))·Tref/Tnom,  Tref = 300.15 K
 *     s(T) = −2kT/q·[3/2·ln(T/Tref) + q·(1.1150877/(2k·Tref) − Eg(T)/(2kT))]
 */
export function potentialAtTemperature(potential: number, t: number, tnom: number): number {
  const k = 1.38064852e-23;
  const q = 1.6021766208e-19;
  const tref = 300.15;
  const shift = (temperature: number): number => {
    const gap = 1.16 - (7.02e-4 * temperature * temperature) / (temperature + 1108);
    const entropy = 1.1150877 / (2 * k * tref) - gap / (2 * k * temperature);
    return (-2 * k * temperature * (1.5 * Math.log(temperature / tref) + q * entropy)) / q;
  };
  const atReference = (potential - shift(tnom)) / (tnom / tref);
  return (t / tref) * atReference + shift(t);
}

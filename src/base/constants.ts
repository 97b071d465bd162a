/**
 * Physical constants. Charge and Boltzmann's constant have the values that ngspice uses (CODATA
 * 2014), so that thermal voltages agree to all digits. Models with constants of their own keep them.
 */
export const elementaryCharge = 1.6021766208e-19; // C
export const boltzmann = 1.38064852e-23; // J/K
/** 0 °C in kelvin. */
export const zeroCelsius = 273.15;
/** The temperature at which device parameters are measured unless a card says otherwise: 27 °C. */
export const nominalTemperature = 300.15; // K
/** Permittivity of vacuum, F/m (the value of the SPICE MOS models). */
export const vacuumPermittivity = 8.854214871e-12;
/** Permittivity of silicon dioxide, F/m (3.9 ε0, the value of the SPICE MOS models). */
export const oxidePermittivity = 3.9 * 8.854214871e-12;

/** kT/q in volts at `temperature` in kelvin. */
export function thermalVoltage(temperature: number): number {
  return (boltzmann * temperature) / elementaryCharge;
}

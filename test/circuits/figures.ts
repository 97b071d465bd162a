/** What a `.meas` line of a deck has to give: name, value, and by how much it may differ. */
export type Figure = readonly [name: string, expected: number, within: number];

/**
 * By deck: `.meas` figures beside those of ngspice 39 with reltol=1e-6, where nothing else is named.
 * Figures from sweeps within 1e-3 of their size; crossings within half a step of the sweep.
 */
export const figures: Readonly<Record<string, readonly Figure[]>> = {
  // ngspice 39, at the tolerances of the goldens; crossings between points of the sweep.
  'analog-network/isolation.cir': [
    ['limit18', 0.627, 0.5e-3],
    ['onepart18', 0.44, 0.5e-3],
    ['onepart25', 0.828, 0.5e-3],
    // What R3 asks for: below 6 nA, a hundredth of a read, at 0.6 V.
    ['leak25', 0, 6e-9],
    ['moveda', 0, 1e-6],
    ['movedb', 0, 1e-6],
    ['movedc', 9.93e-4, 1e-6],
    ['movedd', 3.69e-3, 4e-6],
    ['movede', 0, 1e-6],
  ],
  'analog-network/weight-change.cir': [
    ['spp', 0.4948, 3e-6],
    ['spn', 0.504629, 3e-6],
    ['snp', 0.505063, 3e-6],
    ['snn', 0.495304, 4e-6],
    // Linear in the length of the pulse, and quadratic above 0.1 V: what the law of TEAM says.
    ['part1', 1, 4e-3],
    ['part2', 1, 4e-3],
    ['part3', 1, 4e-3],
    ['threshold', 0.103, 1e-3],
    ['bend', 0, 6e-3],
    ['dead', 0, 1e-12],
  ],
  // Row R4: within 2 % of full scale of the sum with its load; the second figure is ngspice's.
  'analog-network/grid-5x3.cir': [
    ['error1', 0, 0.02],
    ['error1', -5.82e-3, 1e-5],
    ['error2', -1.11e-4, 1e-6],
    ['error3', -10.08e-3, 1e-5],
    ['away3', -22.57e-3, 1e-5],
  ],
  'analog-network/grid-31x2.cir': [
    ['error1', -2.115e-3, 2e-6],
    ['error2', 4.617e-4, 1e-6],
    ['away1', -22.87e-3, 2e-5],
  ],
  // Row R11, the same.
  'analog-network/inverted-read.cir': [
    ['error1', -12.49e-3, 1e-5],
    ['error2', 4.645e-3, 1e-5],
    ['error3', 1.175e-3, 2e-6],
    ['error4', 15.29e-3, 2e-5],
  ],
  'analog-network/wide-states.cir': [
    ['readp1', -65.41e-3, 1e-4],
    ['readn1', -10.47e-3, 2e-5],
    ['readn2', 7.127e-3, 1e-5],
    ['inversep1', -78.07e-3, 1e-4],
    ['inversen1', -12.43e-3, 2e-5],
    ['inversen2', 6.603e-3, 1e-5],
  ],
  // Rows R9 and R10: gain 500 within 5 %, levels of 1 V within 2 %; the mean square is reported.
  'analog-network/neuron.cir': [
    ['gain', 500, 25],
    ['gain', 498.8, 0.1],
    ['top', 0.999, 5e-4],
    ['bottom', -0.997, 5e-4],
    ['dsquare', 2e-4, 5e-6],
    ['peak', 1, 0.01],
  ],
  // Gains in dB: 15.1, 9.0 and -2.0 at 100 MHz.
  'oxram-network/normalization-gain.cir': [
    ['low100', 82.695, 2e-3],
    ['mid100', 84.433, 2e-3],
    ['high100', 84.621, 2e-3],
    ['low100meg', 15.079, 2e-3],
    ['mid100meg', 8.976, 2e-3],
    ['high100meg', -1.998, 2e-3],
    ['unitylow', 504.7e6, 0.5e6],
    ['unitymid', 261.5e6, 0.3e6],
    ['unityhigh', 81.81e6, 0.1e6],
    // The claim of the paper: control grows with frequency.
    ['spread100', 1.926, 4e-3],
    ['spread100meg', 17.077, 4e-3],
  ],
  // The divider's closed form r/(rf + r)*1.2 V; offsets of the amplifier stay below a step of 2 mV.
  'oxram-network/normalization-bias.cir': [
    ['divider1', (1.2 * 3.2) / 25.8, 1e-6],
    ['divider2', (1.2 * 6.6) / 29.2, 1e-6],
    ['divider3', (1.2 * 12) / 34.6, 1e-6],
    ['divider4', 0.6, 1e-6],
    ['switch1', 0.1485, 1e-3],
    ['switch2', 0.2715, 1e-3],
    ['switch3', 0.4165, 1e-3],
    ['switch4', 0.5998, 1e-3],
  ],
  'oxram-network/normalization-block.cir': [
    ['gain100', 84.433, 2e-3],
    ['gain100meg', 8.976, 2e-3],
    ['unity', 261.5e6, 0.3e6],
    ['switching', 0.2715, 1e-3],
    ['divider', (1.2 * 6.6) / 29.2, 1e-6],
  ],
  // Times within 0.2 % of the record.
  'oxram-network/normalization-start.cir': [
    ['bare', 56.03e-3, 0.05e-3],
    ['helped', 56.05e-3, 0.05e-3],
    ['started', 56.09e-3, 0.05e-3],
    ['tbare', 506.6e-9, 5e-9],
    ['thelped', 444.5e-9, 5e-9],
    ['tstarted', 527.6e-9, 5e-9],
  ],
  // Fit by scipy to ngspice's curve; below 3 % and above 0.99 is what is asked for.
  'oxram-network/sigmoid.cir': [
    ['largest', 0.0239, 2e-4],
    ['r2', 0.99926, 2e-5],
    ['gain', 0.392, 2e-3],
  ],
  'oxram-network/sigmoid-scaling.cir': [
    ['k1', 0.3061, 2e-3],
    ['k2', 0.3633, 2e-3],
    ['k3', 0.4229, 2e-3],
    ['k4', 0.2317, 2e-3],
  ],
  // The whole truth table of v*h - v'*h', in supplies; inputs are the bits of the number.
  'oxram-network/update-cell.cir': [
    ['s0', 0, 1e-3],
    ['s1', 0, 1e-3],
    ['s2', 0, 1e-3],
    ['s3', 1.2, 1e-3],
    ['s4', 0, 1e-3],
    ['s5', 0, 1e-3],
    ['s6', 0, 1e-3],
    ['s7', 1.2, 1e-3],
    ['s8', 0, 1e-3],
    ['s9', 0, 1e-3],
    ['s10', 0, 1e-3],
    ['s11', 1.2, 1e-3],
    ['s12', -1.2, 1e-3],
    ['s13', -1.2, 1e-3],
    ['s14', -1.2, 1e-3],
    ['s15', 0, 1e-3],
    ['delayplus', 39.7e-12, 1e-12],
    ['delayminus', 46.7e-12, 1e-12],
  ],
  // The resistances of the paper, for which the gates were chosen; the off state of the card.
  'oxram-network/oxram-states.cir': [
    ['on1', 3.2e3, 64],
    ['on2', 6.6e3, 132],
    ['on3', 22.6e3, 452],
    ['off1', 220.7e3, 2.2e3],
    ['off2', 220.7e3, 2.2e3],
    ['off3', 220.7e3, 2.2e3],
  ],
  'weak-reset-network/sense-amplifier.cir': [
    ['delay1', 73.1e-12, 0.6e-12],
    ['delay2', 139.1e-12, 0.6e-12],
    ['delay3', 163.9e-12, 0.6e-12],
    ['dip2', 0.7371, 3e-3],
    ['dip3', 0.6791, 3e-3],
    ['energy1', 17.2e-15, 0.1e-15],
    ['energy2', 23.9e-15, 0.1e-15],
    ['energy3', 26.3e-15, 0.1e-15],
    ['restored', 1.2, 2e-3],
  ],
  // Without mismatch every decision is right.
  'weak-reset-network/sense-amplifier-errors.cir': [
    ...['002', '004', '006', '008', '010', '015', '030'].map((x): Figure => [`x${x}`, 1.2, 1e-3]),
    ['delay010', 141.2e-12, 1.5e-12],
    ['delay030', 111.1e-12, 1.5e-12],
  ],
  // Gain of the scaler as set; decisions and stores as they have to be.
  'oxram-network/stochastic-neuron.cir': [
    ['agree', 11, 0],
    ['stored', 12, 0],
    ['gained', 2.8, 0.028],
  ],
  // Closed forms of the header: 7 kΩ·exp(m1·n); pulses to those that were applied.
  'weak-reset-network/programming.cir': [
    ['r', 7e3 * Math.exp(0.25), 1e-3],
    ['rb', 7e3 * Math.exp(0.15), 1e-3],
    ['n', 5, 0],
    ['nb', 3, 0],
    ['other', 0, 0],
    ['otherb', 0, 0],
    ['outside', 0, 0],
    ['first', 1, 0.03],
    ['last', 1, 0.03],
    ['inhibited', 0, 0.1],
    ['unselected', 0, 0.1],
    ['weight', 0.1, 5e-3],
  ],
  // Computed here; what must hold is that both codes give one step, to below one step.
  'oxram-network/synapse-column.cir': [
    ['lsb', 119.7e-9, 1.2e-9],
    ['offset', 0, 1],
    ['ratio', 0.9, 0.01],
  ],
  // ngspice's; levels and times within 0.2 %.
  'oxram-network/oxram-amplifier.cir': [
    ['rest', 36.01e-3, 0.04e-3],
    ['gain100m', 2.7987, 3e-3],
    ['gain200m', 2.7982, 3e-3],
    ['gain300m', 2.7976, 3e-3],
    ['top', 1.16427, 1e-3],
    ['gain1k', 2.7982, 3e-3],
    ['bandwidth', 109.1e6, 0.3e6],
    ['gained', 2.7982, 6e-3],
    ['delay', 8.51e-9, 0.03e-9],
    ['overshoot', 0.4636, 0.01],
  ],
  // Currents of ngspice at five codes, in steps of 131.3 nA; each within a hundredth of a step.
  'oxram-network/synapse-codes.cir': [
    ['lowest', -16.7942e-6, 1.3e-9],
    ['before', -8.52729e-6, 1.3e-9],
    ['minusone', -75.3217e-9, 1.3e-9],
    ['zero', -25.2627e-9, 1.3e-9],
    ['highest', 16.69362e-6, 1.3e-9],
    // What must hold: no code is a whole step away from its place, and none below its neighbour.
    ['below', 0, 1],
    ['above', 0, 1],
    ['smallest', 1, 0.99],
    ['largest', 1, 0.99],
  ],
  // By the resistances of the deck: ln(rbl/rblb) of each cell is positive or not.
  'weak-reset-network/array-2x2.cir': [
    ['q0_0', 1.2, 0.1],
    ['q0_1', 1.2, 0.1],
    ['q1_0', 1.2, 0.1],
    ['q1_1', 1.2, 0.1],
  ],
};

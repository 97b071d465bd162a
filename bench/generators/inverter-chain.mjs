import { cells, models, supply } from './logic-cells.mjs';

/** `n` inverters one after the other, the first driven by a clock of 1 GHz. */
export function inverterChain(n) {
  const stages = Array.from({ length: n }, (_, k) => `x${k + 1} s${k} s${k + 1} vdd inverter`);
  return `Chain of ${n} inverters
${models}
${cells}
vdd vdd 0 ${supply}
vin s0 0 pulse(0 ${supply} 0.1n 50p 50p 450p 1n)
${stages.join('\n')}
.options acct
.save v(s0) v(s1) v(s10) v(s50)
.tran 20p 5n
.end
`;
}

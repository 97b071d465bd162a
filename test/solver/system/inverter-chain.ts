/** Inverters of large transistors one behind the other, of which few move at a time. */
export function inverterChain(count: number, options = 'method=trap'): string {
  const cells = Array.from(
    { length: count },
    (_, k) => `m${2 * k} n${k + 1} n${k} vdd vdd mp w=4u l=1u ad=8p as=8p
m${2 * k + 1} n${k + 1} n${k} 0 0 mn w=2u l=1u ad=4p as=4p
c${k} n${k + 1} 0 10f`,
  );
  return `chain of ${count} inverters
vdd vdd 0 3
v1 n0 0 pulse(0 3 1n 0.1n 0.1n 6n 20n)
${cells.join('\n')}
.model mn nmos level=8 version=3.3.0 vth0=0.7 tox=10n
.model mp pmos level=8 version=3.3.0 vth0=-0.7 tox=10n
.options ${options}
.tran 0.1n 8n`;
}

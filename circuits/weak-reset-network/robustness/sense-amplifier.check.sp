Precharge sense amplifier: single decisions at random ratios
* The deck of sense-amplifier.characterize.sp with another ratio in each run, drawn between -0.2 and 0.2, and
* other transistors: decisions that its characteristic was not built from, for
* scripts/check-stochastic.ts:
*
*     oxspice run sense-amplifier.check.sp --mc 1000 --seed 5
.include ../sense-amplifier.lib
.param vsupply=1.2 r=7k ratio={aunif(0,0.2)} mismatch=1

vdd vdd 0 {vsupply}
vsen sen 0 pulse(0 {vsupply} 1n 50p 50p 3.95n 10n)
x1 q qb bl blb foot sen vdd senseamplifier
r1 bl foot {r*exp(ratio/2)}
rb blb foot {r*exp(-ratio/2)}

.tran 10p 4n
.save v(sen) v(q) v(qb)
.meas tran high find v(q) at=4n
.meas tran decision param='high>vsupply/2'
.meas tran firstq when v(q)={vsupply/2} fall=last default=4n
.end

Precharge sense amplifier: how often it decides for the larger resistance
* One decision of sense-amplifier.lib for two resistances whose geometric mean is r and the logarithm
* of whose ratio, ln(R_BL/R_BLb), is ratio. With mismatch=1 each run draws other transistors (Pelgrom's
* law, matched-130nm.lib): decision is 1 V for weight +1 and 0 V for -1.
.include sense-amplifier.lib
.param vsupply=1.2 r=7k ratio=0.1 mismatch=1

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

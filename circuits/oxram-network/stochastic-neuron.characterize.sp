Stochastic neuron: one cycle with a constant input
* As stochastic-neuron.cir, one cycle of 200 ns: the OxRAM is SET and RESET, its resistance makes the
* reference, the comparator decides. The input is a current of microamperes*1 uA into the sigmoid. fired is
* what the comparator says at the end; ref the reference, sig the voltage of the sigmoid.

.include ../models/matched-90nm.lib
.include oxram.lib
.include gates.lib
.include sigmoid.lib
.include normalization.lib
.include neuron.lib
.param vsupply=1.2 gain=2.8 microamperes=0
.options statetol=100

vdd vdd 0 {vsupply}
vb  vb  0 {vsupply/2}
vset  setb  0 pulse({vsupply} 0 10n 1n 1n 49n 250n)
vrst  rstb  0 pulse({vsupply} 0 75n 1n 1n 49n 250n)
vread readb 0 pulse({vsupply} 0 130n 1n 1n 110n 250n)
vclk  clk   0 pulse(0 {vsupply} 180n 1n 1n 62n 250n)
vw1   w1 0 pulse(0.5 1.2 130n 1n 1n 110n 250n)
vw2   wl w1 pulse(0 1.3 70n 1n 1n 55n 250n)

iin 0 sig {microamperes*1u}
xsig sig vb vdd sigmoid
xd  bl sl setb rstb vdd driver
xr  bl readb vdd reader
xo  bl wl sl cell gap=0.3n
cbl bl 0 5f
xg  bias p rt vdd constantgm
rg  rt 0 6.6k
xk  bl ref bias vdd scaler gain={gain}
xc  sig ref q qb clk vdd comparator

.tran 1n 200n 0 10n
.save v(sig) v(ref) v(q)
.meas tran fired find v(q) at=195n
.meas tran ref find v(ref) at=179n
.meas tran sig find v(sig) at=179n
.end

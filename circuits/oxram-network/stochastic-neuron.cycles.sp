Stochastic neuron: the input current at which it just fires, cycle by cycle
* One cycle of stochastic-neuron.cir: the OxRAM is SET and RESET, and its resistance makes the reference.
* What follows without a memory of its own is taken at rest: the scaler is its gain (2.8 within 1 % in
* stochastic-neuron.cir and oxram-amplifier.cir), and the comparator decides by the sign of
* v(sig) - v(ref). The sigmoid's node is held at the reference, and threshold is the current [uA] that
* this takes: with an input above it this cycle fires, with one below it does not. So a cycle tells its
* decision for every input, and the part of the cycles whose threshold is below the input is P(fire):
*
*     oxspice run stochastic-neuron.cycles.sp --mc 10000
*     npm run figures:neuron -- stochastic-neuron.cycles.out/stochastic-neuron.cycles.runs.csv
*
* gives the table of docs/network-circuits.md, with the logistic that fits it. fired is the decision for an
* input of microamperes. statetol and lvltol are for speed: they move ref by 0.1 mV.

.include ../models/matched-90nm.lib
.include oxram.lib
.include gates.lib
.include sigmoid.lib
.include neuron.lib
.param vsupply=1.2 gain=2.8 microamperes=0
.options statetol=1000 lvltol=3

vdd vdd 0 {vsupply}
vb  vb  0 {vsupply/2}
vset  setb  0 pulse({vsupply} 0 10n 1n 1n 49n 250n)
vrst  rstb  0 pulse({vsupply} 0 75n 1n 1n 49n 250n)
vread readb 0 pulse({vsupply} 0 130n 1n 1n 110n 250n)
vw1   w1 0 pulse(0.5 1.2 130n 1n 1n 110n 250n)
vw2   wl w1 pulse(0 1.3 70n 1n 1n 55n 250n)

xd  bl sl setb rstb vdd driver
xr  bl readb vdd reader
xo  bl wl sl cell gap=0.3n
cbl bl 0 5f
ek  sig 0 bl 0 {gain}
xsig sig vb vdd sigmoid

.tran 1n 180n 0 20n
.save v(bl) v(sig) i(ek)
.print tran v(bl) v(sig)
.meas tran ref find v(sig) at=179n
.meas tran current find i(ek) at=179n
.meas tran threshold param='-1e6*current'
.meas tran fired param='threshold<microamperes'
.end

Synapse of the analog network, written by one pulse
* What a network needs to know of a write: how far the state moves from s0, when the column has u and
* the row's enable has +5 V (sign 1) or -5 V (sign -1) for a time of length. Transistors, memristor and
* synapse are those of weight-change.cir.
.include table-1.lib
.include transistors.lib
.include memristor.lib
.include synapse.lib
.param u=0.5 sign=1 length=10u state=0.5
.options reltol=1e-4

vp vp 0 {vdd}
vn vn 0 {vee}
vrd rd 0 {vdd}
vu u 0 pulse(0 {u} 0.5u 10n 10n 10.5u)
eub ub 0 u 0 -1
ve e 0 pulse(0 {sign*vdd} 0.7u 10n 10n {length-10n})
x1 u ub e rd row vp vn synapse s0={state}
rout row 0 {rout}

.tran 10n 12u 0 0.1u
.save @x1.xmem.nmem[s]
.meas tran last find @x1.xmem.nmem[s] at=11.9u
.meas tran change param='last-state'
.end

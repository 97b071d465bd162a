Synapse of the analog network, read
* The current that a synapse sends into a row at 0 V, when its column has u and its enable -5 V; the
* reference is subtracted. Transistors, memristor and synapse are those of weight-change.cir.
.include table-1.lib
.include transistors.lib
.include memristor.lib
.include synapse.lib
.param state=0.5

vp vp 0 {vdd}
vn vn 0 {vee}
vrd rd 0 {vee}
ve e 0 {vee}
vu u 0 0
eub ub 0 u 0 -1
x1 u ub e rd row vp vn synapse s0={state}
vrow row 0 0
.end

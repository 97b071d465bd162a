Feedback circuit of the analog network: one error, one pulse
* As feedback.cir, for one iteration with a constant error. width is the length of the pulse, with its
* sign: the integral of e over the write phase, over 5 V.
.include table-1.lib
.include transistors.lib
.include feedback.lib
.param error=10m

vp vp 0 {vdd}
vn vn 0 {vee}
van an 0 -1.8
vdp dp 0 2
vy y 0 {error}
eyb yb 0 y 0 -1
vrd rd 0 pulse(0 2 0 10n 10n 4.97u 15u)
vsmp smp 0 pulse(-1.8 2 0 10n 10n 4.77u 15u)
vwr wr 0 pulse(0 2 5u 10n 10n 9.97u 15u)
* the sawtooth starts earlier by the delay of the comparator
vsaw saw 0 pulse(0 {vsaw} 4.992u {twrite} 4n 1n 15u)
x1 y yb saw smp rd wr e vp vn dp an feedback
ce e 0 0.15p

.tran 50n 15u
.save v(e)
.meas tran area integ v(e) from=5.02u to=15u
.meas tran width param='area/vdd'
.end

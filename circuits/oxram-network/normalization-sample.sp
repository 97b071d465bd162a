Normalization block: one sample, whose gain its OxRAM sets
* The block of normalization.lib between two layers (Parmar and Suri, arXiv:1801.02003, section III-D),
* used as a sampled amplifier, since the paper finds that the OxRAM controls the gain at high
* frequencies: there it is gm/(2*pi*f*cc), and so it is for a short time,
*
*     v(out) = v(v2)*gm(p6)*time/cc          gm = 1/rox by the constant-gm cell
*
* until slew rate and rails limit it. While phi is high, out is held at vmid and both inputs are equal;
* when it falls, at 50 ns, v2 is off vmid by the signal (a program sets it), and out is read 2 ns later.
* The paper gives no phases: these are ours. Its bias control is vmid.

.include ../models/matched-90nm.lib
.include normalization.lib
.param vsupply=1.2 rox=6.6k vmid=0.4

vdd vdd 0 {vsupply}
v1  v1  0 {vmid}
v2  v2  0 dc {vmid} external
vq  vq  0 {vmid}
vphi phi 0 pulse({vsupply} 0 50n 0.1n 0.1n 40n 100n)
x1 v1 v2 out rt vdd normalization
rt rt 0 {rox}
s1 out vq phi 0 hold
.model hold sw(ron=1k roff=1e12 vt=0.6 vh=0.1)
.end

Reads through n-channel transistors: 200 samples of mismatch
* oxspice run wide-states.mismatch.sp: Pelgrom's law as in transistors.lib. The table is in
* docs/analog-network.md.
.param supply=1
.include wide-states.bench.lib
.param mismatch=1
.mc 200 seed=1
.end

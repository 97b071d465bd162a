Inverted read through p-channel transistors: 200 samples of mismatch
* oxspice run inverted-read-p-channel.mismatch.sp: Pelgrom's law as in transistors.lib. The table is in
* docs/analog-network.md.
.param supply=1
.include inverted-read-p-channel.bench.lib
.param mismatch=1
.mc 200 seed=1
.end

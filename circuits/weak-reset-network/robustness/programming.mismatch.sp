Weak-RESET programming: 200 samples of mismatch
* oxspice run programming.mismatch.sp: Pelgrom's law as in models/matched-130nm.lib. The table is in
* docs/network-circuits.md.
.param vsupply=1.2
.include programming.bench.lib
.param mismatch=1
.mc 200 seed=1
.end

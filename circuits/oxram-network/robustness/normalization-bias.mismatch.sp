Bias control: 200 samples of mismatch
* oxspice run normalization-bias.mismatch.sp: Pelgrom's law as in models/matched-90nm.lib. The table is in
* docs/network-circuits.md.
.param vsupply=1.2
.include normalization-bias.bench.lib
.param mismatch=1
.mc 200 seed=1
.end

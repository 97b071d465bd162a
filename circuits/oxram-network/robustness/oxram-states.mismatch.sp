OxRAM states: 200 samples of mismatch
* oxspice run oxram-states.mismatch.sp: Pelgrom's law as in models/matched-90nm.lib. The table is in
* docs/network-circuits.md.
.param vsupply=1.2
.include oxram-states.bench.lib
.param mismatch=1
.mc 200 seed=1
.end

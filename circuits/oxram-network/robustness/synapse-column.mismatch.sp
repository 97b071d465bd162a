Synapse column: 200 samples of mismatch
* oxspice run synapse-column.mismatch.sp: Pelgrom's law as in models/matched-90nm.lib. The table is in
* docs/network-circuits.md.
* The OxRAM scatters as well, from cycle to cycle.
.param vsupply=1.2
.include synapse-column.bench.lib
.param mismatch=1 cycle=1
.mc 200 seed=1
.end

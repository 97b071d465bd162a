Stochastic neuron: 200 samples of mismatch
* oxspice run stochastic-neuron.mismatch.sp: Pelgrom's law as in models/matched-90nm.lib. The table is in
* docs/network-circuits.md.
* The OxRAM draws from cycle to cycle as well.
.param vsupply=1.2
.include stochastic-neuron.bench.lib
.param mismatch=1
.mc 200 seed=1
.end

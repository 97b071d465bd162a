/**
 * Devices, cards and biases that `regenerate.mjs` sweeps in ngspice.
 *
 * Names of devices and cards are free of what tests look for: a device is a line that begins with
 * the letter and a number.
 */
export const grids = [
  {
    name: 'bjt',
    title: 'npn transistors',
    terminals: ['c', 'b', 'e', 's'],
    devices: [
      'q1 plain',
      'q2 early area=2.5',
      'q3 knees m=3 temp=85',
      'q4 base temp=-30',
      'q5 charges temp=60 area=1.5',
      'q6 tempco temp=110',
      'q7 areas area=2 areab=3 areac=4',
      'q8 powers temp=70',
    ],
    models: [
      'plain npn',
      'early npn is=2e-16 bf=120 br=3 nf=1.02 nr=1.05 vaf=60 var=12 ise=1e-14 ne=1.6 isc=2e-14 nc=1.9 iss=1e-12 ns=1.1',
      'knees npn is=3e-16 bf=90 vaf=80 ikf=5m ikr=2m nkf=0.6 xtb=1.5 xti=3.5 eg=1.15 re=2 rc=15 rb=80',
      'base npn is=1e-16 bf=100 rb=200 rbm=20 irb=50u re=1 ikf=10m',
      'charges npn is=1e-16 cje=1p vje=0.8 mje=0.4 cjc=0.7p vjc=0.6 mjc=0.3 xcjc=0.4 cjs=2p vjs=0.7 mjs=0.4 tf=50p xtf=3 vtf=4 itf=20m tr=5n rb=50 rc=10 fc=0.6',
      'tempco npn is=1e-16 bf=100 tlev=1 tlevc=1 tnom=30 tbf1=4m tbf2=1u tbr1=2m tikf1=-2m ikf=10m ise=1e-15 tne1=1e-4 tvaf1=1m vaf=50 trb1=3m trm1=3m rb=60 trc1=2m rc=20 tre1=1m re=1 cje=1p cte=1m tvje=2m cjc=1p ctc=1.5m tvjc=1m cjs=1p cts=1m tf=20p ttf1=2m tr=1n ttr1=1m tmje1=1m xtb=0.01',
      'areas npn is=2e-16 bf=40 vaf=30 cje=1p cjc=1p cjs=2p mjs=0.3 iss=1e-16 isc=1e-14 rb=30 tf=1n',
      'powers npn tlev=3 is=1e-16 ise=1e-15 isc=1e-15 iss=1e-15 tis1=1m tise1=-1m tisc1=1m tiss1=1m xtb=1 ibe=2e-16 ibc=3e-16',
    ],
    bias: { c: [-0.1, 0, 0.2, 2], b: [-2, -0.3, 0.4, 0.65, 0.8], e: [0], s: [-3, 0] },
  },
  {
    name: 'bjt-pnp',
    title: 'pnp transistors',
    terminals: ['c', 'b', 'e', 's'],
    devices: [
      'q1 plain',
      'q2 lateral area=2 areab=3 areac=4 temp=50',
      'q3 vertical temp=-10 m=2',
      'q4 quasi',
    ],
    models: [
      'quasi pnp is=1e-16 rco=60 vo=2 gamma=1e-9 quasimod=1 qco=1e-13 tf=10p rc=3',
      'plain pnp',
      'lateral pnp is=2e-16 bf=40 vaf=30 ikf=1m cje=1p cjc=1p cjs=2p mjs=0.3 iss=1e-16 isc=1e-14 rb=30 tf=1n',
      'vertical pnp subs=1 is=2e-16 bf=40 vaf=30 var=20 cje=1p cjc=1p cjs=2p iss=1e-16 tf=1n',
    ],
    bias: { c: [0.1, 0, -0.2, -2], b: [0.8, 0.3, -0.4, -0.65, -0.8], e: [0], s: [-3, -2.2] },
  },
  {
    name: 'bjt-collector',
    title: 'transistors with an epitaxial collector',
    terminals: ['c', 'b', 'e', 's'],
    devices: ['q1 quasi', 'q2 quasi temp=100 area=2', 'q3 hot temp=100'],
    models: [
      'quasi npn is=1e-16 bf=100 vaf=70 rco=120 vo=5 gamma=2e-9 qco=2e-13 rc=5 cjc=1p xcjc=0.3 cjs=1p tr=3n',
      'hot npn is=1e-16 rco=120 vo=2 gamma=1e-9 quasimod=1 cn=2 d=0.5 vg=1.2 rb=50',
    ],
    bias: { c: [0.4, 1, 3], b: [-0.75, 0.4, 0.65, 0.7], e: [0], s: [-4] },
  },
];

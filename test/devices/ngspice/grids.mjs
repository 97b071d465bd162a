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
  {
    name: 'jfet1',
    title: 'level-1 JFETs',
    terminals: ['d', 'g', 's'],
    devices: ['j1 plain', 'j2 tail area=2 temp=80', 'j3 ohmic m=3 temp=-20'],
    models: [
      'plain njf beta=1m lambda=0.02',
      'tail njf beta=1m lambda=0.03 b=0.6 pb=0.8 tcv=1m bex=-1.5 tnom=35 cgs=2p cgd=1p fc=0.4 xti=3',
      'ohmic njf vto=-1.2 beta=2m vtotc=-2m betatce=-0.5 rd=20 rs=30 is=1e-13 cgs=1p cgd=0.5p eg=1.2',
    ],
    bias: { d: [-2, -0.3, 0, 0.4, 3], g: [-3, -1, -0.2, 0.5], s: [0] },
  },
  {
    name: 'mesfet',
    title: 'level-1 MESFETs',
    terminals: ['d', 'g', 's'],
    devices: ['z1 plain', 'z2 ohmic area=2', 'z3 charged'],
    models: [
      'plain nmf',
      'ohmic nmf vto=-1.3 beta=2m lambda=0.05 b=0.6 alpha=3 rd=20 rs=10 cgs=1p cgd=0.3p pb=0.8',
      'charged nmf vto=-1.8 lambda=0.02 cgs=1p cgd=0.4p pb=0.7 is=1e-13',
    ],
    bias: { d: [-2, -0.3, 0, 0.4, 3], g: [-3, -1, -0.2, 0.6], s: [0] },
  },
  {
    name: 'jfet1-p',
    title: 'level-1 JFETs of p channel',
    terminals: ['d', 'g', 's'],
    devices: ['j1 pchannel temp=50'],
    models: ['pchannel pjf vto=-1.5 beta=1.5m lambda=0.01 b=0.8 cgs=1p cgd=1p rd=10 rs=5'],
    bias: { d: [-3, -0.3, 0, 2], g: [2, 0.7, 0, -0.4], s: [0] },
  },
  {
    name: 'mesfet-p',
    title: 'MESFETs of p channel',
    terminals: ['d', 'g', 's'],
    devices: ['z1 pchannel'],
    models: ['pchannel pmf vto=-1.5 beta=1m cgs=1p cgd=1p rs=5'],
    bias: { d: [-3, -0.3, 0, 2], g: [2, 0.7, 0, -0.4], s: [0] },
  },
  {
    name: 'mos3',
    title: 'level-3 transistors',
    terminals: ['d', 'g', 's', 'b'],
    devices: [
      'm1 plain w=10u l=2u',
      'm2 doped w=10u l=1.5u ad=20p as=30p pd=20u ps=25u m=2',
      'm3 fast w=8u l=1u ad=20p as=30p pd=20u ps=25u temp=90',
      'm4 given w=5u l=3u ad=20p as=30p temp=-20',
      'm5 pdoped w=10u l=1u ad=20p as=15p pd=24u ps=20u temp=60',
    ],
    models: [
      'plain nmos level=3 vto=0.7 gamma=0.45 phi=0.8 cgso=200p cgdo=250p cgbo=100p',
      'doped nmos level=3 nsub=2e16 tox=20n nss=1e10 xj=0.2u ld=0.08u delta=0.8 eta=0.1 theta=0.08 kappa=0.4 cj=300u cjsw=250p mj=0.45 js=1u tnom=35',
      'fast nmos level=3 vto=0.6 nsub=3e16 tox=15n uo=500 vmax=150k xj=0.15u nfs=2e11 theta=0.1 eta=0.05 kappa=0.5 xl=0.05u wd=0.1u xw=0.1u delvto=0.05 cbd=20f cbs=30f',
      'given nmos level=3 vto=0.5 kp=60u gamma=0.3 phi=0.65 tox=30n vmax=50k theta=0.05 nfs=1e11 is=1e-15',
      'pdoped pmos level=3 nsub=1e16 tox=20n uo=200 vto=-0.8 vmax=100k xj=0.2u ld=0.1u eta=0.05 theta=0.12 kappa=1 cgso=200p cgdo=200p cj=300u cjsw=250p mjsw=0.25 js=1u',
    ],
    bias: { d: [-2.5, -0.2, 0.05, 0.8, 3], g: [-1.5, 0.4, 0.9, 2.5], s: [0], b: [-1.5, 0, 0.3] },
  },
  {
    name: 'mos6',
    title: 'level-6 transistors',
    smallSignals: false,
    terminals: ['d', 'g', 's', 'b'],
    devices: [
      'm1 plain w=10u l=2u',
      'm2 doped w=10u l=1.5u ad=20p as=30p m=2 temp=80',
      'm3 bent w=8u l=1u ad=20p as=30p temp=-20',
      'm4 pchannel w=10u l=1u temp=60',
    ],
    models: [
      'plain nmos level=6 vto=0.7 gamma=0.45 phi=0.8',
      'doped nmos level=6 nsub=2e16 tox=20n nss=1e10 ld=0.08u lambda=0.03 js=1u tnom=35',
      'bent nmos level=6 vto=0.6 kc=4e-5 kv=0.9 nv=0.6 nc=1.2 gamma=0.4 gamma1=0.05 sigma=0.03 lambda0=0.04 lambda1=0.01 rd=30 rs=20',
      'pchannel pmos level=6 vto=-0.8 kc=2e-5 kv=1.1 nv=0.8 nc=1.4 gamma=0.4 sigma=0.02 lambda0=0.05',
    ],
    bias: { d: [-2.5, -0.2, 0.05, 0.8, 3], g: [-1.5, 0.4, 0.9, 2.5], s: [0], b: [-1.5, 0, 0.3] },
  },
];

/** Voltages and currents of an n-channel transistor, conductances and capacitances of either. */
export interface MosOutputs {
  readonly id: number;
  readonly ibd: number;
  readonly ibs: number;
  readonly vgs: number;
  readonly vds: number;
  readonly vbs: number;
  readonly von: number;
  readonly vdsat: number;
  readonly gm: number;
  readonly gds: number;
  readonly gmbs: number;
  readonly cgs: number;
  readonly cgd: number;
  readonly cgb: number;
  readonly cbd: number;
  readonly cbs: number;
}

/** Operating-point quantities of the MOS transistors of levels 1, 2, 3 and 6, by ngspice's names. */
export function mosOutputs(
  output: (name: string, value: number, unit: string, doc: string) => void,
  polarity: number,
  of: MosOutputs,
): void {
  output('id', of.id, 'A', 'drain current');
  output('ibd', of.ibd, 'A', 'current of the bulk-drain junction');
  output('ibs', of.ibs, 'A', 'current of the bulk-source junction');
  output('vgs', of.vgs, 'V', 'gate-source voltage');
  output('vds', of.vds, 'V', 'drain-source voltage');
  output('vbs', of.vbs, 'V', 'bulk-source voltage');
  output('vbd', of.vbs - of.vds, 'V', 'bulk-drain voltage');
  output('von', polarity * of.von, 'V', 'threshold voltage');
  output('vth', polarity * of.von, 'V', 'threshold voltage');
  output('vdsat', polarity * of.vdsat, 'V', 'saturation voltage');
  output('gm', of.gm, 'S', 'transconductance');
  output('gds', of.gds, 'S', 'drain-source conductance');
  output('gmbs', of.gmbs, 'S', 'transconductance of the bulk');
  output('cgs', of.cgs, 'F', 'gate-source capacitance');
  output('cgd', of.cgd, 'F', 'gate-drain capacitance');
  output('cgb', of.cgb, 'F', 'gate-bulk capacitance');
  output('cbd', of.cbd, 'F', 'bulk-drain capacitance');
  output('cbs', of.cbs, 'F', 'bulk-source capacitance');
}

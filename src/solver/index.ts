export * from './analyses/analysis.js';
export { analyses } from './analyses/list.js';
export { type TransientCheckpoint } from './integration/transient-state.js';
export { Transient, type Advance, type TransientPlan } from './integration/transient.js';
export * from './linear/index.js';
export { mostDrawn } from './device-draws.js';
export { bindOptions, defaultOptions, optionTable, type SolverOptions } from './options.js';
export { measureAnalyses } from './measure-analyses.js';
export { Campaign, type CampaignOptions, type CampaignRun } from './campaign.js';
export * from './simulate.js';
export { type NewtonIteration } from './newton/newton-trace.js';
export { type StepAttempt } from './integration/step-log.js';
export { type Trace, type TracePlace } from './trace.js';
export { tolerancesOf, type Imbalance, type VerificationReport } from './verification.js';
export { stepCount, type ExpandWith } from './stepped-circuits.js';
export { type Statistics } from './statistics.js';
export { type ModelCompiler } from './system/grouping.js';
export { System } from './system/system.js';
export { type EvaluationTask, type ThreadSource } from './system/threaded-evaluation.js';
export { type Unknown } from './system/unknown.js';
export {
  openCircuit,
  OpenCircuit,
  type OpenOptions,
  type StartedSteadyState,
  type StartedTransient,
  type SteeredPlan,
} from './steering/open-circuit.js';
export { type Recording } from './steering/recording.js';
export { SteeredCircuit } from './steering/steered-circuit.js';
export { SteadyState, type SteadyStateCheckpoint } from './steering/steady-state.js';
export {
  type Crossing,
  SteerableTransient,
  type SteeringCheckpoint,
  type WaveformPoints,
} from './steering/steerable-transient.js';

/** Streams of random numbers of co-simulation, apart from those of the trainers that it follows. */
export const cosimStreams = { observed: 20, bootstrap: 21, sampled: 22, trials: 23 } as const;

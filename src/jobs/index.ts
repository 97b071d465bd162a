/** Many runs. */
export * from './executor.js';
export * from './job-list.js';
export * from './ledger.js';
export * from './run-record.js';
export * from './run-table.js';
export * from './summarize.js';

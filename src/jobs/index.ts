/** Many runs. */
export * from './job-list.js';

export * from './ast.js';
export * from './build.js';
export * from './evaluate.js';
export * from './functions.js';
export * from './parse-expression.js';
export * from './print.js';
export * from './walk.js';

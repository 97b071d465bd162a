import { isVariable } from './differentiate.js';
import type { Node } from './ir.js';

const constant = new WeakSet<Node>();
const affine = new WeakSet<Node>();

/**
 * Whether a node is a sum of unknowns with factors that no unknown changes. Slopes do not tell: a
 * step has slope zero wherever it has one.
 */
export function isAffine(node: Node): boolean {
  if (affine.has(node) || isVariable(node) || isFree(node)) return true;
  const [a, b, c] = node.args;
  let result = false;
  if (node.op === 'neg') result = isAffine(a);
  else if (node.op === 'add' || node.op === 'sub') result = isAffine(a) && isAffine(b);
  else if (node.op === 'mul') result = (isFree(a) && isAffine(b)) || (isFree(b) && isAffine(a));
  else if (node.op === 'div') result = isFree(b) && isAffine(a);
  else if (node.op === 'select') result = isFree(a) && isAffine(b) && isAffine(c);
  if (result) affine.add(node);
  return result;
}

/** Whether a node depends on no unknown. */
function isFree(node: Node): boolean {
  if (constant.has(node)) return true;
  const free = !isVariable(node) && node.op !== 'previous' && node.args.every(isFree);
  if (free) constant.add(node);
  return free;
}

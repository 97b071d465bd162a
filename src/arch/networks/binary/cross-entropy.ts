/**
 * Mean cross-entropy −ln P(label) of a batch, P ∝ exp(output). Writes its gradient to `gradient`;
 * returns the sum of the losses and how many labels have the largest output.
 */
export function crossEntropy(
  outputs: Float32Array,
  labels: Uint8Array,
  count: number,
  classes: number,
  gradient: Float32Array,
): { readonly loss: number; readonly right: number } {
  let [loss, right] = [0, 0];
  for (let i = 0; i < count; i++) {
    const at = i * classes;
    let best = at;
    for (let j = at + 1; j < at + classes; j++) if (outputs[j] > outputs[best]) best = j;
    let total = 0;
    for (let j = at; j < at + classes; j++) total += Math.exp(outputs[j] - outputs[best]);
    const own = at + labels[i];
    loss += Math.log(total) - (outputs[own] - outputs[best]);
    if (best === own) right++;
    for (let j = at; j < at + classes; j++) {
      const probability = Math.exp(outputs[j] - outputs[best]) / total;
      gradient[j] = (probability - (j === own ? 1 : 0)) / count;
    }
  }
  return { loss, right };
}

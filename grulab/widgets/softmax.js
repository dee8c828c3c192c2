// The softmax output of a trained model: from a state to the probability of each class or symbol.

/** Turn sums into probabilities that add up to 1. */
export function softmaxOf(sums) {
  const largest = Math.max(...sums);
  const powers = sums.map((sum) => Math.exp(sum - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** Return the probabilities that an output, `kernel` [units][classes] and `bias` [classes], reads from a state. */
export const probabilitiesOf = ({ kernel, bias }, h) => softmaxOf(add(product(h, kernel), bias));

/** Return the output that a page holds packed. */
export const outputFrom = ({ kernel, bias }) => ({ kernel: arraysOf(kernel), bias: arraysOf(bias) });

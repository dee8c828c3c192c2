// Random numbers that a seed repeats, the same in every browser and, as far as they are uniform, in Python.

/**
 * Return a generator of random numbers that is the same everywhere: mulberry32, and Box and Muller on top of it.
 * `uniforms` of grulab/nextsymbol.py draws the same uniform ones.
 *
 * @param {number} seed a whole number
 * @returns {{uniform: () => number, normal: () => number, below: (n: number) => number}}
 */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal, below: (n) => Math.floor(uniform() * n) };
}

// Trained numbers on their way into a page: the other end of grulab/widgets/transport.py.

/** Read one number of 16 bits: a sign, 5 bits of exponent, 10 of fraction. Older browsers have no Float16Array. */
export function halfFloat(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

// what a kernel or a page hands over: a DataView, an ArrayBuffer or a typed array
const viewOf = (data) =>
  data instanceof ArrayBuffer ? new DataView(data) : new DataView(data.buffer, data.byteOffset, data.byteLength);

const READERS = {
  float32: (view, i) => view.getFloat32(4 * i, true),
  float16: (view, i) => halfFloat(view.getUint16(2 * i, true)),
  int8: (view, i) => view.getInt8(i),
};

/** Return the numbers of a packed array, the last axis lying together. */
export function numbersOf({ kind, shape, data, scale }) {
  const count = shape.reduce((product, size) => product * size, 1);
  const view = viewOf(data);
  const read = READERS[kind];
  if (!read || view.byteLength !== count * { float32: 4, float16: 2, int8: 1 }[kind]) {
    throw new RangeError(`${view.byteLength} bytes of ${kind} cannot have the shape ${shape.join(" × ")}`);
  }
  const numbers = Float64Array.from({ length: count }, (_, i) => read(view, i));
  if (kind === "int8") {
    const scales = viewOf(scale);
    const row = count / shape[0];
    for (let i = 0; i < count; i += 1) numbers[i] = Math.fround(numbers[i] * scales.getFloat32(4 * Math.floor(i / row), true));
  }
  return numbers;
}

/** Return a packed matrix as rows of numbers; a vector as one array. */
export function arraysOf(packed) {
  const numbers = numbersOf(packed);
  if (packed.shape.length === 1) return Array.from(numbers);
  const [rows, columns] = packed.shape;
  return Array.from({ length: rows }, (_, row) => Array.from(numbers.subarray(row * columns, (row + 1) * columns)));
}

/** Return packed weights in the layout of gru.js. */
export const weightsOf = ({ kernel, recurrent, bias, reset_after: resetAfter }) => ({
  kernel: arraysOf(kernel),
  recurrent: arraysOf(recurrent),
  bias: bias === null ? null : arraysOf(bias),
  resetAfter,
});

/** The dimensions of which keys are counted, in the order of the encoding. */
export const DIMENSIONS = ['path', 'method', 'clientIp', 'logger'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** The dimensions of which distinct keys are counted as well. */
export const DISTINCT_DIMENSIONS: readonly Dimension[] = ['path', 'clientIp'];

/** A set of dimensions as one number: a dimension is the bit of its position, whatever their order. */
export function bitsOfDimensions(dimensions: readonly Dimension[]): number {
  return DIMENSIONS.reduce((bits, dimension, index) => bits + (dimensions.includes(dimension) ? 2 ** index : 0), 0);
}

/** The dimensions of a set, in their order; null where a bit is set that stands for none. */
export function dimensionsOfBits(bits: number): readonly Dimension[] | null {
  if (bits >= 2 ** DIMENSIONS.length) return null;
  return DIMENSIONS.filter((_, index) => Math.floor(bits / 2 ** index) % 2 === 1);
}

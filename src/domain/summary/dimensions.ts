/** The dimensions of which every summary counts the keys, in the order of the encoding. Their keys are texts of the line. */
export const TOP_DIMENSIONS = ['path', 'method', 'clientIp', 'logger'] as const;
export type TopDimension = (typeof TOP_DIMENSIONS)[number];

/**
 * The dimensions of which keys are counted per window where the plan asks for them, in the order of the encoding. Levels and
 * statuses are only these: without windows a summary has counters of them.
 */
export const DIMENSIONS = [...TOP_DIMENSIONS, 'level', 'status'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** The dimensions of which distinct keys are counted as well. */
export const DISTINCT_DIMENSIONS: readonly TopDimension[] = ['path', 'clientIp'];

/** A set of dimensions as one number: a dimension is the bit of its position, whatever their order. */
export function bitsOfDimensions(dimensions: readonly Dimension[]): number {
  return DIMENSIONS.reduce((bits, dimension, index) => bits + (dimensions.includes(dimension) ? 2 ** index : 0), 0);
}

/** The dimensions of a set, in their order; null where a bit is set that stands for none. */
export function dimensionsOfBits(bits: number): readonly Dimension[] | null {
  if (bits >= 2 ** DIMENSIONS.length) return null;
  return DIMENSIONS.filter((_, index) => Math.floor(bits / 2 ** index) % 2 === 1);
}

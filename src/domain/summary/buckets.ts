/** Number of buckets: 0 to 127 exact, then 64 for each of the 46 octaves up to 2^53. */
export const BUCKETS = 3072;

/** Bound on the relative error of a bucket's midpoint: half a bucket is at most 1/128 of its lower end. */
export const HISTOGRAM_RELATIVE_ERROR = 1 / 128;

/** Number of values in the buckets of each 64 buckets: a table, as powers are slow. */
const WIDTHS = Float64Array.from({ length: BUCKETS / 64 }, (_, octave) => (octave < 2 ? 1 : 2 ** (octave - 1)));

/** Bucket of a non-negative safe integer, by integer arithmetic alone. */
export function bucketOf(value: number): number {
  if (value < 128) return value;
  if (value < 2 ** 31) return bucketOfWord(value, 0);
  return bucketOfWord(Math.floor(value / 2 ** 25), 25);
}

/** Smallest value of a bucket. */
export function lowOf(bucket: number): number {
  return bucket < 128 ? bucket : (64 + (bucket & 63)) * widthOf(bucket);
}

/** Number of values in a bucket. */
export function widthOf(bucket: number): number {
  return WIDTHS[bucket >> 6] ?? 1;
}

/** The value that is reported for a bucket, rounded down. */
export function midpointOf(bucket: number): number {
  return lowOf(bucket) + Math.floor((widthOf(bucket) - 1) / 2);
}

/** Bucket of a value of which `word`, at least 64, is what is left above its lowest `shift` bits. */
function bucketOfWord(word: number, shift: number): number {
  const drop = 25 - Math.clz32(word);
  return ((drop + shift) << 6) + (word >>> drop);
}

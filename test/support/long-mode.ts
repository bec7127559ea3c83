/** `npm run test:long`: the same tests over more data, for nights and releases. */
export const IS_LONG = process.env['MILLRACE_TEST_LONG'] !== undefined;

/** How often, how many, how large: the first number in the normal run, the second in the long one. */
export function inMode(normal: number, long: number): number {
  return IS_LONG ? long : normal;
}

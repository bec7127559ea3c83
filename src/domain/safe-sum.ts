/**
 * Adds two non-negative safe integers and stops at 2^53 - 1 instead of rounding. Unlike `+` on doubles it stays
 * associative whatever a log claims, so that hostile numbers cannot make the digest depend on the chunking.
 */
export function safeSum(a: number, b: number): number {
  const sum = a + b;
  return sum > Number.MAX_SAFE_INTEGER ? Number.MAX_SAFE_INTEGER : sum;
}

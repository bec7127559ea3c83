import { type Account, BYTE_CLASSES, LINE_CLASSES, type ByteClass, type LineClass } from '../account.js';
import { safeSum } from '../safe-sum.js';

/** Bytes of each class; every byte that was consumed is in exactly one. `abandonedBytes` are those of a chunk given up. */
export const BYTE_COUNTERS = [
  ...BYTE_CLASSES.map((name): `${ByteClass}Bytes` => `${name}Bytes`),
  'abandonedBytes',
] as const;

/** Lines of each class. */
export const LINE_COUNTERS = LINE_CLASSES.map((name): `${LineClass}Lines` => `${name}Lines`);

/** What is counted for each source and each generation, by name. `late` and `future` are as the daemon judges entries. */
export const COUNTERS = [
  ...LINE_COUNTERS,
  ...BYTE_COUNTERS,
  'requests',
  'errors',
  'trafficBytes',
  'untimed',
  'outOfRange',
  'late',
  'future',
] as const;
export type CounterName = (typeof COUNTERS)[number];

/** Counts by name; what is absent is 0. */
export type Counts = ReadonlyMap<CounterName, number>;

/** The bytes that counts account for. */
export function bytesIn(counts: Counts): number {
  return BYTE_COUNTERS.reduce((sum, name) => safeSum(sum, counts.get(name) ?? 0), 0);
}

/** The lines and bytes of an account by name; those of which there are none are left out. */
export function countsOfAccount(account: Account): Map<CounterName, number> {
  const counts = new Map<CounterName, number>();
  for (const name of LINE_CLASSES) counts.set(`${name}Lines`, account.lines(name));
  for (const name of BYTE_CLASSES) counts.set(`${name}Bytes`, account.bytes(name));
  return withoutZeros(counts);
}

/** The counts that are not 0. */
export function withoutZeros(counts: Counts): Map<CounterName, number> {
  return new Map([...counts].filter(([, count]) => count > 0));
}

/** The counts of both. */
export function sumOfCounts(left: Counts, right: Counts): Map<CounterName, number> {
  const sum = new Map(left);
  for (const [name, count] of right) sum.set(name, safeSum(sum.get(name) ?? 0, count));
  return sum;
}

/** What a log holds, as its maker knows it and as the commands that are measured count it. */
import { isDeepStrictEqual } from 'node:util';

/** Number of lines for each key. */
export type Counts = Readonly<Record<string, number>>;

/** What a log holds. */
export interface Truth {
  readonly lines: number;
  /** Lines of the level ERROR or of a status from 500. */
  readonly errors: number;
  /** Lines with a duration. */
  readonly timed: number;
  /** Keys such as `INFO`, in capitals. */
  readonly levels: Counts;
  readonly statuses: Counts;
  /** Keys such as `2024-01-24T10:15`, in UTC. */
  readonly minutes: Counts;
  readonly paths: Counts;
}

/** What a command tells of a log: the part of the truth that it works out, at least one count. */
export type Answer = Partial<Truth>;

const SHOWN_CHARS = 60;

/** Says how an answer differs from the truth; null where all that it tells is right. */
export function differenceOf(answer: Answer, truth: Truth): string | null {
  const told = (Object.keys(answer) as (keyof Truth)[]).filter((key) => answer[key] !== undefined); // it has no others
  if (told.length === 0) return 'no answer';
  const wrong = told.filter((key) => !isDeepStrictEqual(sorted(answer[key]), sorted(truth[key])));
  if (wrong.length === 0) return null;
  return wrong.map((key) => `${key} ${show(answer[key])} instead of ${show(truth[key])}`).join('; ');
}

/** Adds one to the count of a key. */
export function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Counts with other keys; those that become equal are added up. */
export function renamed(counts: Counts, rename: (key: string) => string): Counts {
  const result: Record<string, number> = {};
  for (const [key, count] of Object.entries(counts)) result[rename(key)] = (result[rename(key)] ?? 0) + count;
  return result;
}

/** `2024-01-24T10:15` for the `24/Jan/2024:10:15` of an access log. */
export function isoMinute(clf: string): string {
  const [day = '', month = '', year = '', hour = '', minute = ''] = clf.split(/[/:]/);
  const number = 'JanFebMarAprMayJunJulAugSepOctNovDec'.indexOf(month) / 3 + 1;
  return `${year}-${String(number).padStart(2, '0')}-${day}T${hour}:${minute}`;
}

/** The order in which the keys were met says nothing. */
function sorted(value: number | Counts | undefined): unknown {
  return typeof value === 'object' ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : value;
}

function show(value: number | Counts | undefined): string {
  const text = JSON.stringify(value) ?? 'none';
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
}

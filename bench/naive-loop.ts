/** What anyone would write first, as a baseline: a line at a time, one regular expression, one map. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const LINE = /^(\d{4}-\d\d-\d\d \d\d:\d\d):\d\d\.\d{3} (\w+) .*?(?:in (\d+)ms)?$/;
const levels = new Map<string, number>();
const minutes = new Map<string, number>();
let count = 0;
let sumMs = 0;

for await (const line of createInterface({ input: createReadStream(process.argv[2] ?? '') })) {
  const match = LINE.exec(line);
  if (match === null) continue;
  const [, minute = '', level = '', tookMs] = match;
  levels.set(level, (levels.get(level) ?? 0) + 1);
  minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
  if (tookMs !== undefined) {
    count += 1;
    sumMs += Number(tookMs);
  }
}
console.log(
  JSON.stringify({ levels: Object.fromEntries(levels), minutes: minutes.size, count, meanMs: sumMs / count }),
);

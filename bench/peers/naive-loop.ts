/** What anyone would write first, as a baseline: `node naive-loop.js KIND FILE` prints an answer as JSON. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { increment, isoMinute, renamed } from '../answer.js';

const PLAIN = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d):\d\d\.\d{3} (\w+) .*? in (\d+)ms$/;
const COMBINED =
  /^\S+ \S+ \S+ \[([^:]+:\d\d:\d\d):\d\d [^\]]+\] "\S+ (\S+) [^"]*" (\d{3}) \S+ "[^"]*" "[^"]*" ([\d.]+)$/;

const levels = new Map<string, number>();
const statuses = new Map<string, number>();
const minutes = new Map<string, number>();
const paths = new Map<string, number>();
let timed = 0;
let sumMs = 0;

function countPlain(line: string): void {
  const match = PLAIN.exec(line);
  if (match === null) return;
  const [, day = '', minute = '', level = '', tookMs] = match;
  increment(levels, level);
  increment(minutes, `${day}T${minute}`);
  countDuration(Number(tookMs));
}

function countCombined(line: string): void {
  const match = COMBINED.exec(line);
  if (match === null) return;
  const [, minute = '', path = '', status = '', seconds] = match;
  increment(minutes, minute);
  increment(paths, path);
  increment(statuses, status);
  countDuration(Number(seconds) * 1000);
}

/** The fields of a line of JSON that are counted. */
interface JsonLine {
  readonly time: string;
  readonly level: string;
  readonly req: { readonly url: string };
  readonly res: { readonly statusCode: number };
  readonly responseTime: number;
}

function countJson(line: string): void {
  const { time, level, req, res, responseTime } = JSON.parse(line) as JsonLine;
  increment(levels, level.toUpperCase());
  increment(minutes, time.slice(0, 16));
  increment(paths, req.url);
  increment(statuses, String(res.statusCode));
  countDuration(responseTime);
}

function countMixed(line: string): void {
  if (line.startsWith('{')) countJson(line);
  else if (line.endsWith('ms')) countPlain(line);
  else countCombined(line);
}

function countDuration(tookMs: number): void {
  timed += 1;
  sumMs += tookMs;
}

const COUNTERS: Readonly<Record<string, (line: string) => void>> = {
  plain: countPlain,
  combined: countCombined,
  json: countJson,
};
const [, , kind = '', file = ''] = process.argv;
const countLine = COUNTERS[kind] ?? countMixed;
for await (const line of createInterface({ input: createReadStream(file) })) countLine(line);

console.error(`mean ${(sumMs / timed).toFixed(1)} ms`);
console.log(
  JSON.stringify({
    timed,
    levels: Object.fromEntries(levels),
    statuses: Object.fromEntries(statuses),
    minutes: renamed(Object.fromEntries(minutes), (key) => (key.includes('/') ? isoMinute(key) : key)),
    paths: Object.fromEntries(paths),
  }),
);

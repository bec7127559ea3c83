/** Question: what does memory do where every line has a path and a client that no other line has? */
import { mkdirSync, statSync } from 'node:fs';
import { writeDistinctLog } from '../make-distinct.js';
import { measure, type Trial } from '../measure.js';
import type { BenchOptions } from '../options.js';
import { millraceContenders, reportIn } from '../peers/millrace.js';
import { DATA } from '../places.js';
import { setMeasured } from '../table.js';
import { heading } from './part.js';

/** Estimates lie within three of their standard errors. */
const ERRORS_ALLOWED = 3;

export function* distinct({ distinct: lines, rounds }: BenchOptions): Iterable<string> {
  mkdirSync(DATA, { recursive: true });
  const file = `${DATA}distinct-${lines}.log`;
  writeDistinctLog(file, lines);
  const bytes = statSync(file).size;
  const check = (output: string): string | null => checkDistinct(output, lines);
  const trials = millraceContenders().map(
    ({ name, does, script }): Trial => ({ name, does, script, file, bytes, factor: 1, check }),
  );
  yield heading('distinct paths and clients', bytes, lines);
  yield setMeasured(measure(trials, rounds));
}

function checkDistinct(output: string, lines: number): string | null {
  const report = reportIn(output);
  if (report.parsed !== lines) return `${report.parsed} of ${lines} lines parsed`;
  for (const name of ['path', 'clientIp'] as const) {
    const { estimate = 0, relativeError = 0 } = report.distinct[name] ?? {};
    if (Math.abs(estimate - lines) > ERRORS_ALLOWED * relativeError * lines) return `${estimate} keys of ${name}`;
  }
  return null;
}

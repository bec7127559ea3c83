/** Question: does ten times the log take more than ten times as long, or more memory? */
import { logFile } from '../log-file.js';
import { measure } from '../measure.js';
import type { BenchOptions } from '../options.js';
import { trialOf } from '../peers/contender.js';
import { millraceContender } from '../peers/millrace.js';
import { ratioOf } from '../statistics.js';
import { setMeasured, setSpread } from '../table.js';
import { heading, sizeOf } from './part.js';

const TIMES = 10;

export function* scale({ kinds, sizeBytes, rounds }: BenchOptions): Iterable<string> {
  for (const kind of kinds) {
    const logs = [logFile(kind, sizeBytes), logFile(kind, sizeBytes * TIMES)];
    const trials = logs.map((log) => trialOf(millraceContender(`millrace, ${sizeOf(log.bytes)}`, '--workers 2'), log));
    const measured = measure(trials, rounds);
    const [small = [], large = []] = measured.map(({ wallMs }) => wallMs);
    for (const { bytes, truth } of logs) yield heading(kind, bytes, truth.lines);
    yield setMeasured(measured);
    yield `${TIMES} times the log takes ${setSpread(ratioOf(large, small))} x the time.`;
  }
}

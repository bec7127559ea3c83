/** Question: how long does a full report take, and how much memory, beside programs that people use for parts of it? */
import { logFile } from '../log-file.js';
import { measure } from '../measure.js';
import type { BenchOptions } from '../options.js';
import { contendersFor, type FoundPeer } from '../peers/all-peers.js';
import { trialOf } from '../peers/contender.js';
import { WC } from '../peers/counters.js';
import { MILLRACE } from '../peers/millrace.js';
import { setMeasured } from '../table.js';
import { heading, partOf } from './part.js';

export function* peers(options: BenchOptions, found: readonly FoundPeer[]): Iterable<string> {
  for (const kind of options.kinds) {
    const log = logFile(kind, options.sizeBytes);
    const part = partOf(kind, options);
    const trials = contendersFor(kind, found).map((contender) => trialOf(contender, log, part));
    const units = [WC, MILLRACE].filter((unit) => trials.some(({ name }) => name === unit));
    yield heading(kind, log.bytes, log.truth.lines);
    yield setMeasured(measure(trials, options.rounds), units);
  }
}

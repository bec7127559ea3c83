/** Question: how long does the whole process take where there is next to nothing to read? */
import { type LogFile, logFile } from '../log-file.js';
import { measure, type Trial } from '../measure.js';
import type { BenchOptions } from '../options.js';
import { quoted, trialOf } from '../peers/contender.js';
import { millraceContenders } from '../peers/millrace.js';
import { setMeasured } from '../table.js';
import { heading } from './part.js';

const SMALL_BYTES = 1e6;
/** Short runs vary more. */
const LEAST_ROUNDS = 11;
const BARE_NODE = 'node -e 0';

export function* startup({ kinds, rounds }: BenchOptions): Iterable<string> {
  for (const kind of kinds) {
    const log = logFile(kind, SMALL_BYTES);
    const trials = [bareNode(log), ...millraceContenders().map((contender) => trialOf(contender, log))];
    yield heading(kind, log.bytes, log.truth.lines);
    yield setMeasured(measure(trials, Math.max(rounds, LEAST_ROUNDS)), [BARE_NODE]);
  }
}

/** What any program in Node pays. */
function bareNode({ path, bytes }: LogFile): Trial {
  const script = `${quoted(process.execPath)} -e 0`;
  return { name: BARE_NODE, does: 'nothing', script, file: path, bytes, factor: 1, check: () => null };
}

/** Question: how much is the second thread worth, beside what the second core of this machine gives anyone? */
import { logFile } from '../log-file.js';
import { measure } from '../measure.js';
import type { BenchOptions } from '../options.js';
import { type Contender, trialOf } from '../peers/contender.js';
import { millraceContender } from '../peers/millrace.js';
import { naiveLoop } from '../peers/naive.js';
import { ratioOf } from '../statistics.js';
import { setMeasured, setSpread } from '../table.js';
import { heading, partOf } from './part.js';

const TWO = 'millrace, 2 workers';

export function* threads(options: BenchOptions): Iterable<string> {
  for (const kind of options.kinds) {
    const log = logFile(kind, options.sizeBytes);
    const part = partOf(kind, options);
    const contenders = [
      millraceContender(TWO, '--workers 2'),
      millraceContender('millrace, 1 worker', '--workers 1'),
      ...naivePair({ ...naiveLoop(kind), isSlow: true }),
    ];
    const trials = contenders.map((contender) => trialOf(contender, log, part));
    const measured = measure(trials, options.rounds);
    const [two = [], one = [], both = [], single = []] = measured.map(({ wallMs }) => wallMs);
    const twiceSingle = single.map((ms) => ms * 2);
    yield heading(kind, log.bytes, log.truth.lines);
    yield setMeasured(measured, [TWO]);
    yield [
      `Two threads do ${setSpread(ratioOf(one, two))} x the work of one in the same time,`,
      `two naive loops at once ${setSpread(ratioOf(twiceSingle, both))} x that of one.`,
    ].join(' ');
  }
}

/** Two processes at once, each on the whole file, and one alone. */
function naivePair(single: Contender): readonly Contender[] {
  const script = `${single.script} >"$SCRATCH/other" 2>&1 & ${single.script} && wait $!`;
  return [{ ...single, name: 'naive loop, twice at once', script }, single];
}

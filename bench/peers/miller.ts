/** Miller: fields between blanks, or JSON. */
import type { Answer } from '../answer.js';
import { isoMinute, renamed } from '../answer.js';
import type { LogKind } from '../make-logs.js';
import { type Peer, quoted } from './contender.js';

/** What is counted, how lines are read, and the program; it reads one format at a time. */
const PROGRAMS: Readonly<Partial<Record<LogKind, readonly [string, string, string]>>> = {
  plain: ['minutes, levels', "--inidx --ifs ' '", '@minutes[$1."T".substr($2, 0, 4)] += 1; @levels[$3] += 1'],
  combined: [
    'minutes, statuses, paths',
    "--inidx --ifs ' '",
    '@minutes[substr($4, 1, 17)] += 1; @statuses[$9] += 1; @paths[$7] += 1',
  ],
  json: [
    'minutes, statuses, paths',
    '--ijson',
    '@minutes[substr($time, 0, 15)] += 1; @statuses[$res["statusCode"]] += 1; @paths[$req["url"]] += 1',
  ],
};

export const miller: Peer = {
  name: 'Miller',
  versionScript: 'mlr --version',
  source: 'apt-get install miller',
  contendersFor: (kind) => {
    const found = PROGRAMS[kind];
    if (found === undefined) return [];
    const [does, input, program] = found;
    const script = `mlr ${input} --ojsonl put -q ${quoted(`${program}; end { dump }`)} "$FILE"`;
    return [{ name: 'Miller', does, script, isSlow: true, read: readDump }];
  },
};

function readDump(output: string): Answer {
  const answer = JSON.parse(output) as Required<Pick<Answer, 'minutes'>>; // compared with the truth
  return { ...answer, minutes: renamed(answer.minutes, (key) => (key.includes('/') ? isoMinute(key) : key)) };
}

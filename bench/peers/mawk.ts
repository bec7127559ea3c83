/** mawk: the one-liners that people write, one map for each thing they count. */
import { type Answer, isoMinute, renamed } from '../answer.js';
import type { LogKind } from '../make-logs.js';
import { type Peer, quoted, readRows } from './contender.js';

const PLAIN =
  'l[$3]++; m[$1 "T" substr($2, 1, 5)]++; if (match($0, / in [0-9]+ms$/)) { n++; s += substr($0, RSTART + 4, RLENGTH - 6) }';
const COMBINED = 'c[substr($4, 2, 17)]++; s[$9]++; p[$7]++';
const JSON_LINES = [
  'm[substr($0, 10, 16)]++',
  'if (match($0, /"statusCode":[0-9]+/)) s[substr($0, RSTART + 13, RLENGTH - 13)]++',
  'if (match($0, /"url":"[^"]*"/)) p[substr($0, RSTART + 7, RLENGTH - 8)]++',
].join('; ');
const PRINT_ACCESS = 'for (k in s) print "statuses", k, s[k]; for (k in p) print "paths", k, p[k]';
const PRINT_MINUTES = 'for (k in m) print "minutes", k, m[k]; for (k in c) print "minutes", k, c[k]';

/** What the program counts, and the program. */
const PROGRAMS: Readonly<Record<LogKind, readonly [string, string]>> = {
  plain: [
    'minutes, levels, mean duration',
    `{ ${PLAIN} } END { print "timed", n; for (k in l) print "levels", k, l[k]; ${PRINT_MINUTES}; print "mean", s / n >"/dev/stderr" }`,
  ],
  combined: ['minutes, statuses, paths', `{ ${COMBINED} } END { ${PRINT_ACCESS}; ${PRINT_MINUTES} }`],
  json: ['minutes, statuses, paths', `{ ${JSON_LINES} } END { ${PRINT_ACCESS}; ${PRINT_MINUTES} }`],
  mixed: [
    'minutes, statuses, paths',
    `/^[{]/ { ${JSON_LINES}; next } / HTTP\\// { ${COMBINED}; next } { m[$1 "T" substr($2, 1, 5)]++ } END { ${PRINT_ACCESS}; ${PRINT_MINUTES} }`,
  ],
};

export const mawk: Peer = {
  name: 'mawk',
  versionScript: 'mawk -W version 2>&1 </dev/null | head -1 | grep mawk',
  source: 'apt-get install mawk',
  contendersFor: (kind) => {
    const [does, program] = PROGRAMS[kind];
    return [{ name: 'mawk', does, script: `mawk ${quoted(program)} "$FILE"`, isSlow: false, read: readMinutes }];
  },
};

/** The minutes of access logs are in their own notation. */
function readMinutes(output: string): Answer {
  const answer = readRows(output);
  return { ...answer, minutes: renamed(answer.minutes ?? {}, (key) => (key.includes('/') ? isoMinute(key) : key)) };
}

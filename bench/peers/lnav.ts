/** lnav: SQL over the formats that it knows, without its screen. */
import { type Answer, renamed } from '../answer.js';
import type { LogKind } from '../make-logs.js';
import { type Peer, quoted } from './contender.js';

/** What is counted, the column and the table; lnav has one format for a file, and none for this JSON. */
const QUERIES: Readonly<Partial<Record<LogKind, readonly ['levels' | 'statuses', string, string]>>> = {
  plain: ['levels', 'log_level', 'generic_log'],
  combined: ['statuses', 'sc_status', 'access_log'],
};

/** Its words for levels. */
const LEVELS: Readonly<Record<string, string>> = { info: 'INFO', warning: 'WARN', error: 'ERROR' };

export const lnav: Peer = {
  name: 'lnav',
  versionScript: 'lnav --version',
  source: 'apt-get install lnav',
  contendersFor: (kind) => {
    const query = QUERIES[kind];
    if (query === undefined) return [];
    const [does, column, table] = query;
    const sql = quoted(`;SELECT ${column}, count(*) FROM ${table} GROUP BY ${column}`);
    const script = `HOME="$SCRATCH" lnav -n -c ${sql} -c ':write-csv-to -' "$FILE"`; // it writes into its home
    return [{ name: 'lnav', does, script, isSlow: false, read: (output) => ({ [does]: readCsv(output) }) }];
  },
};

function readCsv(output: string): Required<Answer>['levels'] {
  const rows = [...output.matchAll(/^(\w+),(\d+)$/gm)].map(([, key = '', count]) => [key, Number(count)] as const);
  return renamed(Object.fromEntries(rows), (key) => LEVELS[key] ?? key);
}

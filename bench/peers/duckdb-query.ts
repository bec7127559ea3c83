/** `node duckdb-query.js KIND FILE` prints an answer as JSON; `version` in place of both, the version of DuckDB. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isoMinute, renamed } from '../answer.js';
import { NPM_PEERS } from '../places.js';

/** The part of `@duckdb/node-api` that is used; the project does not depend on it, so its own types are not there. */
interface DuckDbApi {
  readonly DuckDBInstance: {
    readonly create: (path: string) => Promise<{ readonly connect: () => Promise<Connection> }>;
  };
}

interface Connection {
  readonly runAndReadAll: (sql: string) => Promise<{ readonly getRowObjectsJson: () => readonly Row[] }>;
}

/** One group: the name of the dimension, its key, and the number of lines as text. */
interface Row {
  readonly dimension: 'minutes' | 'statuses' | 'paths';
  readonly key: string;
  readonly lines: string;
}

const { DuckDBInstance } = createRequire(join(NPM_PEERS, 'package.json'))('@duckdb/node-api') as DuckDbApi;
const database = await DuckDBInstance.create(':memory:');
const connection = await database.connect();

const [, , kind = '', file = ''] = process.argv;
const FILE = `'${file.replaceAll("'", "''")}'`;
const LINES = `read_csv(${FILE}, columns = { 'line': 'VARCHAR' }, delim = '\\0', quote = '', escape = '', header = false, auto_detect = false)`;
const ACCESS = String.raw`^\S+ \S+ \S+ \[([^:]+:\d\d:\d\d):\d\d [^\]]+\] "\S+ (\S+) [^"]*" (\d{3}) `;
const PLAIN = String.raw`^(\S+ \d\d:\d\d):\S+ .* in (\d+)ms$`;
const JSON_COLUMNS = `{ time: 'VARCHAR', req: 'STRUCT(url VARCHAR)', res: 'STRUCT(statusCode VARCHAR)' }`;

/** Counts per minute, status and path over a relation that has these three, in one pass. */
const byAll = (relation: string): string => `
  SELECT CASE WHEN minute IS NOT NULL THEN 'minutes' WHEN status IS NOT NULL THEN 'statuses' ELSE 'paths' END AS dimension,
    coalesce(minute, status, path) AS key, count(*) AS lines
  FROM (${relation}) GROUP BY GROUPING SETS ((minute), (status), (path))`;

const QUERIES: Readonly<Record<string, string>> = {
  version: 'SELECT version() AS key',
  plain: `
    SELECT 'minutes' AS dimension, f.minute AS key, count(*) AS lines, quantile_cont(f.took::INTEGER, 0.95) AS p95
    FROM (SELECT regexp_extract(line, '${PLAIN}', ['minute', 'took']) AS f FROM ${LINES}) GROUP BY key`,
  combined: byAll(`
    SELECT f.minute AS minute, f.status AS status, f.path AS path
    FROM (SELECT regexp_extract(line, '${ACCESS}', ['minute', 'path', 'status']) AS f FROM ${LINES})`),
  json: byAll(`
    SELECT time[1:16] AS minute, res.statusCode AS status, req.url AS path
    FROM read_json(${FILE}, format = 'newline_delimited', columns = ${JSON_COLUMNS})`),
};

const result = await connection.runAndReadAll(QUERIES[kind] ?? '');
const rows = result.getRowObjectsJson();
console.log(kind === 'version' ? rows[0]?.key : JSON.stringify(answerOf(rows)));

function answerOf(groups: readonly Row[]): Record<string, Record<string, number>> {
  const answer: Record<string, Record<string, number>> = {};
  for (const { dimension, key, lines } of groups) (answer[dimension] ??= {})[key] = Number(lines);
  const minutes = renamed(answer['minutes'] ?? {}, (key) =>
    key.includes('/') ? isoMinute(key) : key.replace(' ', 'T'),
  );
  return { ...answer, minutes };
}

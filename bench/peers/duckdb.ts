/** DuckDB: SQL over lines taken apart by a regular expression, or over its own reader of JSON. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LogKind } from '../make-logs.js';
import { NPM_PEERS } from '../places.js';
import { type Peer, quoted, readJson } from './contender.js';

const PACKAGE = '@duckdb/node-api@1.5.6-r.1';
const SCRIPT = `${quoted(process.execPath)} ${quoted(fileURLToPath(new URL('./duckdb-query.js', import.meta.url)))}`;

/** What the query of `duckdb-query.ts` for a kind works out. */
const DOES: Readonly<Partial<Record<LogKind, string>>> = {
  plain: 'minutes with p95',
  combined: 'minutes, statuses, paths',
  json: 'minutes, statuses, paths',
};

export const duckdb: Peer = {
  name: 'DuckDB',
  versionScript: `${SCRIPT} version`,
  source: 'npm run bench -- --install',
  contendersFor: (kind) => {
    const does = DOES[kind];
    if (does === undefined) return [];
    return [{ name: 'DuckDB', does, script: `${SCRIPT} ${kind} "$FILE"`, isSlow: false, read: readJson }];
  },
};

/** Fetches DuckDB from npm into a folder of its own. @throws Error where npm cannot */
export function installDuckdb(): void {
  mkdirSync(NPM_PEERS, { recursive: true });
  writeFileSync(join(NPM_PEERS, 'package.json'), '{ "private": true }\n'); // or npm looks for one further up
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--save-exact', PACKAGE];
  const { status } = spawnSync('npm', args, { cwd: NPM_PEERS, stdio: 'inherit' });
  if (status !== 0) throw new Error(`npm could not install ${PACKAGE}`);
}

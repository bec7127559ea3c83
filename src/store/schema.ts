/** The tables, as plain SQL. `docs/store.md` shows and explains the same text. */

/** `application_id` of the database: `MRdb`. */
export const APPLICATION_ID = 0x4d52_6462;
/** `user_version` of the database: the schema. One that is larger is left alone. */
export const SCHEMA_VERSION = 1;

const window = (name: string): string => `CREATE TABLE ${name} (
  start INTEGER NOT NULL,
  source TEXT NOT NULL,
  dimension TEXT NOT NULL,
  key NOT NULL,
  lines INTEGER NOT NULL,
  requests INTEGER,
  errors INTEGER NOT NULL,
  bytes INTEGER,
  overcount INTEGER NOT NULL,
  durations BLOB,
  seal INTEGER NOT NULL,
  PRIMARY KEY (start, source, dimension, key)
) WITHOUT ROWID;
`;

export const SCHEMA = `CREATE TABLE meta (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,
  seal INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE fact (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,
  seal INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE stream (
  id TEXT NOT NULL PRIMARY KEY,
  source TEXT NOT NULL,
  path NOT NULL,
  copy_of TEXT,
  copy_generation INTEGER,
  is_rotated INTEGER NOT NULL,
  gone_at INTEGER,
  machine TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  seal INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE generation (
  stream TEXT NOT NULL,
  generation INTEGER NOT NULL,
  base INTEGER NOT NULL,
  "offset" INTEGER NOT NULL,
  marker BLOB NOT NULL,
  head BLOB NOT NULL,
  plan TEXT NOT NULL,
  counts TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,
  continued_by TEXT,
  seal INTEGER NOT NULL,
  PRIMARY KEY (stream, generation)
) WITHOUT ROWID;

CREATE TABLE counter (
  source TEXT NOT NULL,
  name TEXT NOT NULL,
  value INTEGER NOT NULL,
  seal INTEGER NOT NULL,
  PRIMARY KEY (source, name)
) WITHOUT ROWID;

CREATE TABLE gap (
  stream TEXT NOT NULL,
  generation INTEGER NOT NULL,
  start INTEGER NOT NULL,
  path NOT NULL,
  "end" INTEGER,
  reason TEXT NOT NULL,
  noted_at INTEGER NOT NULL,
  seal INTEGER NOT NULL,
  PRIMARY KEY (stream, generation, start)
) WITHOUT ROWID;

${window('window_10s')}
${window('window_1m')}
${window('window_1h')}`;

/** The statements of the schema, as SQLite keeps them. */
export const STATEMENTS: readonly string[] = SCHEMA.split(';')
  .map((statement) => statement.trim())
  .filter((statement) => statement !== '');

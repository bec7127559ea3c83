/** The tables of the schema, and the rows in them. */
import type { ByteString } from '../domain/byte-string.js';
import { decodeText, encodeText } from '../domain/byte-string.js';
import { RESOLUTIONS, type Resolution } from '../domain/store/resolutions.js';
import type { Connection, SqlValue } from './connection.js';
import { SealedTable, type TableShape } from './sealed-table.js';

/** A byte string in a column: a text where it is valid UTF-8, so that people can read it, and else a blob. */
export type SqlBytes = string | Uint8Array;

// types, not interfaces: only these have the index signature that a row needs
export type MetaRow = { name: string; value: string };
export type FactRow = { name: string; value: string };
export type StreamRow = {
  id: string;
  source: string;
  path: SqlBytes;
  copy_of: string | null;
  copy_generation: number | null;
  /** 0 or 1. */
  is_rotated: number;
  gone_at: number | null;
  machine: string;
  seen_at: number;
};
export type GenerationRow = {
  stream: string;
  generation: number;
  base: number;
  offset: number;
  marker: Uint8Array;
  head: Uint8Array;
  plan: string;
  /** Counts by name, as JSON. */
  counts: string;
  opened_at: number;
  closed_at: number | null;
  continued_by: string | null;
};
export type CounterRow = { source: string; name: string; value: number };
export type GapRow = {
  stream: string;
  generation: number;
  start: number;
  path: SqlBytes;
  end: number | null;
  reason: string;
  noted_at: number;
};
export type WindowRow = {
  start: number;
  source: string;
  dimension: string;
  key: SqlBytes;
  lines: number;
  requests: number | null;
  errors: number;
  bytes: number | null;
  overcount: number;
  durations: Uint8Array | null;
};

type Table<Row extends Record<string, SqlValue>> = SealedTable<Row>;

/** All tables of one connection. */
export interface Tables {
  readonly meta: Table<MetaRow>;
  readonly facts: Table<FactRow>;
  readonly streams: Table<StreamRow>;
  readonly generations: Table<GenerationRow>;
  readonly counters: Table<CounterRow>;
  readonly gaps: Table<GapRow>;
  readonly windows: Readonly<Record<Resolution, Table<WindowRow>>>;
}

export function tablesOf(connection: Connection): Tables {
  return {
    meta: tableOf<MetaRow, 'name'>(connection, { name: 'meta', keys: { name: 'text' }, others: { value: 'text' } }),
    facts: tableOf<FactRow, 'name'>(connection, { name: 'fact', keys: { name: 'text' }, others: { value: 'text' } }),
    streams: streamTable(connection),
    generations: generationTable(connection),
    counters: tableOf<CounterRow, 'source' | 'name'>(connection, {
      name: 'counter',
      keys: { source: 'text', name: 'text' },
      others: { value: 'number' },
    }),
    gaps: tableOf<GapRow, 'stream' | 'generation' | 'start'>(connection, {
      name: 'gap',
      keys: { stream: 'text', generation: 'number', start: 'number' },
      others: { path: 'bytes', end: 'number', reason: 'text', noted_at: 'number' },
    }),
    windows: {
      '10s': windowTable(connection, '10s'),
      '1m': windowTable(connection, '1m'),
      '1h': windowTable(connection, '1h'),
    },
  };
}

/** Has the compiler check that a shape names each column of the row once. */
function tableOf<Row extends Record<string, SqlValue>, Key extends keyof Row & string>(
  connection: Connection,
  shape: TableShape<Row, Key>,
): Table<Row> {
  return new SealedTable<Row>(connection, shape);
}

function streamTable(connection: Connection): Table<StreamRow> {
  const copy = { copy_of: 'text', copy_generation: 'number' } as const;
  const state = { is_rotated: 'number', gone_at: 'number', machine: 'text', seen_at: 'number' } as const;
  return tableOf<StreamRow, 'id'>(connection, {
    name: 'stream',
    keys: { id: 'text' },
    others: { source: 'text', path: 'bytes', ...copy, ...state },
  });
}

function generationTable(connection: Connection): Table<GenerationRow> {
  const content = { marker: 'blob', head: 'blob', plan: 'text', counts: 'text' } as const;
  const life = { opened_at: 'number', closed_at: 'number', continued_by: 'text' } as const;
  return tableOf<GenerationRow, 'stream' | 'generation'>(connection, {
    name: 'generation',
    keys: { stream: 'text', generation: 'number' },
    others: { base: 'number', offset: 'number', ...content, ...life },
  });
}

function windowTable(connection: Connection, resolution: Resolution): Table<WindowRow> {
  const counts = {
    lines: 'number',
    requests: 'number',
    errors: 'number',
    bytes: 'number',
    overcount: 'number',
  } as const;
  return tableOf<WindowRow, 'start' | 'source' | 'dimension' | 'key'>(connection, {
    name: `window_${resolution}`,
    keys: { start: 'number', source: 'text', dimension: 'text', key: 'bytes' },
    others: { ...counts, durations: 'blob' },
  });
}

/** A table of which only the number of rows and their seals matter. */
export interface AnyTable {
  readonly where: (condition: string) => readonly unknown[];
}

/** The tables that stay small whatever the history. */
export function smallTables({ windows: _windows, ...others }: Tables): AnyTable[] {
  return Object.values(others).map(anyOf);
}

/** The tables of history. */
export function windowTables({ windows }: Tables): AnyTable[] {
  return RESOLUTIONS.map((resolution) => anyOf(windows[resolution]));
}

function anyOf(table: AnyTable): AnyTable {
  return { where: (condition) => table.where(condition) };
}

/** Puts a byte string into a column. */
export function sqlOf(bytes: ByteString): SqlBytes {
  const text = decodeText(bytes);
  return text.includes('\0') || encodeText(text) !== bytes ? blobOf(bytes) : text;
}

/** The byte string in a column. */
export function bytesOfSql(value: SqlBytes): ByteString {
  return typeof value === 'string' ? encodeText(value) : byteStringOfBlob(value);
}

export function blobOf(bytes: ByteString): Uint8Array {
  return Buffer.from(bytes, 'latin1');
}

export function byteStringOfBlob(blob: Uint8Array): ByteString {
  return Buffer.from(blob).toString('latin1');
}

import { decodeText } from '../../domain/byte-string.js';
import type { WorkerRow, WorkersReport } from '../../report/daemon/reports.js';
import type { Command } from '../command-table.js';
import type { WorkerStatus } from '../daemon-port.js';
import { type CommandDeps, plainCommand } from './deps.js';

/** The scan threads and what they are at, those longest at it first. */
export function workersCommand({ port, now }: CommandDeps): Command {
  const help = 'the scan threads and what they are at, those that are longest at it first';
  return plainCommand({ name: 'workers', help }, async (): Promise<WorkersReport> => {
    const nowAt = now();
    const rows = (await port.workers()).map((status) => rowOf(status, nowAt));
    return { schema: 'millrace.workers/1', workers: rows.toSorted(longestFirst) };
  });
}

function rowOf({ thread, task }: WorkerStatus, nowAt: number): WorkerRow {
  if (task === null) {
    const nothing = { worker: null, attempt: null, path: null, start: null, end: null, doneBytes: null, forMs: null };
    return { thread, ...nothing };
  }
  const { worker, attempt, path, start, end, doneBytes, startedAt } = task;
  const forMs = Math.max(0, nowAt - startedAt);
  return { thread, worker, attempt, path: decodeText(path), start, end, doneBytes, forMs };
}

function longestFirst(one: WorkerRow, other: WorkerRow): number {
  return (other.forMs ?? -1) - (one.forMs ?? -1);
}

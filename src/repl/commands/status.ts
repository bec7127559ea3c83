import { MillraceError } from '../../domain/errors.js';
import { spanOfWidth } from '../../report/history-span.js';
import type { AlertRow, RecentReport, StatusReport } from '../../report/daemon/reports.js';
import type { Command } from '../command-table.js';
import type { DaemonPort, History } from '../daemon-port.js';
import { alertRows } from './alerts.js';
import { type CommandDeps, isoOf, isoOrNull, plainCommand } from './deps.js';
import { readWindows } from './read-windows.js';

/** Event time that `recent` covers. */
const RECENT_MS = 300_000;
const WINDOW_MS = 10_000;
/** Alerts that are listed. */
const MAX_FIRING = 100;

/** How the daemon is: in every state, also where the store does not answer. */
export function statusCommand({ port, now }: CommandDeps): Command {
  const help = 'how the daemon is: what is wrong first, then how far it is behind, and what it holds';
  return plainCommand({ name: 'status', help }, async (signal): Promise<StatusReport> => {
    const status = await port.status();
    const nowAt = now();
    const { pid, version, state, fault, timezone, roots, stateFolder, files, backlogBytes, lagMs } = status;
    const { openDescriptors, workers, committed, committedAt, rssBytes, incarnations, startedAt } = status;
    const [firing, gaps, recent] = await Promise.all([
      orNull(() => firingOf(port)),
      orNull(() => Promise.resolve(gapsOf(port.history))),
      orNull(() => recentOf(port.history, nowAt, signal)),
    ]);
    return {
      schema: 'millrace.status/1',
      pid,
      version,
      state,
      fault,
      startedAt: isoOf(startedAt),
      uptimeSeconds: Math.max(0, Math.round((nowAt - startedAt) / 1000)),
      timezone,
      roots,
      stateFolder,
      firing,
      gaps,
      recent,
      files,
      backlogBytes,
      lagMs,
      openDescriptors,
      workers,
      committed: { ...committed, at: isoOrNull(committedAt) },
      rssBytes,
      incarnations,
    };
  });
}

/** What cannot be known in this state is null. */
async function orNull<Value>(read: () => Promise<Value>): Promise<Value | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof MillraceError) return null;
    throw error;
  }
}

async function firingOf(port: DaemonPort): Promise<readonly AlertRow[]> {
  const alerts = await port.alerts();
  return alertRows(alerts.filter(({ state }) => state === 'firing')).slice(0, MAX_FIRING);
}

function gapsOf(history: History): { readonly count: number; readonly bytes: number } {
  const gaps = history.gaps();
  return { count: gaps.length, bytes: gaps.reduce((sum, { start, end }) => sum + (end === null ? 0 : end - start), 0) };
}

async function recentOf(history: History, nowAt: number, signal: AbortSignal): Promise<RecentReport> {
  const span = spanOfWidth(nowAt - RECENT_MS, nowAt, WINDOW_MS);
  const windows = await readWindows(history, { span, dimensions: [], topCount: 0 }, signal);
  const { lines, requests, errors } = windows.totals();
  const { durations } = windows;
  const p95 = durations.isEmpty ? null : durations.quantile(0.95) / 1000;
  return { seconds: RECENT_MS / 1000, lines, requests, errors, errorsPerMinute: (errors * 60_000) / RECENT_MS, p95 };
}

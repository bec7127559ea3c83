/**
 * What the commands of a daemon answer, as data: the JSON of `exec --json`. Names are a contract: add to them, never rename.
 * Instants are ISO 8601 UTC. Lists are cut to what one answer holds; `omitted` tells how many are missing at the end.
 */
import type { SummaryReport, WindowReport } from '../summary-report.js';

export interface StatusReport {
  readonly schema: 'millrace.status/1';
  readonly pid: number;
  readonly version: string;
  readonly state: string;
  readonly fault: { readonly code: string; readonly message: string } | null;
  readonly startedAt: string;
  readonly uptimeSeconds: number;
  readonly timezone: string;
  readonly roots: readonly string[];
  readonly stateFolder: string;
  /** Alerts that fire; null where that is not known at the moment. */
  readonly firing: readonly AlertRow[] | null;
  /** Places at which bytes were never counted, and how many bytes where that is known; null where the store does not answer. */
  readonly gaps: { readonly count: number; readonly bytes: number } | null;
  /** The last minutes of event time, up to now; null where the store does not answer. */
  readonly recent: RecentReport | null;
  readonly files: number;
  readonly backlogBytes: number;
  readonly lagMs: number;
  readonly openDescriptors: number;
  readonly workers: number;
  readonly committed: {
    readonly bytes: number;
    readonly lines: number;
    readonly malformed: number;
    readonly requests: number;
    readonly errors: number;
    readonly at: string | null;
  };
  readonly rssBytes: number;
  readonly incarnations: number;
}

export interface RecentReport {
  readonly seconds: number;
  readonly lines: number;
  readonly requests: number;
  readonly errors: number;
  readonly errorsPerMinute: number;
  /** Milliseconds; null where nothing carried a duration. */
  readonly p95: number | null;
}

export interface WindowsReport {
  readonly schema: 'millrace.windows/1';
  readonly timezone: string;
  /** Span that is told, whole windows, `to` exclusive; `from` is later than was asked for where that were more than 4,000. */
  readonly from: string;
  readonly to: string;
  readonly seconds: number;
  /** Dimension of which the windows list keys; null for none. */
  readonly by: string | null;
  /** Those that are touched, in the order of time. */
  readonly windows: readonly WindowReport[];
  /** Windows that are older than these and did not fit. */
  readonly omitted: number;
}

export interface FileRow {
  readonly path: string;
  readonly state: string;
  readonly format: string | null;
  readonly generation: number;
  readonly offset: number;
  readonly size: number;
  readonly behind: number;
  readonly lines: number;
  readonly malformed: number;
}

/** The files that are furthest behind first, then by path. */
export interface FilesReport {
  readonly schema: 'millrace.files/1';
  readonly total: number;
  readonly files: readonly FileRow[];
  readonly omitted: number;
}

export interface GapRow {
  readonly path: string;
  readonly generation: number;
  readonly start: number;
  readonly end: number | null;
  readonly reason: string;
  readonly notedAt: string;
}

/** The newest first. */
export interface GapsReport {
  readonly schema: 'millrace.gaps/1';
  readonly timezone: string;
  readonly total: number;
  readonly gaps: readonly GapRow[];
  readonly omitted: number;
}

export interface AlertRow {
  readonly name: string;
  readonly rule: string;
  readonly key: string | null;
  readonly state: string;
  readonly since: string | null;
  readonly firedAt: string | null;
  readonly worst: number | null;
  readonly unit: string;
}

/** Those that fire first. */
export interface AlertsReport {
  readonly schema: 'millrace.alerts/1';
  readonly timezone: string;
  readonly total: number;
  readonly alerts: readonly AlertRow[];
  readonly omitted: number;
}

export interface WorkerRow {
  readonly thread: string | null;
  readonly worker: string | null;
  readonly attempt: number | null;
  readonly path: string | null;
  readonly start: number | null;
  readonly end: number | null;
  readonly doneBytes: number | null;
  readonly forMs: number | null;
}

/** Those that are longest at their chunk first, idle threads last. */
export interface WorkersReport {
  readonly schema: 'millrace.workers/1';
  readonly workers: readonly WorkerRow[];
}

/** What a command that changes something did. */
export interface DoneReport {
  readonly schema: 'millrace.done/1';
  readonly done: string;
  /** Settings of which the change takes effect at the next start only; of `reload`. */
  readonly needRestart: readonly string[];
}

export interface HelpReport {
  readonly schema: 'millrace.help/1';
  readonly commands: readonly { readonly name: string; readonly usage: string; readonly help: string }[];
}

export type DaemonReport =
  | StatusReport
  | WindowsReport
  | FilesReport
  | GapsReport
  | AlertsReport
  | WorkersReport
  | DoneReport
  | HelpReport
  | SummaryReport;

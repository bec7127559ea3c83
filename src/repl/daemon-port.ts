/** What the commands need of the daemon. Its composition implements it; all that is read is a view of what is committed. */
import type { ByteString } from '../domain/byte-string.js';
import type { ErrorCode, Fault } from '../domain/errors.js';
import type { Folding } from '../domain/plan.js';
import type { Store } from '../domain/store/store.js';

/** States of the machine that a daemon is. */
export const WATCH_STATES = [
  'starting',
  'recovering',
  'catchingUp',
  'following',
  'paused',
  'degraded',
  'draining',
  'stopped',
] as const;
export type WatchState = (typeof WATCH_STATES)[number];

/** What was committed since the state began. */
export interface CommittedTotals {
  readonly bytes: number;
  readonly lines: number;
  readonly malformed: number;
  readonly errors: number;
  readonly requests: number;
}

/** How the daemon is. Instants are epoch ms. */
export interface DaemonStatus {
  readonly pid: number;
  readonly version: string;
  readonly stateFolder: string;
  /** Directories that are watched, as they were given. */
  readonly roots: readonly string[];
  readonly startedAt: number;
  readonly state: WatchState;
  /** Why it is degraded; null while nothing is wrong. */
  readonly fault: Fault | null;
  /** Files that are followed. */
  readonly files: number;
  /** Bytes that are there and not yet committed. */
  readonly backlogBytes: number;
  /** Age of the oldest of these bytes since they were seen; 0 where there are none. */
  readonly lagMs: number;
  readonly openDescriptors: number;
  /** Scan threads. */
  readonly workers: number;
  readonly committed: CommittedTotals;
  /** When the last commit was; null where this process made none. */
  readonly committedAt: number | null;
  readonly rssBytes: number;
  /** How often all above the store was built anew after a failure, the first time included. */
  readonly incarnations: number;
  /** IANA zone of the state, in which times without a zone are read. */
  readonly timezone: string;
  readonly folding: Folding;
}

/** A file that is followed, or was until it went. */
export interface FollowedFile {
  readonly path: ByteString;
  /** State of its machine, such as `following` or `drifting`. */
  readonly state: string;
  readonly generation: number;
  /** Of the current generation: bytes that are committed, and bytes that are there. */
  readonly offset: number;
  readonly size: number;
  /** Format of most of its lines; null while it is not known. */
  readonly format: string | null;
  /** Of all generations that are known. */
  readonly bytes: number;
  readonly lines: number;
  readonly malformed: number;
}

/** What a Worker is at. */
export interface WorkerTask {
  /** Name of its actor: `worker-<chunk>-<attempt>`. */
  readonly worker: string;
  readonly attempt: number;
  readonly path: ByteString;
  readonly start: number;
  readonly end: number;
  readonly doneBytes: number;
  /** Epoch ms. */
  readonly startedAt: number;
}

/** A thread with what it does, or a Worker that waits for one. */
export interface WorkerStatus {
  /** `thread-N`; null for a Worker that waits. */
  readonly thread: string | null;
  /** Null for a thread that is idle. */
  readonly task: WorkerTask | null;
}

export const ALERT_STATES = ['firing', 'pending', 'resolved', 'ok'] as const;
export type AlertStatusState = (typeof ALERT_STATES)[number];

/** A rule, or one key of it that is not `ok`. Instants are epoch ms. */
export interface AlertStatus {
  readonly name: string;
  /** The rule as it was written. */
  readonly rule: string;
  /** Null for a rule over all lines, and for a rule by key of which no key is at fault. */
  readonly key: ByteString | null;
  readonly state: AlertStatusState;
  /** Since when the condition holds; null while it does not. */
  readonly since: number | null;
  readonly firedAt: number | null;
  /** The worst value since, in `unit`. */
  readonly worst: number | null;
  readonly unit: '' | 'ms' | '%';
}

/** What a reload changed: names of settings. */
export interface ReloadOutcome {
  readonly applied: readonly string[];
  /** Those that changed and take effect at the next start only. */
  readonly needRestart: readonly string[];
}

/** One command that changed something, or was to. */
export interface AuditEntry {
  readonly command: string;
  readonly args: readonly string[];
  readonly outcome: 'done' | ErrorCode;
}

/** History as the store keeps it; throws what the store throws, MR_ERR_STORE_FAILED for one. */
export type History = Pick<Store, 'windows' | 'totals' | 'gaps'>;

export interface DaemonPort {
  /** That of the store that is open now: to be asked for anew by each command. */
  readonly history: History;
  /** Answers in every state. */
  status(): Promise<DaemonStatus>;
  files(): Promise<readonly FollowedFile[]>;
  workers(): Promise<readonly WorkerStatus[]>;
  alerts(): Promise<readonly AlertStatus[]>;
  /** Stops to hand out chunks; those in flight are committed. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Resolves when so many threads are asked for; those that are too many end after their chunk. */
  scale(workers: number): Promise<void>;
  /** Ends a Worker or a thread by name; its chunk is done again. False where there is none of that name. */
  kill(name: string): Promise<boolean>;
  /** @throws MR_ERR_CONFIG_INVALID and the like: then nothing changed */
  reload(): Promise<ReloadOutcome>;
  /** Begins to drain; resolves at once. */
  stop(): Promise<void>;
  /** Writes into the daemon's own log who changed what. */
  audit(entry: AuditEntry): void;
}

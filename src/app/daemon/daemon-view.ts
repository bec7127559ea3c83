/** The daemon as its commands see it: what is committed, and what is at work. */
import { encodeText } from '../../domain/byte-string.js';
import { failure, MillraceError } from '../../domain/errors.js';
import { bytesIn, type CounterName, type Counts, LINE_COUNTERS, sumOfCounts } from '../../domain/store/counts.js';
import type { StoredStream } from '../../domain/store/store.js';
import { restoredFile } from '../../machines/followed-file.js';
import type {
  AlertStatus,
  AuditEntry,
  CommittedTotals,
  DaemonPort,
  DaemonStatus,
  FollowedFile,
  History,
  ReloadOutcome,
  WorkerStatus,
} from '../../repl/daemon-port.js';
import type { WatchConfig } from '../watch-config.js';
import type { Daemon } from './daemon.js';

/** What the view needs besides the daemon. */
export interface DaemonViewOptions {
  readonly version: string;
  /** Reads all settings anew. @throws what is wrong with them */
  readonly readConfig: () => WatchConfig;
  /** Begins to stop the process. */
  readonly onStop: () => void;
}

export class DaemonView implements DaemonPort {
  readonly #daemon: Daemon;
  readonly #options: DaemonViewOptions;
  readonly #startedAt = Date.now();
  #counts: Counts = new Map();

  constructor(daemon: Daemon, options: DaemonViewOptions) {
    this.#daemon = daemon;
    this.#options = options;
  }

  /** @throws MR_ERR_STORE_FAILED while there is none */
  get history(): History {
    const { store, fault, settings } = this.#daemon;
    if (store === null) throw failure('MR_ERR_STORE_FAILED', [settings.config.state, fault?.message ?? 'it is closed']);
    return store;
  }

  status(): Promise<DaemonStatus> {
    const daemon = this.#daemon;
    const { config } = daemon.settings;
    const follower = daemon.incarnation?.follower;
    return Promise.resolve({
      pid: process.pid,
      version: this.#options.version,
      stateFolder: config.state,
      roots: daemon.roots.names,
      startedAt: this.#startedAt,
      state: daemon.state,
      fault: daemon.fault,
      files: follower?.files ?? 0,
      backlogBytes: follower?.backlogBytes ?? 0,
      lagMs: daemon.lagMs,
      openDescriptors: follower?.openFiles ?? 0,
      workers: daemon.incarnation?.pool.size ?? 0,
      committed: this.#committed(),
      committedAt: daemon.committedAt,
      rssBytes: process.memoryUsage.rss(),
      incarnations: daemon.incarnations,
      timezone: config.timezone,
      folding: config.folding,
    });
  }

  files(): Promise<readonly FollowedFile[]> {
    const { store, incarnation } = this.#daemon;
    const sizeOf = (key: string): number | null => incarnation?.follower.sizeOf(key) ?? null;
    return Promise.resolve((store?.streams() ?? []).map((stored) => fileOf(stored, sizeOf(stored.stream.key))));
  }

  async workers(): Promise<readonly WorkerStatus[]> {
    const { incarnation } = this.#daemon;
    if (incarnation === null) return [];
    const { pool, source } = incarnation;
    const leased = (await incarnation.ledger()).filter(({ status }) => status === 'leased');
    const threads = pool.describe();
    const statuses = threads.map(({ threadId, chunkId, startedAt }): WorkerStatus => {
      const line = leased.find(({ chunk }) => chunk.id === chunkId);
      const thread = `thread-${threadId}`;
      if (line === undefined || startedAt === null) return { thread, task: null };
      const { chunk, attempt } = line;
      const at = pool.progress(chunk.id) ?? chunk.start;
      const doneBytes = Math.max(0, Math.floor(at) - chunk.start);
      const { start, end } = chunk;
      const path = encodeText(source.planOf(chunk.file).path);
      const worker = `worker-${chunk.id}-${attempt}`;
      return { thread, task: { worker, attempt, path, start, end, doneBytes, startedAt } };
    });
    return statuses;
  }

  /** @throws MR_ERR_ALERT_UNJUDGED where there are rules: nobody may take silence for health */
  alerts(): Promise<readonly AlertStatus[]> {
    const { alerts } = this.#daemon.settings.config;
    return alerts.length === 0
      ? Promise.resolve([])
      : Promise.reject(failure('MR_ERR_ALERT_UNJUDGED', [alerts.length]));
  }

  pause(): Promise<void> {
    this.#daemon.pause(true);
    return Promise.resolve();
  }

  resume(): Promise<void> {
    this.#daemon.pause(false);
    return Promise.resolve();
  }

  scale(workers: number): Promise<void> {
    this.#daemon.incarnation?.pool.scale(workers);
    return Promise.resolve();
  }

  kill(name: string): Promise<boolean> {
    const pool = this.#daemon.incarnation?.pool;
    const [, thread] = /^thread-(\d+)$/.exec(name) ?? [];
    const [, chunk] = /^worker-(.+)-\d+$/.exec(name) ?? [];
    if (thread !== undefined) return Promise.resolve(pool?.kill({ threadId: Number(thread) }) ?? false);
    return Promise.resolve(chunk !== undefined && (pool?.kill({ chunkId: chunk }) ?? false));
  }

  reload(): Promise<ReloadOutcome> {
    const { settings, incarnation } = this.#daemon;
    const { atOnce, needsRestart, config } = settings.reload(this.#options.readConfig());
    if (incarnation !== null && incarnation.pool.size !== config.workers) incarnation.pool.scale(config.workers);
    return Promise.resolve({ applied: atOnce, needRestart: needsRestart });
  }

  stop(): Promise<void> {
    this.#options.onStop();
    return Promise.resolve();
  }

  audit({ command, args, outcome }: AuditEntry): void {
    this.#daemon.settings.log.info('Told over the control socket', { command, args, outcome });
  }

  /** While the store does not answer, what it told last: counts never go back. */
  #committed(): CommittedTotals {
    try {
      const totals = this.#daemon.store?.totals().values();
      if (totals !== undefined) this.#counts = [...totals].reduce<Counts>(sumOfCounts, new Map());
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error; // it has failed: the next incarnation opens another one
    }
    const counts = this.#counts;
    const of = (name: CounterName): number => counts.get(name) ?? 0;
    return {
      bytes: bytesIn(counts),
      lines: linesIn(counts),
      malformed: of('malformedLines'),
      errors: of('errors'),
      requests: of('requests'),
    };
  }
}

function linesIn(counts: Counts): number {
  return LINE_COUNTERS.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
}

function fileOf({ stream, machine, generations }: StoredStream, size: number | null): FollowedFile {
  const counts = generations.reduce<Counts>((sum, generation) => sumOfCounts(sum, generation.counts), new Map());
  const file = restoredFile(machine);
  return {
    path: stream.path,
    state: stream.copyOf === null ? file.state : 'copy',
    generation: stream.generation,
    offset: stream.offset,
    size: size ?? stream.offset,
    format: file.context.format,
    bytes: bytesIn(counts),
    lines: linesIn(counts),
    malformed: counts.get('malformedLines') ?? 0,
  };
}

/**
 * One life of a daemon, from the last commit on: store, followed files, threads, actors. It ends with the first failure of any of
 * them, and then whoever started it starts another: what was not committed is read again.
 */
import { randomInt } from 'node:crypto';
import type { CoordinatorPolicy } from '../../actors/coordinator-deps.js';
import type { JobFact } from '../../actors/messages/facts.js';
import type { BatchCommitted } from '../../actors/messages/analyzer.js';
import type { ArchiveFlushed, ArchivistMessage } from '../../actors/messages/archivist.js';
import type { LedgerLine, LedgerQuery, LedgerReply } from '../../actors/messages/coordinator.js';
import { type ActorRef, type ActorSystem, ask, createActorSystem, tell } from '../../actors/system.js';
import { decodeText, encodeText } from '../../domain/byte-string.js';
import type { Fault } from '../../domain/errors.js';
import type { FileKey } from '../../domain/follow/followed-stream.js';
import type { SummaryPlan } from '../../domain/plan.js';
import { decodeGenerationPlan } from '../../domain/store/generation-plan.js';
import type { Store, StoredStream } from '../../domain/store/store.js';
import type { KernelCode } from '../../scanner/kernel.js';
import { NODE_FILES } from '../../sources/follow/follow-files.js';
import { FollowSource, type KnownPlan } from '../../sources/follow/follow-source.js';
import { Follower } from '../../sources/follow/follower.js';
import { fromAt, type WatchConfig } from '../watch-config.js';
import { MAX_HEAP_MB } from '../../threads/start-thread.js';
import { ThreadPool } from '../../threads/thread-pool.js';
import { logEvents } from '../log-events.js';
import { monotonicNow, systemScheduler } from '../system-scheduler.js';
import { superviseWatch, type WatchActors } from './watch-actors.js';
import type { LiveSettings } from './live-settings.js';
import type { WatchedRoots } from './watched-roots.js';

/** What an incarnation is started with. */
export interface IncarnationOptions {
  readonly settings: LiveSettings;
  readonly roots: WatchedRoots;
  readonly store: Store;
  readonly kernel: KernelCode | null;
  readonly onEnded: (fault: Fault) => void;
  readonly onCommitted: (batch: BatchCommitted) => void;
  readonly onFact: (fact: JobFact) => void;
  readonly onScanned: () => void;
}

const TICK_MS = 50;
const MAX_SILENT_TICKS = 600;
/** Number of different 32-bit words. */
const WORDS = 2 ** 32;
/** Chunks in flight beyond one for each thread: they are read while others wait for the commit. */
const SPARE_CHUNKS = 6;
/** Chunks that wait for a commit before one is due at once. */
const MAX_WAITING_CHUNKS = 4;
const ROTATE_WAIT_MS = 2000;
const MAX_DESCRIPTORS = 1024;
/** A scan of some files takes less than a millisecond, one of 10,000 fifty. */
const PACE = { minIntervalMs: 100, maxShare: 0.04 };
const FLUSH_TIMEOUT_MS = 5000;

export class Incarnation {
  readonly system: ActorSystem;
  readonly pool: ThreadPool;
  readonly source: FollowSource;
  readonly follower: Follower;
  readonly #actors: WatchActors;
  #isClosed = false;

  /** @throws MR_ERR_STORE_FAILED, MR_ERR_STORE_DAMAGED */
  constructor(options: IncarnationOptions) {
    const { settings, store, roots } = options;
    const { config } = settings;
    const known = store.streams();
    this.follower = followerOf(options, known);
    this.source = new FollowSource({
      ...config,
      follower: this.follower,
      rows: known.map(({ stream }) => stream),
      plans: plansOf(known),
      onLanded: () => this.#actors.tellWatcher({ type: 'growth.landed' }),
    });
    this.pool = poolOf(options, this.source);
    this.system = createActorSystem('millrace', { onFatal: options.onEnded });
    logEvents(this.system, settings.log);
    this.#actors = superviseWatch(this.system, {
      source: this.source,
      dispatcher: this.pool,
      store,
      book: {
        known,
        sourceOf: (path) => roots.nameOf(path),
        sizeOf: (key) => this.follower.sizeOf(key),
        folding: config.folding,
        onFormat: (path, event) => settings.log.info('Format of a file changed', { path: decodeText(path), ...event }),
      },
      live: options,
      scheduler: systemScheduler(),
      now: monotonicNow,
      epochNow: Date.now,
      coordinatorPolicy: policyOf(config, this.pool),
      archivistPolicy: {
        get intervalMs() {
          return settings.config.commitIntervalMs;
        },
        maxChunks: MAX_WAITING_CHUNKS,
      },
      pace: {
        ...PACE,
        get maxIntervalMs() {
          return settings.config.scanIntervalMs;
        },
      },
      tickMs: TICK_MS,
      maxSilentTicks: MAX_SILENT_TICKS,
    });
  }

  /** Pauses or resumes the handing out of chunks. */
  control(command: 'pause' | 'resume'): void {
    this.#actors.tellCoordinator({ type: 'job.control', command });
  }

  /** Keeps small values with the next commit. */
  noteFacts(facts: ReadonlyMap<string, string>): void {
    const archivist = this.#actors.archivist();
    if (archivist !== null) tell(archivist, { type: 'facts.noted', facts });
  }

  /** The chunks that are not settled. @throws MR_ERR_ASK_TIMEOUT, MR_ERR_ASK_STOPPED */
  async ledger(): Promise<readonly LedgerLine[]> {
    const coordinator = this.#actors.coordinator();
    if (coordinator === null) return [];
    const query = (replyTo: ActorRef<LedgerReply>): LedgerQuery => ({ type: 'ledger.query', replyTo });
    return (await ask(coordinator, query, FLUSH_TIMEOUT_MS)).lines;
  }

  /** Cuts no more, and commits what was cut. @throws MR_ERR_ASK_TIMEOUT, MR_ERR_ASK_STOPPED */
  async drain(): Promise<void> {
    const drained = this.source.stop();
    this.#actors.tellCoordinator({ type: 'source.ready' });
    await drained;
    const archivist = this.#actors.archivist();
    if (archivist !== null) {
      await ask<ArchivistMessage, ArchiveFlushed>(
        archivist,
        (replyTo) => ({ type: 'archive.flush', replyTo }),
        FLUSH_TIMEOUT_MS,
      );
    }
  }

  /** Ends all but the store. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#actors.stopTicking();
    await this.system.stop();
    await this.pool.close();
    this.follower.close();
  }
}

function followerOf({ settings, roots }: IncarnationOptions, known: readonly StoredStream[]): Follower {
  const clock = { monotonicMs: monotonicNow, epochMs: Date.now };
  return new Follower(
    { files: NODE_FILES, clock },
    {
      roots: roots.names.map(encodeText),
      kindOf: settings.kindOf,
      from: fromAt(settings.config.from, Date.now()),
      rotateWaitMs: ROTATE_WAIT_MS,
      maxChunkBytes: settings.config.maxChunkBytes,
      maxDescriptors: MAX_DESCRIPTORS,
    },
    known.map(({ stream }) => stream),
  );
}

function plansOf(known: readonly StoredStream[]): Map<FileKey, KnownPlan> {
  const plans = new Map<FileKey, KnownPlan>();
  for (const { stream, generations } of known) {
    const lines = decodeGenerationPlan(generations.at(-1)?.plan ?? '');
    if (lines !== null) plans.set(stream.key, { generation: stream.generation, lines });
  }
  return plans;
}

function poolOf({ settings: { config }, kernel }: IncarnationOptions, source: FollowSource): ThreadPool {
  const summary: SummaryPlan = { windowMs: 10_000, folding: config.folding, windowedKeys: config.keys };
  return new ThreadPool({
    threads: config.workers,
    slots: [],
    summary,
    poison: config.poison === null ? null : encodeText(config.poison),
    kernel: kernel === null ? null : { ...kernel, secret: [randomInt(WORDS), randomInt(WORDS)] },
    maxHeapMb: MAX_HEAP_MB,
    planOf: (file) => source.planOf(file),
    descriptorOf: (file) => source.descriptorOf(file),
  });
}

function policyOf({ stallTimeoutMs, chaos }: WatchConfig, pool: ThreadPool): CoordinatorPolicy {
  return {
    get maxInFlight() {
      return pool.size + SPARE_CHUNKS;
    },
    leaseMs: stallTimeoutMs,
    retry: { maxAttempts: 4, maxKills: 2, baseDelayMs: 100, maxDelayMs: 30_000 },
    circuit: { maxFailuresInRow: 8, openMs: 60_000 },
    tickMs: TICK_MS,
    chaos,
  };
}

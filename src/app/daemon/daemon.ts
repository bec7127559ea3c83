/**
 * The daemon: one incarnation after another over a state that is its own. After a failure it goes on from the last commit, ever
 * more rarely while that fails, and says `degraded` meanwhile.
 */
import type { JobFact } from '../../actors/messages/facts.js';
import type { BatchCommitted } from '../../actors/messages/analyzer.js';
import { type Fault, MillraceError, toFault } from '../../domain/errors.js';
import type { ChunkResult } from '../../domain/store/chunk-result.js';
import { bytesIn, LINE_COUNTERS } from '../../domain/store/counts.js';
import { backOffMs } from '../../domain/supervision.js';
import { standingOf, step } from '../../machines/standing.js';
import {
  NOTHING_WATCHED,
  restoredCounters,
  savedCounters,
  type WatchEvent,
  watchMachine,
} from '../../machines/watch-machine.js';
import type { KernelCode } from '../../scanner/kernel.js';
import { type OpenedStore, openStore } from '../../store/open-store.js';
import { type State, takeState } from '../../store/state.js';
import { monotonicNow } from '../system-scheduler.js';
import { Incarnation } from './incarnation.js';
import type { LiveSettings } from './live-settings.js';
import { WatchedRoots } from './watched-roots.js';

/** What a daemon is started with. */
export interface DaemonOptions {
  readonly settings: LiveSettings;
  /** What the threads scan with; null for the reference parser. */
  readonly kernel: KernelCode | null;
}

const BACK_OFF = { baseDelayMs: 100, maxDelayMs: 30_000 };
/** After this long without a failure the next one counts as the first. */
const SOUND_MS = 60_000;
/** Time that chunks in flight have when the daemon stops. */
const DRAIN_MS = 5000;

/** Under which the store keeps what the machine counted. */
const WATCH_FACT = 'watch';

/** Made by `start`, ended by `stop`. */
export class Daemon {
  readonly roots: WatchedRoots;
  readonly #options: DaemonOptions;
  readonly #state: State;
  #opened: OpenedStore | null = null;
  #incarnation: Incarnation | null = null;
  #fault: Fault | null = null;
  #failures = 0;
  #beganAt = 0;
  #timer: NodeJS.Timeout | null = null;
  #isStopping = false;
  /** How many incarnations there were. */
  incarnations = 0;

  /** When the last commit of counts was, and when last nothing was left to read; epoch ms, null before the first. */
  committedAt: number | null = null;
  #caughtUpAt = Date.now();
  #watch: ReturnType<typeof watchOf>;

  private constructor(options: DaemonOptions, state: State) {
    this.#options = options;
    this.#state = state;
    this.roots = new WatchedRoots(options.settings.config.roots);
    this.#watch = watchOf(options);
  }

  /**
   * Takes the state and begins. @throws MR_ERR_STORE_FOLDER, MR_ERR_STORE_LOCKED, MR_ERR_STORE_NEWER, MR_ERR_STORE_FAILED: what
   * fails from the very start is not tried again
   */
  static start(options: DaemonOptions): Daemon {
    const daemon = new Daemon(options, takeState(options.settings.config.state));
    try {
      daemon.#begin();
    } catch (error) {
      daemon.#state.release();
      throw error;
    }
    return daemon;
  }

  /** Why nothing is read now; null while all is well. */
  get fault(): Fault | null {
    return this.#fault;
  }

  get settings(): LiveSettings {
    return this.#options.settings;
  }

  /** State of the machine that it is. */
  get state(): ReturnType<typeof watchOf>['state'] {
    return this.#watch.state;
  }

  /** For how long there has been something to read that is not committed, ms; 0 while there is nothing. */
  get lagMs(): number {
    const backlogBytes = this.#incarnation?.follower.backlogBytes ?? 0;
    return backlogBytes === 0 ? 0 : Math.max(0, Date.now() - this.#caughtUpAt);
  }

  /** Stops or goes on handing out chunks; also over what fails meanwhile. */
  pause(isPaused: boolean): void {
    this.#send({ type: isPaused ? 'watch.paused' : 'watch.resumed' });
    this.#incarnation?.control(isPaused ? 'pause' : 'resume');
  }

  get incarnation(): Incarnation | null {
    return this.#incarnation;
  }

  get store(): OpenedStore['store'] | null {
    return this.#opened?.store ?? null;
  }

  /** Commits what was cut, and lets go of the state. What takes too long is left: it is read again by the next daemon. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#send({ type: 'stop.requested' });
    if (this.#timer !== null) clearTimeout(this.#timer);
    const { log } = this.settings;
    try {
      await withTimeout(this.#incarnation?.drain(), DRAIN_MS);
    } catch (error) {
      log.warn('Not all could be committed in time', { error: toFault(error) });
    }
    await this.#end();
    this.#send({ type: 'watch.drained' });
    this.#state.release();
  }

  /** @throws MR_ERR_STORE_FAILED, MR_ERR_STORE_DAMAGED */
  #begin(): void {
    const { config, log } = this.settings;
    const opened = openStore(this.#state, { zone: config.timezone });
    this.#opened = opened;
    if (opened.setAside !== null) log.error('Damaged state set aside', { ...opened.setAside });
    this.incarnations += 1;
    this.#beganAt = monotonicNow();
    this.#incarnation = new Incarnation({
      ...this.#options,
      roots: this.roots,
      store: opened.store,
      onEnded: (fault) => void this.#onFailed(fault),
      onCommitted: (batch) => this.#onCommitted(batch),
      onFact: (fact) => this.#onFact(fact),
      onScanned: () => this.#measure(),
    });
    if (this.incarnations === 1) this.#watch = watchOf(this.#options, opened.store.facts().get(WATCH_FACT));
    if (this.incarnations === 1) this.#send({ type: 'watch.started' });
    this.#send({ type: 'store.recovered' });
    if (this.#watch.context.isPaused) this.#incarnation.control('pause');
    this.#fault = null;
  }

  #onCommitted({ results }: BatchCommitted): void {
    const incarnation = this.#incarnation;
    if (incarnation === null) return;
    this.committedAt = Date.now();
    for (const result of results) this.#send(committed(result));
    this.#measure();
    incarnation.noteFacts(new Map([[WATCH_FACT, savedCounters(this.#watch.context.counters)]]));
  }

  #measure(): void {
    const bytes = this.#incarnation?.follower.backlogBytes ?? 0;
    if (bytes === 0) this.#caughtUpAt = Date.now();
    this.#send({ type: 'backlog.measured', bytes });
  }

  #onFact({ type }: JobFact): void {
    if (type === 'chunk.rerouted' || type === 'chunk.abandoned') this.#send({ type });
  }

  #send(event: WatchEvent): void {
    this.#watch = step(watchMachine, this.#watch, event).standing;
  }

  async #onFailed(fault: Fault): Promise<void> {
    if (this.#fault !== null || this.#isStopping) return;
    this.#fault = fault;
    this.#send({ type: 'watch.failed', code: fault.code });
    this.#failures = monotonicNow() - this.#beganAt > SOUND_MS ? 1 : this.#failures + 1;
    this.settings.log.error('Degraded: begins anew from the last commit', { error: fault, failures: this.#failures });
    await this.#end();
    this.#tryAgain();
  }

  #tryAgain(): void {
    if (this.#isStopping) return;
    this.#timer = setTimeout(
      () => {
        try {
          this.#send({ type: 'watch.retried' });
          this.#begin();
          this.settings.log.warn('Goes on from the last commit', { incarnation: this.incarnations });
        } catch (error) {
          this.#fault = toFault(error);
          this.#send({ type: 'watch.failed', code: this.#fault.code });
          this.#failures += 1;
          void this.#end().then(() => this.#tryAgain());
        }
      },
      backOffMs(this.#failures, BACK_OFF),
    );
  }

  async #end(): Promise<void> {
    await this.#incarnation?.close();
    this.#incarnation = null;
    try {
      this.#opened?.store.close();
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error; // it has failed before
    }
    this.#opened = null;
  }
}

/** The machine at the start of a process, with what was counted before. */
function watchOf({ settings }: DaemonOptions, saved = '') {
  const counters = saved === '' ? NOTHING_WATCHED : restoredCounters(saved);
  return standingOf(watchMachine, { chunkBytes: settings.config.maxChunkBytes, counters });
}

function committed(result: ChunkResult): WatchEvent {
  const { counts } = result;
  const lines = LINE_COUNTERS.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
  return { type: 'chunk.committed', bytes: bytesIn(counts), lines, quarantined: counts.get('quarantinedLines') ?? 0 };
}

async function withTimeout(work: Promise<void> | undefined, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`after ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Watcher: follows the files below the watched directories, and lands what was read of them.
 *
 * Receives `WatcherMessage` from the clock port, the Analyzer, its source and the Archivist.
 * Sends    `StreamsNoted` and `GrowthCounted` to the Archivist, in the order in which they have to be committed; `ChunkSettled`
 *          for what is void, and `SourceReady`, to the Coordinator.
 * Fails    only on bugs. It has no successor: all is built anew from the last commit.
 */
import { assertNever } from '../domain/assert-never.js';
import type { FollowGap } from '../domain/follow/followed-stream.js';
import type { GrowthSource, Landing } from '../domain/follow/growth-source.js';
import type { Gap } from '../domain/store/store.js';
import type { StreamBook } from './stream-book.js';
import type { ArchivistMessage } from './messages/archivist.js';
import type { ChunkSettled, SourceReady } from './messages/coordinator.js';
import type { ChunkRead, WatcherMessage } from './messages/watcher.js';
import type { Cancel, Scheduler } from './scheduler.js';
import { type ActorRef, type Behavior, type Context, tell } from './system.js';

/** What the Watcher needs. */
export interface WatcherDeps {
  readonly source: GrowthSource;
  readonly book: StreamBook;
  readonly archivist: ActorRef<ArchivistMessage>;
  readonly coordinator: () => ActorRef<ChunkSettled | SourceReady> | null;
  readonly scheduler: Scheduler;
  /** Monotonic ms, and epoch ms. */
  readonly now: () => number;
  readonly epochNow: () => number;
  readonly pace: ScanPace;
  /** Told after each scan. */
  readonly onScanned: () => void;
}

/** How often files are looked at: as often as `maxShare` of the time is enough for, within two bounds. */
export interface ScanPace {
  readonly minIntervalMs: number;
  readonly maxIntervalMs: number;
  readonly maxShare: number;
}

/** Time from the end of a scan that took `costMs` to the next. */
export function scanDelayMs(costMs: number, { minIntervalMs, maxIntervalMs, maxShare }: ScanPace): number {
  return Math.min(Math.max(costMs / maxShare - costMs, minIntervalMs), maxIntervalMs);
}

/** Number of the last fact of the job that the Analyzer had counted when it sent a result. */
export interface WatcherState {
  factsSeen: number;
  cancelScan: Cancel;
}

/** Makes the behavior of the Watcher. */
export function watcherBehavior(deps: WatcherDeps): Behavior<WatcherState, WatcherMessage> {
  return {
    initialState: () => ({ factsSeen: 0, cancelScan: () => undefined }),
    receive: (state, message, context) => {
      handle(state, message, context, deps);
      return state;
    },
    onOwnFault: () => 'escalate',
    onChildFault: () => 'escalate', // it has no children
    afterStop: ({ cancelScan }) => cancelScan(),
  };
}

function handle(
  state: WatcherState,
  message: WatcherMessage,
  context: Context<WatcherMessage>,
  deps: WatcherDeps,
): void {
  switch (message.type) {
    case 'scan.due':
      return onScanDue(state, context, deps);
    case 'chunk.read':
      return onChunkRead(state, message, deps);
    case 'growth.landed':
      return land(state, deps);
    case 'growth.committed':
      for (const key of message.keys) deps.source.committed(key);
      return;
    case 'clock.ticked':
      tell(message.replyTo, { type: 'child.alive', name: context.self.name });
      return;
    default:
      return assertNever(message);
  }
}

function onScanDue(state: WatcherState, context: Context<WatcherMessage>, deps: WatcherDeps): void {
  const startedAt = deps.now();
  scan(deps);
  const coordinator = deps.coordinator();
  if (coordinator !== null) tell(coordinator, { type: 'source.ready' });
  deps.onScanned();
  const delayMs = scanDelayMs(deps.now() - startedAt, deps.pace);
  state.cancelScan = deps.scheduler.after(delayMs, () => tell(context.self, { type: 'scan.due' }));
}

function scan({ source, book, archivist, epochNow }: WatcherDeps): void {
  const { rows, forgotten, gaps } = source.scan();
  if (rows.length + forgotten.length + gaps.length === 0) return;
  const notedAt = epochNow();
  tell(archivist, {
    type: 'streams.noted',
    streams: rows.map((row) => book.seen(row, notedAt)),
    forgotten,
    gaps: gaps.map((gap) => gapOf(gap, notedAt)),
  });
  book.forget(forgotten);
}

function gapOf({ key, path, generation, from, to, why }: FollowGap, notedAt: number): Gap {
  return { stream: key, generation, path, start: from, end: to, reason: why, notedAt };
}

function onChunkRead(state: WatcherState, { chunk, report, factsSeen }: ChunkRead, deps: WatcherDeps): void {
  deps.source.take(chunk, report);
  state.factsSeen = factsSeen;
  land(state, deps);
}

function land({ factsSeen }: WatcherState, deps: WatcherDeps): void {
  const settleTo = deps.coordinator();
  if (settleTo === null) return;
  for (const landing of deps.source.takeLandings()) landOne(landing, { settleTo, factsSeen }, deps);
}

interface Settlement {
  readonly settleTo: ActorRef<ChunkSettled>;
  readonly factsSeen: number;
}

function landOne(landing: Landing, settlement: Settlement, { archivist, book, epochNow }: WatcherDeps): void {
  const { chunks } = landing;
  if (landing.type === 'counted') {
    tell(archivist, { type: 'growth.counted', ...book.counted(landing, epochNow()), chunks, ...settlement });
    return;
  }
  const { settleTo, factsSeen } = settlement;
  for (const { id } of chunks) tell(settleTo, { type: 'chunk.settled', chunkId: id, factsSeen });
}

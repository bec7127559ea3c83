/**
 * Archivist: the only writer of the store. What belongs together comes in one message, and messages are committed in the
 * order in which they came.
 *
 * Receives `ArchivistMessage` from the Watcher, the Analyzer and the clock port.
 * Sends    `ChunkSettled` to the Coordinator, `GrowthCommitted` to the Watcher, `BatchCommitted` to the Analyzer.
 * Fails    when the store does. It has no successor: all is built anew from the last commit.
 */
import { assertNever } from '../domain/assert-never.js';
import type { FileKey } from '../domain/follow/followed-stream.js';
import type { ChunkResult } from '../domain/store/chunk-result.js';
import type { Gap, Store, StreamRecord } from '../domain/store/store.js';
import type { BatchCommitted } from './messages/analyzer.js';
import type { ArchivistMessage, GrowthCounted, StreamsNoted } from './messages/archivist.js';
import type { GrowthCommitted } from './messages/watcher.js';
import type { Scheduler } from './scheduler.js';
import { type ActorRef, type Behavior, type Context, tell } from './system.js';

/** What the Archivist needs. */
export interface ArchivistDeps {
  readonly store: Store;
  readonly watcher: () => ActorRef<GrowthCommitted> | null;
  readonly analyzer: () => ActorRef<BatchCommitted> | null;
  readonly scheduler: Scheduler;
  /** Monotonic ms, and epoch ms. */
  readonly now: () => number;
  readonly epochNow: () => number;
  readonly policy: ArchivistPolicy;
}

/** When commits are made. */
export interface ArchivistPolicy {
  /** Least time from one commit to the next, while there is room for more chunks. */
  readonly intervalMs: number;
  /** Chunks that wait at most: then credit is short, and a commit is due at once. */
  readonly maxChunks: number;
}

/** What has come and is not committed. */
export interface ArchivistState {
  streams: Map<FileKey, StreamRecord>;
  forgotten: FileKey[];
  gaps: Gap[];
  facts: Map<string, string>;
  counted: GrowthCounted[];
  lastCommitAt: number;
  isDue: boolean;
}

/** Makes the behavior of the Archivist. */
export function archivistBehavior(deps: ArchivistDeps): Behavior<ArchivistState, ArchivistMessage> {
  return {
    initialState: () => ({ ...nothing(), lastCommitAt: -Infinity, isDue: false }),
    receive: (state, message, context) => {
      handle(state, message, context, deps);
      return state;
    },
    onOwnFault: () => 'escalate',
    onChildFault: () => 'escalate', // it has no children
    afterStop: () => undefined,
  };
}

type Batch = Omit<ArchivistState, 'lastCommitAt' | 'isDue'>;

function nothing(): Batch {
  return { streams: new Map(), forgotten: [], gaps: [], facts: new Map(), counted: [] };
}

function handle(
  state: ArchivistState,
  message: ArchivistMessage,
  context: Context<ArchivistMessage>,
  deps: ArchivistDeps,
): void {
  switch (message.type) {
    case 'streams.noted':
      return onStreamsNoted(state, message, context, deps);
    case 'growth.counted':
      return onGrowthCounted(state, message, context, deps);
    case 'facts.noted':
      for (const [name, value] of message.facts) state.facts.set(name, value);
      return; // worth no commit of their own
    case 'commit.due':
      return commit(state, deps);
    case 'maintenance.due':
      deps.store.maintain(deps.epochNow());
      return;
    case 'archive.flush':
      commit(state, deps);
      tell(message.replyTo, { type: 'archive.flushed' });
      return;
    case 'clock.ticked':
      tell(message.replyTo, { type: 'child.alive', name: context.self.name });
      return;
    default:
      return assertNever(message);
  }
}

function onStreamsNoted(
  state: ArchivistState,
  { streams, forgotten, gaps }: StreamsNoted,
  context: Context<ArchivistMessage>,
  deps: ArchivistDeps,
): void {
  for (const record of streams) state.streams.set(record.stream.key, record);
  for (const key of forgotten) state.streams.delete(key);
  state.forgotten.push(...forgotten);
  state.gaps.push(...gaps);
  plan(state, context, deps);
}

function onGrowthCounted(
  state: ArchivistState,
  message: GrowthCounted,
  context: Context<ArchivistMessage>,
  deps: ArchivistDeps,
): void {
  state.streams.set(message.stream.stream.key, message.stream);
  state.gaps.push(...message.gaps);
  state.counted.push(message);
  plan(state, context, deps);
}

/** In calm what comes is committed at once; one commit after another keeps the interval, unless chunks wait for it. */
function plan(state: ArchivistState, context: Context<ArchivistMessage>, deps: ArchivistDeps): void {
  const { intervalMs, maxChunks } = deps.policy;
  if (state.counted.length >= maxChunks) return commit(state, deps);
  if (state.isDue || isEmpty(state)) return;
  state.isDue = true;
  const waitMs = Math.max(0, state.lastCommitAt + intervalMs - deps.now());
  deps.scheduler.after(waitMs, () => tell(context.self, { type: 'commit.due' }));
}

function isEmpty({ streams, forgotten, gaps, facts, counted }: Batch): boolean {
  return streams.size + forgotten.length + gaps.length + facts.size + counted.length === 0;
}

/** Commits all that has come, and tells so. A throw leaves it unsaid: nobody may go on with what may not be kept. */
function commit(state: ArchivistState, deps: ArchivistDeps): void {
  state.isDue = false;
  if (isEmpty(state)) return;
  const { streams, forgotten, gaps, facts, counted } = state;
  Object.assign(state, nothing());
  const chunks = counted.flatMap(({ results }) => results);
  const batch = { epoch: deps.store.epoch, streams: [...streams.values()], forgotten, chunks, gaps, facts };
  const outcomes = deps.store.commit(batch);
  state.lastCommitAt = deps.now();
  for (const message of counted) settle(message);
  const added = chunks.filter((_, index) => outcomes[index] === 'counted');
  announce(counted, added, deps);
}

function settle({ chunks, settleTo, factsSeen }: GrowthCounted): void {
  for (const { id } of chunks) tell(settleTo, { type: 'chunk.settled', chunkId: id, factsSeen });
}

function announce(counted: readonly GrowthCounted[], results: readonly ChunkResult[], deps: ArchivistDeps): void {
  if (counted.length === 0) return;
  const watcher = deps.watcher();
  const analyzer = deps.analyzer();
  const keys = counted.map(({ stream }) => stream.stream.key);
  if (watcher !== null) tell(watcher, { type: 'growth.committed', keys });
  if (analyzer !== null) tell(analyzer, { type: 'batch.committed', results });
}

/**
 * Analyzer of a daemon: checks what was read of followed files, and owns the machines of the endless job. It shows what is
 * committed and nothing else.
 *
 * Receives `LiveAnalyzerMessage`: results from Workers, facts from the Coordinator, commits from the Archivist.
 * Sends    `ChunkRead` to the Watcher, which lands it; `ChunkRefused` to the Coordinator.
 * Fails    only on bugs. It has no successor: all is built anew from the last commit.
 */
import { assertNever } from '../domain/assert-never.js';
import { type ChunkReport, decodeChunkReport } from '../domain/chunk-report.js';
import type { ByteRange } from '../domain/chunk.js';
import { corrupt } from '../domain/byte-reader.js';
import { failure, MillraceError, toFault } from '../domain/errors.js';
import { RETENTION } from '../domain/store/resolutions.js';
import { windowCountsOf } from '../domain/store/window-cells.js';
import type { BatchCommitted, ChunkParsed, JobNoted, LiveAnalyzerMessage } from './messages/analyzer.js';
import type { ChunkRead } from './messages/watcher.js';
import { type ActorRef, type Behavior, tell } from './system.js';

/** What the Analyzer of a daemon needs. */
export interface LiveAnalyzerDeps {
  readonly watcher: () => ActorRef<ChunkRead> | null;
  readonly pathOf: (file: number) => string;
  readonly epochNow: () => number;
  readonly onFact: (fact: JobNoted['fact']) => void;
  readonly onCommitted: (batch: BatchCommitted) => void;
}

export interface LiveAnalyzerState {
  factsSeen: number;
}

/** Makes the behavior of the Analyzer of a daemon. */
export function liveAnalyzerBehavior(deps: LiveAnalyzerDeps): Behavior<LiveAnalyzerState, LiveAnalyzerMessage> {
  return {
    initialState: () => ({ factsSeen: 0 }),
    receive: (state, message, context) => {
      switch (message.type) {
        case 'chunk.parsed':
          onChunkParsed(state, message, deps);
          return state;
        case 'job.noted':
          return onJobNoted(state, message, deps);
        case 'batch.committed':
          deps.onCommitted(message);
          return state;
        case 'clock.ticked':
          tell(message.replyTo, { type: 'child.alive', name: context.self.name });
          return state;
        default:
          return assertNever(message);
      }
    },
    onOwnFault: () => 'escalate',
    onChildFault: () => 'escalate', // it has no children
    afterStop: () => undefined,
  };
}

function onChunkParsed({ factsSeen }: LiveAnalyzerState, message: ChunkParsed, deps: LiveAnalyzerDeps): void {
  const { chunk, attempt, settleTo } = message;
  const watcher = deps.watcher();
  try {
    const report = checked(message, deps);
    if (watcher !== null) tell(watcher, { type: 'chunk.read', chunk, report, factsSeen });
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    tell(settleTo, { type: 'chunk.refused', chunkId: chunk.id, attempt, fault: toFault(error) });
  }
}

/** @throws MR_ERR_SUMMARY_CORRUPT, MR_ERR_CHUNK_WIDE */
function checked({ chunk, report: encoded }: ChunkParsed, deps: LiveAnalyzerDeps): ChunkReport {
  const report = decodeChunkReport(encoded);
  if (report.file !== chunk.file || !isSame(report, chunk)) throw corrupt('it belongs to another chunk');
  if (windowCountsOf(report.summary, deps.epochNow() - RETENTION['10s']) === null) {
    const { widthMs } = report.summary.parts.windows;
    throw failure('MR_ERR_CHUNK_WIDE', [deps.pathOf(chunk.file), chunk.start, chunk.end, widthMs]);
  }
  return report;
}

function isSame(a: ByteRange, b: ByteRange): boolean {
  return a.start === b.start && a.end === b.end;
}

function onJobNoted(state: LiveAnalyzerState, { sequence, fact }: JobNoted, deps: LiveAnalyzerDeps): LiveAnalyzerState {
  if (sequence <= state.factsSeen) return state;
  deps.onFact(fact);
  return { factsSeen: sequence };
}

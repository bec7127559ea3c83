/**
 * Worker: fronts one attempt at one chunk, from its assignment until the chunk is settled.
 *
 * Receives `WorkerMessage` from the Coordinator.
 * Sends    `ChunkParsed` to the Analyzer; twice, where chaos drew `duplicate`.
 * Fails    when the dispatcher does: the fault escalates, and the Coordinator decides.
 */
import { assertNever } from '../domain/assert-never.js';
import type { ChunkDispatcher } from '../domain/chunk-dispatcher.js';
import type { ResultMessage } from './messages/analyzer.js';
import type { ChunkAssign, WorkerMessage } from './messages/worker.js';
import { type ActorRef, type Behavior, type Context, tell } from './system.js';

/** What a Worker needs. */
export interface WorkerDeps {
  readonly dispatcher: ChunkDispatcher;
}

/** The result, kept until the chunk is settled, so that it can be told again. */
export type WorkerState = { readonly result: ResultMessage; readonly resultsTo: ActorRef<ResultMessage> } | null;

/** Makes the behavior of a Worker. */
export function workerBehavior(deps: WorkerDeps): Behavior<WorkerState, WorkerMessage> {
  return {
    initialState: () => null,
    receive: (state, message, context) => {
      switch (message.type) {
        case 'chunk.assign':
          return onChunkAssign(message, context, deps);
        case 'result.resend':
          return onResultResend(state);
        default:
          return assertNever(message);
      }
    },
    onOwnFault: () => 'escalate',
    onChildFault: () => 'escalate', // it has no children
    afterStop: () => undefined,
  };
}

async function onChunkAssign(
  assign: ChunkAssign,
  context: Context<WorkerMessage>,
  deps: WorkerDeps,
): Promise<WorkerState> {
  const { task, resultsTo, settleTo } = assign;
  const report = await deps.dispatcher.execute(task, context.signal);
  const result: ResultMessage = { type: 'chunk.parsed', chunk: task.chunk, attempt: task.attempt, report, settleTo };
  tell(resultsTo, result);
  if (task.injected === 'duplicate') tell(resultsTo, result);
  return { result, resultsTo };
}

function onResultResend(state: WorkerState): WorkerState {
  if (state !== null) tell(state.resultsTo, state.result);
  return state;
}

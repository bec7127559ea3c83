import type { Chunk } from '../../domain/chunk.js';
import type { Fault } from '../../domain/errors.js';

/**
 * What the Coordinator tells the Analyzer of the job, besides results. Facts are numbered and sent again to an
 * Analyzer that was restarted, until it has confirmed them: each is counted once, in order.
 */
export type JobFact =
  | { readonly type: 'job.started' }
  | { readonly type: 'plan.completed'; readonly files: number }
  /** The last chunk is cut: `chunks` in all; `sizes` are the bytes of each file. */
  | { readonly type: 'source.drained'; readonly chunks: number; readonly sizes: readonly number[] }
  /** An attempt failed and the chunk goes to another Worker. */
  | { readonly type: 'chunk.rerouted'; readonly chunk: Chunk; readonly attempt: number; readonly fault: Fault }
  /** A chunk that kills its Workers was replaced by `parts` smaller ones: a late result of it is void. */
  | { readonly type: 'chunk.split'; readonly chunk: Chunk; readonly parts: number }
  /** A chunk cannot be read and is given up: its bytes are missing in the coverage. */
  | { readonly type: 'chunk.abandoned'; readonly chunk: Chunk; readonly fault: Fault }
  | { readonly type: 'job.paused' }
  | { readonly type: 'job.resumed' }
  | { readonly type: 'job.cancelled' };

import type { ChunkSpan } from './chunk.js';
import type { Fault } from './errors.js';

/** What a source answers when it is asked for the next chunk. */
export type SourceStep =
  | { readonly type: 'chunk'; readonly span: ChunkSpan }
  /** Nothing right now: bytes are still to arrive, or every slot is in use. `onReady` tells when to ask again. */
  | { readonly type: 'waiting' }
  | { readonly type: 'drained' };

/** The port from which the Coordinator gets work, one chunk at a time: nothing is cut before there is room for it. */
export interface ChunkSource {
  next(): SourceStep;
  /** Bytes of each file, by its index: what must be accounted for once the source is drained. */
  sizes(): readonly number[];
  /** The bytes of `span` are merged: a slot that holds nothing else is free again. */
  settle(span: ChunkSpan): void;
  /** The bytes of `span` were given up for this fault, or with the whole job (null). */
  giveUp(span: ChunkSpan, fault: Fault | null): void;
  /** Registers the one listener that is called when, after `waiting`, it is worth asking again. */
  onReady(listener: () => void): void;
}

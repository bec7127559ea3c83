/**
 * Frees the memory of reports that were merged. V8 looks after its own heap, in which a report is a few words: their bytes lie
 * outside, and 64 MB of them may be garbage before it looks. See docs/decisions/0009.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes received between two collections. */
const SWEEP_BYTES = 32 * 1024 * 1024;

/** Collects all: some milliseconds for a heap of 7 MB. What is young alone would not do, the reports are not. */
type Collect = () => void;

export class ReceivedBytes {
  #bytes = 0;
  #collect: Collect | null = null;

  /** Notes a report that has come. */
  add(lengthBytes: number): void {
    this.#bytes += lengthBytes;
    if (this.#bytes < SWEEP_BYTES) return;
    this.#bytes = 0;
    this.#collect ??= collector();
    this.#collect();
  }
}

/** V8 gives the function to contexts that are made while the flag is set. */
function collector(): Collect {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as Collect; // so V8's GCExtension defines it
  setFlagsFromString('--no-expose-gc');
  return collect;
}

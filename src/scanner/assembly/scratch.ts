/** Texts of the line at hand that do not stand in it as they are: one behind the other, until the next line is read. */
import { reserve } from './memory';

/** A value is copied at most twice: without its escapes, then without its colours. A line has at most 1 MiB. */
const SCRATCH_BYTES: usize = 2 * 1048576;
/** Whoever writes may overwrite these behind its text. */
const SLACK_BYTES: usize = 128;

const scratch: usize = reserve(SCRATCH_BYTES + SLACK_BYTES);

export class Scratch {
  /** Where the next text goes; whoever writes one sets it behind that. */
  static top: usize = scratch;
}

/** Forgets all texts. */
export function clearScratch(): void {
  Scratch.top = scratch;
}

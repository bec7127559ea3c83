import type { ByteString } from '../domain/byte-string.js';
import { detachedKey } from '../domain/summary/key-form.js';

const MAX_TEMPLATES = 512;
const MAX_TEMPLATE_BYTES = 96;

/**
 * Remembers whether the words before the first number of a message are a cue: programs write a few templates over and
 * over. It changes no answer. Made once per parser; at most 512 texts of 96 bytes.
 */
export class CueMemo {
  private readonly verdicts = new Map<ByteString, boolean>();

  /** The verdict on the text `[from, start)`, by `decide` where it is not known. */
  verdictOn(text: ByteString, from: number, start: number, decide: () => boolean): boolean {
    if (start - from > MAX_TEMPLATE_BYTES) return decide();
    const template = text.slice(from, start);
    const known = this.verdicts.get(template);
    if (known !== undefined) return known;
    const verdict = decide();
    if (this.verdicts.size >= MAX_TEMPLATES) this.verdicts.clear();
    this.verdicts.set(detachedKey(template), verdict);
    return verdict;
  }
}

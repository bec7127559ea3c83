/** Finds a stamp that does not begin the line: behind a level, a host, a container's name, a process id. */
import type { ByteString } from '../../domain/byte-string.js';
import { isWordByte, skipBlanks, skipToken } from './bytes.js';
import type { EntryDraft } from './entry-draft.js';
import { type Matcher, NO_MATCH } from './matcher.js';
import { readHeader } from './read-header.js';

const MAX_LEAD_BYTES = 256;

/**
 * Skips up to `tokens` tokens until `stamp` matches, at the start of a token or behind its first mark, such as `[`. A
 * level that stands in front of the stamp is that of the entry.
 */
export function leadMatcher(tokens: number, stamp: Matcher): Matcher {
  return (line, at, draft) => {
    let next = at;
    for (let count = 0; count <= tokens && next < line.length && next - at <= MAX_LEAD_BYTES; count += 1) {
      const end = stampIn(line, next, { stamp, draft });
      if (end >= 0) {
        if (next > at) readHeader(line.slice(at, next), 0, draft);
        return end;
      }
      next = skipBlanks(line, skipToken(line, next));
    }
    return NO_MATCH;
  };
}

function stampIn(
  line: ByteString,
  at: number,
  { stamp, draft }: { readonly stamp: Matcher; readonly draft: EntryDraft },
): number {
  const isMarked = !isWordByte(line.charCodeAt(at));
  return stamp(line, isMarked ? at + 1 : at, draft);
}

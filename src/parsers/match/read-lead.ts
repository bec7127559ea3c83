/** Finds a stamp that does not begin the line: behind a level, a host, a container's name, a process id. */
import type { ByteString } from '../../domain/byte-string.js';
import { isLetter, isWordByte, skipBlanks, skipToken } from '../bytes.js';
import type { EntryDraft } from './entry-draft.js';
import { type Matcher, NO_MATCH } from './matcher.js';
import { readHeader } from './read-header.js';

const MAX_LEAD_BYTES = 256;
const OPEN_BRACE = 123;
const QUOTE = 34;
const APOSTROPHE = 39;

interface Lead {
  readonly tokens: number;
  /** Matches the stamp while no letter was seen. */
  readonly first: Matcher;
  /** Matches it behind a letter. */
  readonly inText: Matcher;
}

/**
 * Skips up to `tokens` tokens until a stamp matches, at the start of a token or behind its first mark, such as `[`. A
 * level that stands in front of the stamp is that of the entry. A JSON object ends the search: a stamp in one that is
 * cut off is none of text.
 */
export function leadMatcher({ tokens, first, inText }: Lead): Matcher {
  return (line, at, draft) => {
    let next = at;
    let stamp = first;
    for (let count = 0; count <= tokens && next < line.length && next - at <= MAX_LEAD_BYTES; count += 1) {
      const end = stampIn(line, next, { stamp, draft });
      if (end >= 0) {
        if (next > at) readHeader(line.slice(at, next), 0, draft);
        return end;
      }
      if (isOpenObject(line, next)) return NO_MATCH;
      const tokenEnd = skipToken(line, next);
      if (stamp === first && hasLetter(line, next, tokenEnd)) stamp = inText;
      next = skipBlanks(line, tokenEnd);
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

/** `{"`, and `{'` as Python prints it, also with a blank between. */
function isOpenObject(line: ByteString, at: number): boolean {
  if (line.charCodeAt(at) !== OPEN_BRACE) return false;
  const byte = line.charCodeAt(skipBlanks(line, at + 1));
  return byte === QUOTE || byte === APOSTROPHE;
}

function hasLetter(line: ByteString, at: number, end: number): boolean {
  for (let index = at; index < end; index += 1) if (isLetter(line.charCodeAt(index))) return true;
  return false;
}

import type { ByteString } from '../../domain/byte-string.js';
import type { EntryDraft } from './entry-draft.js';

/** Matches at `at` and writes what it finds into the draft; returns the position behind, or NO_MATCH. */
export type Matcher = (line: ByteString, at: number, draft: EntryDraft) => number;

export const NO_MATCH = -1;

/** Matches one after the other; what was captured is undone where one fails. */
export function sequence(matchers: readonly Matcher[]): Matcher {
  return (line, at, draft) => {
    const mark = draft.mark();
    let end = at;
    for (const matcher of matchers) {
      end = matcher(line, end, draft);
      if (end < 0) {
        draft.rollback(mark);
        return NO_MATCH;
      }
    }
    return end;
  };
}

/** Finds the name of a logger between the level and the message of a line of text. */
import type { ByteString } from '../../domain/byte-string.js';
import { closingMark, MAX_GROUP_BYTES, skipMarks } from './header-marks.js';
import { isBlank, skipDigits } from '../bytes.js';
import type { EntryDraft } from './entry-draft.js';

const MAX_TOKENS = 4;
/** A dotted name, then `:`, ` :` or ` - `. */
const LOGGER = /[A-Za-z_$][\w$/-]*(?:\.[\w$/-]+)+(?=\]?(?: *:| - ))/y;

/** Notes the logger at `at`, past threads in brackets and process ids. The message keeps all of it; returns its start. */
export function readLogger(line: ByteString, at: number, draft: EntryDraft): number {
  let next = at;
  for (let tokens = 0; tokens < MAX_TOKENS; tokens += 1) {
    const end = endOfThread(line, next);
    if (end < 0) break;
    next = skipMarks(line, end);
  }
  LOGGER.lastIndex = next;
  const name = LOGGER.exec(line)?.[0];
  if (name !== undefined) draft.capture('logger', name);
  return at;
}

/** Position behind a group in brackets or a number; -1 where there is neither. */
function endOfThread(line: ByteString, at: number): number {
  const closing = closingMark(line, at);
  if (closing === undefined) {
    const end = skipDigits(line, at);
    return end > at && isBlank(line.charCodeAt(end)) ? end : -1;
  }
  const end = line.indexOf(closing, at);
  return end < 0 || end - at > MAX_GROUP_BYTES ? -1 : end + 1;
}

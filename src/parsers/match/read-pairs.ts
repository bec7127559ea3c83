/**
 * Reads a line of `key=value` tokens to its end. Values are bare or quoted with backslash escapes; a key may stand alone;
 * the first token is a pair, and there are two pairs at least. Source: Brandur Leach, "logfmt"; go-logfmt/logfmt.
 */
import type { ByteString } from '../../domain/byte-string.js';
import { closingQuote, isBlank, isDigit, isWordByte, skipBlanks, skipToken } from '../bytes.js';
import { unescapeJson } from './json-text.js';
import { KeyedValues } from './keyed-values.js';
import { type Matcher, NO_MATCH } from './matcher.js';
import type { StampSink } from './stamp-sink.js';

const EQUALS = 61;
const QUOTE = 34;
const MIN_PAIRS = 2;

/** Matches a line of pairs; fails where no key tells of a time, a level, a message or a request. */
export function pairsMatcher(sink: StampSink): Matcher {
  return (line, at, draft) => {
    if (line.charCodeAt(skipKey(line, at)) !== EQUALS) return NO_MATCH;
    const values = new KeyedValues(sink);
    let pairs = 0;
    let next = at;
    while (next < line.length) {
      const keyEnd = skipKey(line, next);
      if (keyEnd === next) return NO_MATCH;
      const isPair = line.charCodeAt(keyEnd) === EQUALS;
      const end = isPair ? readValue(line, { keyAt: next, valueAt: keyEnd + 1 }, values) : keyEnd;
      if (end < 0 || (end < line.length && !isBlank(line.charCodeAt(end)))) return NO_MATCH;
      pairs += isPair ? 1 : 0;
      next = skipBlanks(line, end);
    }
    return pairs >= MIN_PAIRS && values.finish(draft) ? line.length : NO_MATCH;
  };
}

/** Keys are word bytes, also with `@`, `.`, `/` and `-` in them. */
function skipKey(line: ByteString, at: number): number {
  let end = at;
  for (;;) {
    const byte = line.charCodeAt(end);
    const isMark = byte === 64 || (end > at && (byte === 46 || byte === 47 || byte === 45));
    if (!(isMark || isWordByte(byte)) || (end === at && isDigit(byte))) return end;
    end += 1;
  }
}

function readValue(
  line: ByteString,
  { keyAt, valueAt }: { readonly keyAt: number; readonly valueAt: number },
  values: KeyedValues,
): number {
  const key = line.slice(keyAt, valueAt - 1);
  if (line.charCodeAt(valueAt) !== QUOTE) {
    const end = skipToken(line, valueAt);
    const text = line.slice(valueAt, end);
    values.add(key, { text, isNumber: /^\d+(?:\.\d+)?$/.test(text) });
    return end;
  }
  const end = closingQuote(line, valueAt + 1);
  if (end < 0) return NO_MATCH;
  values.add(key, { text: unescapeJson(line.slice(valueAt + 1, end)), isNumber: false });
  return end + 1;
}

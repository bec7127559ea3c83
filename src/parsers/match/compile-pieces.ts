/** Strings the pieces of a format together to one function: the reference parser of that format. */
import type { ByteString } from '../../domain/byte-string.js';
import { assertNever } from '../../domain/assert-never.js';
import type { Format, Piece, TextRole } from '../format.js';
import { levelOfLetter, levelOfMark } from '../levels.js';
import { closingQuote, isBlank, skipBlanks, skipByteOrderMark, skipToken } from '../bytes.js';
import { type Matcher, NO_MATCH, sequence } from './matcher.js';
import { firstBytesOf, requiredTextsOf } from './necessary.js';
import { readBytes, readExtras, readQuotedRequest, readRequest, readStatus } from './read-access.js';
import { readHeader } from './read-header.js';
import { jsonMatcher } from './read-json.js';
import { leadMatcher } from './read-lead.js';
import { pairsMatcher } from './read-pairs.js';
import { readPriority, readStructuredData, readTag } from './read-syslog.js';
import { type StampSink, stampMatcher } from './stamp-sink.js';

/** A layout that is ready to be matched: to the end of the line, or not at all. */
export interface CompiledLayout {
  /** Name of its format. */
  readonly format: string;
  /** Bytes with one of which it begins; null for any. */
  readonly firstBytes: string | null;
  /** Texts without which it cannot match. */
  readonly requiredTexts: readonly ByteString[];
  readonly match: Matcher;
}

/** Compiles the layouts of a format; its stamps go to `sink`, which knows the plan. */
export function compileFormat({ name, layouts }: Format, sink: StampSink): readonly CompiledLayout[] {
  return layouts.map((pieces) => ({
    format: name,
    firstBytes: firstBytesOf(pieces),
    requiredTexts: requiredTextsOf(pieces),
    match: sequence(pieces.map((piece) => matcherOf(piece, sink))),
  }));
}

function matcherOf(piece: Piece, sink: StampSink): Matcher {
  switch (piece.piece) {
    case 'literal':
      return (line, at) => (line.startsWith(piece.text, at) ? at + piece.text.length : NO_MATCH);
    case 'ahead':
      return (line, at) => (line.startsWith(piece.text, at) ? at : NO_MATCH);
    case 'blanks':
      return blanksMatcher(piece.atLeast);
    case 'word':
      return wordMatcher(piece.as, piece.stop);
    case 'quoted':
      return quotedMatcher(piece.as);
    case 'quotedRequest':
      return readQuotedRequest;
    case 'request':
      return readRequest;
    case 'status':
      return readStatus;
    case 'bytes':
      return readBytes;
    case 'stamp':
      return stampMatcher(piece.shapes, sink);
    case 'lead':
      return leadMatcher({
        tokens: piece.tokens,
        first: stampMatcher(piece.firstShapes, sink),
        inText: stampMatcher(piece.shapes, sink),
      });
    case 'priority':
      return readPriority;
    case 'levelLetter':
      return readLevelLetter;
    case 'levelMark':
      return readLevelMark;
    case 'header':
      return readHeader;
    case 'tag':
      return readTag;
    case 'structuredData':
      return readStructuredData;
    case 'extras':
      return readExtras;
    case 'json':
      return jsonMatcher(sink);
    case 'pairs':
      return pairsMatcher(sink);
    case 'message':
      return readMessage;
    case 'optional':
      return optionalMatcher(sequence(piece.pieces.map((inner) => matcherOf(inner, sink))));
    case 'either':
      return eitherMatcher(piece.choices.map((choice) => sequence(choice.map((inner) => matcherOf(inner, sink)))));
    default:
      return assertNever(piece);
  }
}

function blanksMatcher(atLeast: 0 | 1): Matcher {
  return (line, at) => {
    const end = skipBlanks(line, at);
    return end - at >= atLeast ? end : NO_MATCH;
  };
}

function wordMatcher(as: TextRole | null, stop: string): Matcher {
  const stops = Uint8Array.from({ length: 256 }, (_, byte) => Number(stop.includes(String.fromCharCode(byte))));
  return (line, at, draft) => {
    const end = stop === '' ? skipToken(line, at) : skipWord(line, at, stops);
    if (end === at) return NO_MATCH;
    if (as !== null && !isMissing(line, at, end)) draft.capture(as, line.slice(at, end));
    return end;
  };
}

function skipWord(line: ByteString, at: number, stops: Uint8Array): number {
  let end = at;
  for (; end < line.length; end += 1) {
    const byte = line.charCodeAt(end);
    if (isBlank(byte) || stops[byte] === 1) return end;
  }
  return end;
}

/** A lone dash states that there is no value. */
function isMissing(line: ByteString, at: number, end: number): boolean {
  return end === at || (end === at + 1 && line.charCodeAt(at) === 45);
}

function quotedMatcher(as: TextRole | null): Matcher {
  return (line, at, draft) => {
    if (line.charCodeAt(at) !== 34) return NO_MATCH;
    const end = closingQuote(line, at + 1);
    if (end < 0) return NO_MATCH;
    if (as !== null && !isMissing(line, at + 1, end)) draft.capture(as, line.slice(at + 1, end));
    return end + 1;
  };
}

const readLevelLetter: Matcher = (line, at, draft) => {
  const letter = line.charAt(at);
  const level = 'IWEFD'.includes(letter) ? levelOfLetter(letter) : null;
  if (level === null) return NO_MATCH;
  draft.level = level;
  return at + 1;
};

const readLevelMark: Matcher = (line, at, draft) => {
  const level = levelOfMark(line.charAt(at));
  if (level === null) return NO_MATCH;
  draft.level = level;
  return at + 1;
};

const readMessage: Matcher = (line, at, draft) => {
  draft.capture('message', line.slice(skipByteOrderMark(line, at)));
  return line.length;
};

function optionalMatcher(inner: Matcher): Matcher {
  return (line, at, draft) => {
    const end = inner(line, at, draft);
    return end < 0 ? at : end;
  };
}

function eitherMatcher(choices: readonly Matcher[]): Matcher {
  return (line, at, draft) => {
    for (const choice of choices) {
      const end = choice(line, at, draft);
      if (end >= 0) return end;
    }
    return NO_MATCH;
  };
}

/**
 * Remembers the last headers: programs write a few of them over and over. What a header says depends on the bytes that
 * were looked at to read it, and on the one before it, alone; where these are the same, so is the answer.
 *
 * It replaces reading the tokens anew, see "header memo" in bench/RESULTS.md.
 */
import { ROLE_LOGGER } from '../layout';
import { isSame } from './bytes';
import { capture, capturedAt, capturedEnd, capturedRole, Draft } from './draft';
import { reserve } from './memory';

const ENTRIES: usize = 256;
/** An entry: byte offsets. A length of 0 stands for none. */
const LENGTH: usize = 0;
const LEVEL: usize = 4;
const MESSAGE: usize = 8;
/** Where the logger begins, and its length: 0 for none. */
const LOGGER: usize = 12;
const LOGGER_LENGTH: usize = 16;
const TEXT: usize = 32;
const MAX_TEXT_BYTES: usize = 96;
const ENTRY_BYTES: usize = TEXT + MAX_TEXT_BYTES;

const entries: usize = reserve(ENTRIES * ENTRY_BYTES);

/** How far the header at hand was looked at. */
export class Examined {
  static end: usize = 0;
}

/** Tells that bytes before `end` were looked at. */
// @ts-ignore: decorator
@inline
export function examine(end: usize): void {
  Examined.end = max(Examined.end, end);
}

// @ts-ignore: decorator
@inline
function entryFor(at: usize): usize {
  const bytes = v128.load(at - 1);
  const word = v128.extract_lane<u64>(bytes, 0) ^ rotl(v128.extract_lane<u64>(bytes, 1), 31);
  return entries + ENTRY_BYTES * <usize>((word * 0x9e3779b97f4a7c15) >> 56);
}

/** Reads the header at `at`, which is not the start of the line, from memory; the start of the message, or 0. */
export function recallHeader(at: usize, end: usize): usize {
  const entry = entryFor(at);
  const length: usize = load<u32>(entry, LENGTH);
  if (length == 0 || at - 1 + length > end || !isSame(at - 1, entry + TEXT, length)) return 0;
  Draft.level = load<i32>(entry, LEVEL);
  const loggerLength: usize = load<u32>(entry, LOGGER_LENGTH);
  if (loggerLength != 0) {
    const logger = at + <usize>load<u32>(entry, LOGGER);
    capture(ROLE_LOGGER, logger, logger + loggerLength);
  }
  return at + <usize>load<u32>(entry, MESSAGE);
}

/** Remembers the header at `at`, whose message begins at `messageAt`; texts from `noted` on were noted in it. */
export function rememberHeader(at: usize, end: usize, messageAt: usize, noted: usize): void {
  const length = Examined.end - (at - 1);
  if (Examined.end > end || length > MAX_TEXT_BYTES || Draft.noted > noted + 1) return;
  const hasLogger = Draft.noted > noted && capturedRole(noted) == ROLE_LOGGER;
  if (Draft.noted > noted && !hasLogger) return;
  const entry = entryFor(at);
  store<u32>(entry, <u32>length, LENGTH);
  store<i32>(entry, Draft.level, LEVEL);
  store<u32>(entry, <u32>(messageAt - at), MESSAGE);
  store<u32>(entry, hasLogger ? <u32>(capturedAt(noted) - at) : 0, LOGGER);
  store<u32>(entry, hasLogger ? <u32>(capturedEnd(noted) - capturedAt(noted)) : 0, LOGGER_LENGTH);
  memory.copy(entry + TEXT, at - 1, length);
}

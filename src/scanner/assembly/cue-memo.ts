/**
 * Remembers whether the words before the first number of a message are a cue. The twin of `parsers/cue-memo.ts`: programs
 * write a few templates over and over, and the answer depends on these words alone.
 */
import { isSame } from './bytes';
import { hasCue } from './duration-cues';
import { maskedBlock } from './hash';
import { reserve } from './memory';
import { GAP, runStart } from './message-bytes';

const ENTRIES: usize = 256;
/** An entry: length of the text, 0 for none; the verdict; the text. */
const VERDICT: usize = 4;
const TEXT: usize = 16;
const MAX_TEXT_BYTES: usize = 112;
const ENTRY_BYTES: usize = TEXT + MAX_TEXT_BYTES;

const entries: usize = reserve(ENTRIES * ENTRY_BYTES + 16);

/** `hasCue` of the gap before `start`, in the message that begins at `from`, for a value that is no bare `m`. */
export function isCued(from: usize, start: usize): bool {
  const length = start - from;
  if (length > MAX_TEXT_BYTES) return hasCue(from, runStart(GAP, from, start), false);
  const entry = entryFor(from, length);
  if (<usize>load<u32>(entry) == length && isSame(from, entry + TEXT, length)) return load<u32>(entry, VERDICT) != 0;
  const verdict = hasCue(from, runStart(GAP, from, start), false);
  store<u32>(entry, <u32>length);
  store<u32>(entry, verdict ? 1 : 0, VERDICT);
  memory.copy(entry + TEXT, from, length);
  return verdict;
}

/** By the last 16 bytes of the text and its length. */
// @ts-ignore: decorator
@inline
function entryFor(from: usize, length: usize): usize {
  const bytes = length >= 16 ? v128.load(from + length - 16) : maskedBlock(from, length);
  const word = v128.extract_lane<u64>(bytes, 0) ^ rotl(v128.extract_lane<u64>(bytes, 1), 31) ^ <u64>length;
  return entries + ENTRY_BYTES * <usize>((word * 0x9e3779b97f4a7c15) >> 56);
}

/**
 * Decides what new files are: copies of what is still there, which wait; copies of what was truncated or is gone, which
 * go on where that ended; or files of their own. And what becomes of a copy when its original is not there any more.
 */
import {
  type ClosedGeneration,
  continuedBy,
  type FollowedStream,
  HEAD_BYTES,
  isOpenEnded,
  NOTHING_COUNTED,
} from '../../domain/follow/followed-stream.js';
import {
  allKnown,
  beginsAs,
  holds,
  isBeginningOf,
  isStill,
  mayBeBeginningOf,
  progressOf,
  progressOfCopy,
} from '../../domain/follow/judge-copy.js';
import type { CopyIndex } from './copy-index.js';
import type { FileContent } from './file-content.js';
import { MIN_MISSES } from './end-missing-files.js';
import { firstProgress } from './first-progress.js';
import type { FollowWorld } from './follow-world.js';
import { indexOriginals } from './index-originals.js';
import type { LiveFile } from './live-file.js';
import { isAwaited } from './note-losses.js';
import { asCopy, outgrowAll } from './outgrow-copies.js';

/**
 * Decides on all new files, and on the copies whose original changed; the largest first, since of several copies the
 * largest holds what the others do. `isFirst`: nothing was known before this scan. False where some file could not be looked
 * at, so that a copy may wait.
 */
export function matchFiles(world: FollowWorld, isFirst: boolean): boolean {
  const all = [...world.live.values()];
  const due = all.filter((file) => isNew(file) || isInDoubt(world, file)).sort(largestFirst);
  if (due.length === 0) return true;
  const originals = indexOriginals(world, all);
  const past = all.filter(({ row }) => row.goneAt !== null || row.closed.length > 0);
  const isBlind = isAnyHidden(world);
  const raced: LiveFile[] = [];
  for (const file of due) {
    const content = world.contentOf(file);
    if (content === null) continue;
    const look = { content, originals, past, isFirst, isBlind, raced };
    world.descriptors.pin(file.row.key); // the files that it is compared with are opened meanwhile
    world.attempt(file, () => (file.isDecided ? reviewCopy(world, file, look) : decide(world, file, look)));
    world.descriptors.unpin(file.row.key);
    if (file.trouble !== null) world.descriptors.closeIdle(file.row.key);
  }
  return !isBlind && raced.length === 0;
}

function isNew({ isDecided, sight }: LiveFile): boolean {
  return !isDecided && (sight?.size ?? 0) > 0;
}

/** A copy waits while its original is there and begins with all of it; when one of them changed they are compared again. */
function isInDoubt(world: FollowWorld, { row, isSuspect }: LiveFile): boolean {
  if (row.copyOf === null || row.goneAt !== null) return false;
  const original = originalOf(world, row);
  return isSuspect || original === null || original.changedAt === world.now;
}

/** The original of a copy while it holds the content that was copied. */
function originalOf({ live }: FollowWorld, { copyOf }: FollowedStream): LiveFile | null {
  const original = copyOf === null ? undefined : live.get(copyOf.key);
  const isThere = original?.row.goneAt === null && original.row.generation === copyOf?.generation;
  return isThere ? original : null;
}

interface Look {
  readonly content: FileContent;
  readonly originals: CopyIndex<LiveFile>;
  /** Files that are gone, and those that were truncated. */
  readonly past: readonly LiveFile[];
  readonly isFirst: boolean;
  /** Of some file nobody knows what it holds, so that nothing is known to be no copy. */
  readonly isBlind: boolean;
  /** Files that have to wait because another one changed meanwhile. */
  readonly raced: LiveFile[];
}

/** False where it has to wait for the next scan. */
function decide(world: FollowWorld, file: LiveFile, look: Look): boolean {
  const { row } = file;
  const { content, originals, isFirst } = look;
  if (content.size === 0) return false;
  file.start = content.bytes(0, HEAD_BYTES);
  const original = findOriginal(world, file, look);
  if (original === null) {
    if (isAwaited(world, content)) return false;
    if (look.isBlind || isRaced(world, file, look)) {
      look.raced.push(file);
      return false;
    }
  }
  if (original !== null) world.keep(file, asCopy(row, content, original.row));
  else {
    const isKnown = goOn(world, file, look) || outgrowAll(world, file, content, shorterOnes(file, look));
    if (!isKnown) world.keep(file, { ...row, ...(isFirst ? firstProgress(world, file, content) : NOTHING_COUNTED) });
    originals.add(file, file.start, row.path);
  }
  file.isDecided = true;
  file.isSuspect = true;
  return true;
}

function findOriginal(world: FollowWorld, file: LiveFile, { content, originals }: Look): LiveFile | null {
  const candidates = originals.candidates(file.start, file.row.path);
  return candidates.find((one) => one !== file && isCopyOf(world, content, one)) ?? null;
}

/** Files that may be the beginning of this one. */
function shorterOnes(file: LiveFile, { originals }: Look): readonly LiveFile[] {
  return originals.candidates(file.start, file.row.path).filter((one) => one !== file);
}

/**
 * Tells whether a file, of which this one may be a copy, was renamed since the scan saw it, so that nobody knows what it holds. One
 * that ends where it is counted to was renamed as it was: in a rotation of many files some always are.
 */
function isAnyHidden(world: FollowWorld): boolean {
  return [...world.live.values()].some((file) => {
    const { isDecided, isSuspect, missedScans, row, sight } = file;
    const isUnread = sight?.size !== row.offset;
    const isUnknown =
      isDecided && isSuspect && isUnread && missedScans < MIN_MISSES && row.goneAt === null && row.copyOf === null;
    const isOpen = world.descriptors.openOf(row.key) !== null;
    return isUnknown && !isOpen && world.contentOf(file) === null && file.trouble === null;
  });
}

/** Tells whether a file begins as another one did that was truncated since this scan looked at it. */
function isRaced(world: FollowWorld, file: LiveFile, { content, originals }: Look): boolean {
  const candidates = originals.candidates(file.start, file.row.path);
  return candidates.some((one) => one !== file && beginsAs(content, one.row) && isAnotherNow(world, one));
}

/** Also of one that is not where it was: it was renamed since, or is gone. */
function isAnotherNow(world: FollowWorld, file: LiveFile): boolean {
  const content = world.contentOf(file);
  if (content === null) return file.trouble === null;
  const isAnother = !isStill(content, file.row);
  if (isAnother) file.isSuspect = true;
  return isAnother;
}

/** Of files of equal size the older one is the original. */
function largestFirst(a: LiveFile, b: LiveFile): number {
  const bySize = (b.sight?.size ?? 0) - (a.sight?.size ?? 0);
  if (bySize !== 0) return bySize;
  return birthOf(a) < birthOf(b) ? -1 : Number(birthOf(a) > birthOf(b));
}

function birthOf({ row }: LiveFile): bigint {
  return BigInt(row.key.slice(row.key.lastIndexOf(':') + 1));
}

function isCopyOf(world: FollowWorld, content: FileContent, original: LiveFile): boolean {
  const other = world.contentOf(original);
  return other !== null && isBeginningOf(content, other);
}

/** What was compared before need not be again, as long as the copy has not grown. */
function isCopyStill(world: FollowWorld, { row }: LiveFile, content: FileContent, original: LiveFile): boolean {
  if (content.size !== row.offset) return isCopyOf(world, content, original);
  const other = world.contentOf(original);
  return other !== null && mayBeBeginningOf(content, other);
}

/** Lets a file that holds what was counted of a file that is gone, or of a truncated one, go on there. */
function goOn(world: FollowWorld, file: LiveFile, { content, past }: Look): boolean {
  for (const { row } of past) {
    if (row.goneAt !== null && row.copyOf === null && holds(content, row)) {
      world.keep(file, { ...file.row, ...progressOf(row), isRotated: true });
      return true;
    }
    const ended = row.closed.findLast((one) => isOpenEnded(one) && holds(content, one));
    if (ended === undefined) continue;
    takeOver(world, file, row, ended);
    world.keep(file, { ...file.row, ...progressOf(ended), isRotated: true });
    return true;
  }
  return false;
}

function takeOver(world: FollowWorld, file: LiveFile, { key }: FollowedStream, { generation }: ClosedGeneration): void {
  const original = world.live.get(key);
  if (original !== undefined) world.keep(original, continuedBy(original.row, generation, file.row.key));
  world.counters.continued += 1;
}

function reviewCopy(world: FollowWorld, copy: LiveFile, look: Look): boolean {
  const original = originalOf(world, copy.row);
  if (original === null) endCopy(world, copy, look);
  else {
    copy.isSuspect = false;
    compareAgain(world, copy, look, original);
  }
  return true;
}

function compareAgain(world: FollowWorld, copy: LiveFile, look: Look, original: LiveFile): void {
  const { row } = copy;
  if (isCopyStill(world, copy, look.content, original)) {
    if (look.content.size > row.offset) world.keep(copy, asCopy(row, look.content, original.row));
    return;
  }
  decideAgain(world, copy, look);
}

/** What was taken for a copy is none of that file: it is decided on as a new one, at the next scan if not now. */
function decideAgain(world: FollowWorld, copy: LiveFile, look: Look): void {
  const { row } = copy;
  copy.row = { ...row, ...NOTHING_COUNTED, copyOf: null };
  if (decide(world, copy, look)) return;
  copy.row = row;
  copy.isSuspect = true;
}

/** The original of a copy was truncated, or is gone: the copy goes on there, or waits for a larger one that does. */
function endCopy(world: FollowWorld, copy: LiveFile, look: Look): void {
  const { row } = copy;
  const { content, originals } = look;
  copy.start = content.bytes(0, HEAD_BYTES);
  const larger = findOriginal(world, copy, look);
  if (larger !== null) return world.keep(copy, asCopy(row, content, larger.row));
  const original = row.copyOf === null ? undefined : world.live.get(row.copyOf.key)?.row;
  const ended = original?.closed.find(({ generation }) => generation === row.copyOf?.generation);
  const isGone = original !== undefined && original.generation === row.copyOf?.generation;
  const other = ended?.continuedBy == null ? undefined : world.live.get(ended.continuedBy);
  const isHidden = other?.row.goneAt === null && world.contentOf(other) === null;
  if (isHidden) return; // it was renamed a moment ago, or is gone soon: this one stays in doubt
  const last = other?.row ?? ended ?? (isGone ? original : undefined);
  const progress = last === undefined ? allKnown(content) : progressOfCopy(content, row, last);
  if (progress === NOTHING_COUNTED) return decideAgain(world, copy, look);
  if (other !== undefined && outgrowAll(world, copy, content, shorterOnes(copy, look))) return;
  const isNext = ended !== undefined && isOpenEnded(ended) && progress.offset === ended.offset;
  if (original !== undefined && isNext) takeOver(world, copy, original, ended);
  world.keep(copy, { ...row, ...progress, copyOf: null, isRotated: true });
  originals.add(copy, copy.start, row.path);
  copy.isSuspect = true;
}

/** The exact set of minutes of UTC that are touched, 1970 to 2106, as a bitmap. The twin of `domain/summary/minutes-touched.ts`. */
import { reserve } from '../memory';
import { writeVarint } from './writer';

const MINUTE_MS: u32 = 60_000;
const MINUTES: usize = 71_582_789;
/** A page of the bitmap: 4 KiB, 22 days. Only pages that are touched take physical memory, and only these are read. */
const PAGE_BITS: usize = 15;
const PAGE_BYTES: usize = 1 << (PAGE_BITS - 3);
const PAGES: usize = (MINUTES >> PAGE_BITS) + 1;

const bitmap: usize = reserve(PAGES * PAGE_BYTES);
/** One byte for each page: 1 where it was touched. */
const touched: usize = reserve(PAGES);

class LastMinute {
  static number: i64 = -1;
}

export function resetMinutes(): void {
  LastMinute.number = -1;
  for (let page: usize = 0; page < PAGES; page += 1) {
    if (load<u8>(touched + page) == 0) continue;
    store<u8>(touched + page, 0);
    memory.fill(bitmap + page * PAGE_BYTES, 0, PAGE_BYTES);
  }
}

/** Notes the minute of an instant in range. */
// @ts-ignore: decorator
@inline
export function addMinute(instantMs: i64): void {
  const minute = <i64>(<u64>instantMs / MINUTE_MS);
  if (minute == LastMinute.number) return;
  LastMinute.number = minute;
  const number = <usize>minute;
  store<u8>(touched + (number >> PAGE_BITS), 1);
  const place = bitmap + (number >> 3);
  store<u8>(place, load<u8>(place) | <u8>(1 << <u8>(number & 7)));
}

/** Writes the runs of minutes as `MinutesTouched.encode` does: twice over them, to count and to write. */
export function writeMinutes(): void {
  writeVarint(walkRuns(false));
  walkRuns(true);
}

class Run {
  static start: usize = 0;
  static end: usize = 0;
  static previousEnd: usize = 0;
  static count: u32 = 0;
}

function walkRuns(isWritten: bool): u32 {
  Run.start = 0;
  Run.end = 0;
  Run.previousEnd = 0;
  Run.count = 0;
  for (let page: usize = 0; page < PAGES; page += 1) if (load<u8>(touched + page) != 0) walkPage(page, isWritten);
  endRun(isWritten);
  return Run.count;
}

function walkPage(page: usize, isWritten: bool): void {
  for (let at: usize = 0; at < PAGE_BYTES; at += 8) {
    let word = load<u64>(bitmap + page * PAGE_BYTES + at);
    for (; word != 0; word &= word - 1) {
      const minute = (page << PAGE_BITS) + 8 * at + <usize>ctz(word);
      if (minute == Run.end && Run.end > Run.start) {
        Run.end += 1;
        continue;
      }
      endRun(isWritten);
      Run.start = minute;
      Run.end = minute + 1;
    }
  }
}

function endRun(isWritten: bool): void {
  if (Run.end == Run.start) return;
  Run.count += 1;
  if (!isWritten) return;
  writeVarint(Run.start - Run.previousEnd);
  writeVarint(Run.end - Run.start);
  Run.previousEnd = Run.end;
}

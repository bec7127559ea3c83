/**
 * The bytes of keys that are too long for their cells, in pages that never move. The pages of a dimension are a chain; those
 * of a chain that is let go serve any other, so there are never many more than the keys of one chunk fill.
 */
import { reserve } from '../memory';

const PAGE_BYTES: usize = 64 * 1024;
/** A page: address of the page before it, 0 for none; then its keys. */
const PAGE_HEAD_BYTES: usize = 64;
/** Sixteen bytes are compared at a time, and more than a key may be read. */
const SLACK_BYTES: usize = 64;

/** A chain: its newest page, 0 for none, and where the next key goes. */
const PAGE: usize = 0;
const NEXT: usize = 4;
export const KEY_BYTES_RECORD: usize = 8;

/** Pages that were let go. */
class FreePages {
  static first: usize = 0;
}

/** Copies a key behind the others; returns its address. */
export function keepKeyBytes(chain: usize, at: usize, length: usize): usize {
  let next: usize = load<u32>(chain, NEXT);
  if (load<u32>(chain, PAGE) == 0 || next + length + SLACK_BYTES > <usize>load<u32>(chain, PAGE) + PAGE_BYTES) {
    next = addPage(chain);
  }
  memory.copy(next, at, length);
  store<u32>(chain, <u32>(next + length), NEXT);
  return next;
}

function addPage(chain: usize): usize {
  let page = FreePages.first;
  if (page == 0) page = reserve(PAGE_BYTES);
  else FreePages.first = load<u32>(page);
  store<u32>(page, load<u32>(chain, PAGE));
  store<u32>(chain, <u32>page, PAGE);
  return page + PAGE_HEAD_BYTES;
}

/** Lets all keys of a chain go. */
export function clearKeyBytes(chain: usize): void {
  releasePages(load<u32>(chain, PAGE));
  store<u32>(chain, 0, PAGE);
}

/** Cuts the keys off a chain, which begins anew; the caller copies what it needs of them, then releases them. */
export function detachPages(chain: usize): usize {
  const pages: usize = load<u32>(chain, PAGE);
  store<u32>(chain, 0, PAGE);
  return pages;
}

/** Gives pages back that were detached. */
export function releasePages(newest: usize): void {
  let page = newest;
  while (page != 0) {
    const before: usize = load<u32>(page);
    store<u32>(page, <u32>FreePages.first);
    FreePages.first = page;
    page = before;
  }
}

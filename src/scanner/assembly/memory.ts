/**
 * Regions of linear memory. They are handed out once, in the order in which the kernel is set up, and never given back:
 * memory grows with what a plan needs, not with the input.
 */

const PAGE_BYTES: usize = 65536;

/** The first free address. */
let top: usize = __heap_base;

/** Hands out a region of zeros, aligned to 64 bytes. Traps where memory cannot grow. */
export function reserve(lengthBytes: usize): usize {
  const start = (top + 63) & ~63;
  top = start + lengthBytes;
  const missing = <isize>top - <isize>(<usize>memory.size() * PAGE_BYTES);
  if (missing > 0) {
    const pages = <i32>((<usize>missing + PAGE_BYTES - 1) / PAGE_BYTES);
    if (memory.grow(pages) < 0) unreachable();
  }
  return start;
}

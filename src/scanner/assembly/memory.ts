/**
 * Regions of linear memory. They are handed out in the order in which they are asked for and never given back: what can
 * grow is a region of its own that moves, at most doubling what it had, so the kernel's memory is bounded by the limits of
 * the summary and by the size of a chunk, not by the input. What is reserved takes no memory of the machine until it is used.
 *
 * Of the keys of one dimension there are at most 4 MiB of cells (32,768 of 128 bytes), 512 KiB of slots, 1 MiB of hits that
 * wait to be counted, and 1 MiB of sketch where it has too many keys; as much again where it is counted per window. All
 * tables share what keys longer than 32 bytes take, at most four times the bytes of a chunk for each that holds them: folding
 * may double a key, and pruning copies those that are kept.
 * Flooded with 10 million paths and clients in chunks of 16 MiB, a kernel reserved 48 MB and used 17.
 */

const PAGE_BYTES: usize = 65536;

/** The first free address. */
let top: usize = __heap_base;

/** Hands out a region of zeros, aligned to 64 bytes. Traps where memory cannot grow. */
export function reserve(lengthBytes: usize): usize {
  const start = (top + 63) & ~63;
  top = start + lengthBytes;
  const available = <usize>memory.size() * PAGE_BYTES;
  if (top > available) {
    const pages = <i32>((top - available + PAGE_BYTES - 1) / PAGE_BYTES);
    if (memory.grow(pages) < 0) unreachable();
  }
  return start;
}

/** Reserves a region that can grow; returns the address of two words, its address and its length. */
export function growable(lengthBytes: usize): usize {
  const handle = reserve(8);
  store<u32>(handle, <u32>reserve(lengthBytes));
  store<u32>(handle + 4, <u32>lengthBytes);
  return handle;
}

/** Moves a growable region to one of at least `lengthBytes` bytes, with what it holds; the rest is zeros. */
export function grow(handle: usize, lengthBytes: usize): void {
  const before: usize = load<u32>(handle + 4);
  if (lengthBytes <= before) return;
  const length = max(lengthBytes, 2 * before);
  const at = reserve(length);
  memory.copy(at, load<u32>(handle), before);
  store<u32>(handle, <u32>at);
  store<u32>(handle + 4, <u32>length);
}

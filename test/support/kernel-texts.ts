/** Texts in the memory of a kernel, for tests of what it makes of texts that are no lines. */
import type { ByteString } from '../../src/domain/byte-string.js';
import { compileProgram } from '../../src/parsers/program/compile-program.js';
import { type KernelExports, startKernel } from '../../src/scanner/kernel.js';
import { NONE } from '../../src/scanner/layout.js';
import { KERNEL } from './twins.js';

export const MEBIBYTE = 1024 * 1024;
/** Bytes behind a text that the kernel may read. */
const SLACK_BYTES = 64;
const LONGEST_BYTES = 3 * MEBIBYTE;

export const kernel: KernelExports = startKernel(
  { module: KERNEL, program: compileProgram(['plain']) },
  { timezone: 'UTC', referenceAt: 0 },
).exports;
const BUFFER_AT = kernel.reserveBuffer(LONGEST_BYTES + SLACK_BYTES);

/** Puts a text of at most 3 MiB into the memory of the kernel, with `around` before and behind it; returns where it begins and ends. */
export function place(text: ByteString, around: ByteString): readonly [at: number, end: number] {
  const memory = new Uint8Array(kernel.memory.buffer, BUFFER_AT);
  const all = around + text + around;
  for (let index = 0; index < all.length; index += 1) memory[index] = all.charCodeAt(index);
  const at = BUFFER_AT + around.length;
  return [at, at + text.length];
}

/** What the kernel returns for a number that may be missing. */
export function orNull(durationUs: number): number | null {
  return durationUs === NONE ? null : durationUs;
}

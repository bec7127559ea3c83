/** Gets what kernels are made of: the compiled WebAssembly, once for all threads of the process, and the program. */
import { readFileSync } from 'node:fs';
import type { ScannerProgram } from '../parsers/program/scanner-program.js';
import { FORMAT_NAMES } from '../parsers/registry.js';
import { compileKernel, type KernelCode } from '../scanner/kernel.js';
import type { WasmModule } from '../scanner/web-assembly.js';

const KERNEL = new URL('../scanner/kernel.wasm', import.meta.url);
/** What merges is a kernel of its own: the main thread needs nothing of the scan. */
const MERGER = new URL('../scanner/merger.wasm', import.meta.url);
/** The program of all formats, compiled by `scripts/make-program.js`: to compile it takes 20 ms in a fresh process. */
const PROGRAM = new URL('../scanner/program.bin', import.meta.url);

/** The kernel with the program of `formats`, which are names of the registry in its order. */
export async function loadKernel(formats: readonly string[]): Promise<KernelCode> {
  return { module: compileKernel(readFileSync(KERNEL)), program: await programOf(formats) };
}

/** The compiled kernel that merges; it takes less than a millisecond. */
export function loadMerger(): WasmModule {
  return compileKernel(readFileSync(MERGER));
}

async function programOf(formats: readonly string[]): Promise<ScannerProgram> {
  if (formats.length === FORMAT_NAMES.length) return { image: new Uint8Array(readFileSync(PROGRAM)), formats };
  const { compileProgram } = await import('../parsers/program/compile-program.js');
  return compileProgram(formats);
}

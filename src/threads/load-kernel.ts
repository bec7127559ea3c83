/** Reads the kernel from its file, and compiles it once for all threads of the process. */
import { readFileSync } from 'node:fs';
import { compileKernel } from '../scanner/kernel.js';
import type { WasmModule } from '../scanner/web-assembly.js';

const FILE = new URL('../scanner/kernel.wasm', import.meta.url);

let module: WasmModule | null = null;

/** The compiled kernel. */
export function loadKernel(): WasmModule {
  module ??= compileKernel(readFileSync(FILE));
  return module;
}

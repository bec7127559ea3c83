/** Reads the kernel from its file, and compiles it once for all threads of the process. */
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { compileKernel } from '../scanner/kernel.js';
import type { WasmModule } from '../scanner/web-assembly.js';
import type { ThreadKernel } from './protocol.js';

const FILE = new URL('../scanner/kernel.wasm', import.meta.url);
const WORDS = 2 ** 32;

let module: WasmModule | null = null;

/** The compiled kernel, with random words of its own. */
export function loadKernel(): ThreadKernel {
  module ??= compileKernel(readFileSync(FILE));
  return { module, secret: [randomInt(WORDS), randomInt(WORDS)] };
}

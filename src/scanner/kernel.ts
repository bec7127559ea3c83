/** Loads the kernel with the program and the plan that it is to run. */
import type { FilePlan } from '../domain/plan.js';
import type { ScannerProgram } from '../parsers/program/scanner-program.js';
import { createZone } from '../parsers/timezone.js';
import { WebAssembly, type WasmMemory, type WasmModule } from './web-assembly.js';

/** What the kernel exports; addresses are bytes in its memory. */
export interface KernelExports {
  readonly memory: WasmMemory;
  reserveImage(lengthBytes: number): number;
  reserveBuffer(lengthBytes: number): number;
  start(referenceMs: number, isForced: boolean): void;
  setReference(referenceMs: number): void;
  plan(
    windowMs: number,
    foldsIds: boolean,
    windowedKeys: number,
    blockBytes: number,
    secretLow: number,
    secretHigh: number,
  ): void;
  begin(seed: number, from: number, limit: number): void;
  roomAt(): number;
  restAt(): number;
  scanBlock(lengthBytes: number, isEnd: boolean): number;
  offset(): number;
  tailEnd(): number;
  writeLines(file: number): number;
  writeEntries(): number;
  outputAt(): number;
  parse(at: number, end: number): number;
  entryAt(): number;
  durationOf(at: number, end: number, unit: number): number;
  durationIn(at: number, end: number): number;
}

/** A kernel that is ready, with the names of its formats by number. */
export interface Kernel {
  readonly exports: KernelExports;
  readonly formats: readonly string[];
}

/** What decides the meaning of a line, besides its bytes and the program. */
export type KernelPlan = Pick<FilePlan, 'timezone' | 'referenceAt'>;

/** What a kernel is made of; threads can be handed it. */
export interface KernelCode {
  readonly module: WasmModule;
  readonly program: ScannerProgram;
}

/** Compiles the bytes of the kernel, which whoever has files reads. */
export function compileKernel(bytes: Uint8Array): WasmModule {
  return new WebAssembly.Module(bytes);
}

/** Makes a kernel for a plan. */
export function startKernel({ module, program }: KernelCode, plan: KernelPlan): Kernel {
  const zone = createZone(plan.timezone);
  const offsetsOn = (day: number, at: number): void => {
    const { before, changesAt, after } = zone.offsetsOn(day);
    const view = new DataView(exports.memory.buffer);
    view.setFloat64(at, before, true);
    view.setFloat64(at + 8, changesAt, true);
    view.setFloat64(at + 16, after, true);
  };
  const instance = new WebAssembly.Instance(module, { zone: { offsetsOn } });
  const exports = instance.exports as KernelExports; // the names are those of assembly/index.ts
  const { image, formats } = program;
  const at = exports.reserveImage(image.length);
  new Uint8Array(exports.memory.buffer).set(image, at);
  exports.start(plan.referenceAt, formats.length === 1);
  return { exports, formats };
}

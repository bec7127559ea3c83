/** The few types of WebAssembly that the scanner uses: neither `lib` nor `@types/node` 20 has them without the DOM. */

/** A compiled module; threads can be handed one. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: 'WebAssembly.Module';
}

/** Linear memory; its buffer is another one after it has grown. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

interface WasmNamespace {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: Readonly<Record<string, Readonly<Record<string, (...args: number[]) => number | void>>>>,
  ) => { readonly exports: unknown };
}

/** What every runtime has under this name. */
export const WebAssembly: WasmNamespace = (globalThis as unknown as { WebAssembly: WasmNamespace }).WebAssembly;

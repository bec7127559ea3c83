/** A fixed ring of shared buffers for the bytes of streams: filled by a source, read by scan threads, freed when settled. */
export class SlotRing {
  /** The buffers, for the threads. */
  readonly buffers: readonly SharedArrayBuffer[];
  private readonly free: number[];
  /** Bytes of each slot that are not settled. */
  private readonly owed: number[];
  private readonly waiting: ((index: number) => void)[] = [];

  constructor(slots: number, slotBytes: number) {
    this.buffers = Array.from({ length: slots }, () => new SharedArrayBuffer(slotBytes));
    this.free = this.buffers.map((_, index) => index).reverse();
    this.owed = this.buffers.map(() => 0);
  }

  /** Resolves with a slot for its caller alone; waits while all are in use. */
  acquire(): Promise<number> {
    const index = this.free.pop();
    if (index !== undefined) return Promise.resolve(index);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** The bytes of a slot. */
  bytes(index: number): Uint8Array {
    const buffer = this.buffers[index];
    if (buffer === undefined) throw new RangeError(`No slot ${index}`);
    return new Uint8Array(buffer);
  }

  /** Declares that the slot stands for `bytes` bytes of its stream. */
  fill(index: number, bytes: number): void {
    this.owed[index] = bytes;
  }

  /** `bytes` bytes of the slot are settled; with the last of them it is free. */
  settle(index: number, bytes: number): void {
    const owed = (this.owed[index] ?? 0) - bytes;
    this.owed[index] = owed;
    if (owed === 0) this.release(index);
  }

  /** Gives a slot to the next who waits for one. */
  release(index: number): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free.push(index);
    else next(index);
  }
}

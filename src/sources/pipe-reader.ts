/**
 * Reads a pipe or a socket into one buffer, over and over. A stream of Node makes a new block for every read; on a fast
 * pipe 25 to 40 MB of them lie about until the collector comes by.
 */
import { type OnReadOpts, Socket, type SocketConstructorOpts } from 'node:net';

/** What a stream of a job is read from: a Readable, or a PipeReader. A block is good until the next one is asked for. */
export interface ByteStream extends AsyncIterable<Buffer> {
  /** Ends the reading; what iterates over it comes to its end, or fails. */
  destroy(): void;
}

const BLOCK_BYTES = 256 * 1024;

export class PipeReader implements ByteStream {
  private readonly socket: Socket;
  /** What was read and not handed out. */
  private block: Buffer | null = null;
  private isEnded = false;
  private error: Error | null = null;
  private wake: () => void = () => undefined;

  /** Takes over the descriptor, which is polled: no thread sleeps in a read while the process wants to end. */
  constructor(fd: number) {
    const buffer = Buffer.allocUnsafeSlow(BLOCK_BYTES);
    const callback = (bytes: number): boolean => {
      this.block = buffer.subarray(0, bytes);
      this.wake();
      return false; // pauses until it is wanted
    };
    const options: SocketConstructorOpts & { readonly onread: OnReadOpts } = {
      fd,
      readable: true,
      writable: false,
      onread: { buffer, callback },
    };
    this.socket = new Socket(options);
    this.socket.on('error', (error) => {
      this.error = error;
    });
    for (const event of ['end', 'close']) this.socket.on(event, () => this.end());
  }

  destroy(): void {
    this.socket.destroy();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for (;;) {
      const block = await this.nextBlock();
      if (this.error !== null) throw this.error;
      if (block === null) return;
      yield block;
    }
  }

  private async nextBlock(): Promise<Buffer | null> {
    if (this.block === null && !this.isEnded) {
      const isReady = new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      this.socket.resume();
      await isReady;
    }
    const { block } = this;
    this.block = null;
    return block;
  }

  private end(): void {
    this.isEnded = true;
    this.wake();
  }
}

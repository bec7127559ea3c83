import type { Socket } from 'node:net';
import { failure, toFault } from '../domain/errors.js';
import type { CommandTable } from './command-table.js';
import { FrameReader } from './frame-reader.js';
import { type Hello, type Json, MAX_FRAME_BYTES, parseRequest, type Reply, type Request } from './protocol.js';

/** What one client may take. */
export interface ControlLimits {
  /** Requests that run at once. */
  readonly maxRunning: number;
  readonly maxPerSecond: number;
  /** A line that was begun must end within this. */
  readonly maxLineMs: number;
  /** Unread bytes from which on events are dropped. */
  readonly maxEventBytes: number;
  /** Unread bytes from which on the client is let go: it has stopped to read. */
  readonly maxUnreadBytes: number;
}

export const CONTROL_LIMITS: ControlLimits = {
  maxRunning: 32,
  maxPerSecond: 100,
  maxLineMs: 5000,
  maxEventBytes: MAX_FRAME_BYTES,
  maxUnreadBytes: 8 * MAX_FRAME_BYTES,
};

/** One client. Made by the server for each socket, ended with it. */
export class ControlConnection {
  readonly #socket: Socket;
  readonly #table: CommandTable;
  readonly #limits: ControlLimits;
  readonly #reader = new FrameReader();
  readonly #running = new Map<number, AbortController>();
  readonly #dropped = new Map<number, number>();
  #timer: NodeJS.Timeout | null = null;
  #second = 0;
  #requestsInSecond = 0;

  constructor(socket: Socket, table: CommandTable, hello: Hello, limits: ControlLimits) {
    this.#socket = socket;
    this.#table = table;
    this.#limits = limits;
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('error', () => socket.destroy()); // the client has gone: nobody is left to be told
    socket.once('close', () => this.#onClose());
    this.#write(hello);
  }

  /** Lets the client go. */
  end(): void {
    this.#socket.end();
    this.#socket.destroySoon();
  }

  #onData(chunk: Buffer): void {
    for (const line of this.#reader.push(chunk)) {
      if (line === null) this.#refuse(null, `a line is longer than ${MAX_FRAME_BYTES} bytes`);
      else this.#onLine(line);
    }
    this.#watchLine();
  }

  /** Gives the line at hand its time; the clock of a line does not begin anew with each byte. */
  #watchLine(): void {
    if (!this.#reader.isWithin) {
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#timer = null;
      return;
    }
    const { maxLineMs } = this.#limits;
    this.#timer ??= setTimeout(() => {
      this.#refuse(null, `a line was not ended within ${maxLineMs} ms`);
      this.end();
    }, maxLineMs).unref();
  }

  #onLine(line: string): void {
    const parsed = parseRequest(line);
    if (!parsed.isValid) return this.#refuse(parsed.id, parsed.problem);
    const { request } = parsed;
    if ('cancel' in request) this.#running.get(request.cancel)?.abort();
    else if (this.#isTooMany()) this.#fail(request.id, this.#tooMany());
    else if (this.#running.has(request.id)) this.#refuse(request.id, 'that id is that of a request that still runs');
    else if ('complete' in request)
      this.#write({ id: request.id, result: [...this.#table.complete(request.complete)] });
    else void this.#run(request);
  }

  async #run({ id, line }: Extract<Request, { readonly line: string }>): Promise<void> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      const { command, args } = this.#table.find(line);
      const emit = (event: Json): void => this.#emit(id, event);
      const result = await command.run(args, { emit, signal: controller.signal });
      this.#write({ id, result, ...this.#takeDropped(id) });
    } catch (error) {
      this.#fail(id, error);
    } finally {
      this.#running.delete(id);
      this.#dropped.delete(id);
    }
  }

  #emit(id: number, event: Json): void {
    if (this.#socket.writableLength <= this.#limits.maxEventBytes) this.#write({ id, event, ...this.#takeDropped(id) });
    else this.#dropped.set(id, (this.#dropped.get(id) ?? 0) + 1);
  }

  #takeDropped(id: number): { readonly dropped?: number } {
    const dropped = this.#dropped.get(id);
    this.#dropped.delete(id);
    return dropped === undefined ? {} : { dropped };
  }

  #refuse(id: number | null, problem: string): void {
    this.#fail(id, failure('MR_ERR_FRAME_INVALID', [problem]));
  }

  #fail(id: number | null, error: unknown): void {
    const { code, message } = toFault(error);
    this.#write({ id, error: { code, message } });
  }

  /** A result that is longer than a line may be becomes an error. */
  #write(reply: Reply | Hello): void {
    if (!this.#socket.writable) return;
    const line = `${JSON.stringify(reply)}\n`;
    if (Buffer.byteLength(line) > MAX_FRAME_BYTES && 'id' in reply && !('error' in reply)) {
      this.#fail(reply.id, failure('MR_ERR_FRAME_INVALID', [`the answer is longer than ${MAX_FRAME_BYTES} bytes`]));
      return;
    }
    this.#socket.write(line);
    if (this.#socket.writableLength > this.#limits.maxUnreadBytes) this.#socket.destroy();
  }

  #isTooMany(): boolean {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#requestsInSecond = 0;
    }
    this.#requestsInSecond += 1;
    return this.#requestsInSecond > this.#limits.maxPerSecond || this.#running.size >= this.#limits.maxRunning;
  }

  #tooMany(): Error {
    return failure('MR_ERR_COMMAND_LIMIT', [this.#limits.maxPerSecond, this.#limits.maxRunning]);
  }

  #onClose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const controller of this.#running.values()) controller.abort();
  }
}

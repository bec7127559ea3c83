/** Gives commands to a running Millrace. */
import { connect, type Socket } from 'node:net';
import { failure, isErrorCode, MillraceError } from '../domain/errors.js';
import { FrameReader } from './frame-reader.js';
import { type Hello, type Json, PROTOCOL, type Reply } from './protocol.js';

/** What is told of a command while it runs. */
export interface CommandListener {
  readonly onEvent?: (event: Json) => void;
  /** So many events came too fast to be sent. */
  readonly onDropped?: (count: number) => void;
}

interface Pending {
  readonly listener: CommandListener;
  readonly resolve: (result: Json) => void;
  readonly reject: (error: Error) => void;
}

/** A server speaks at once, unless its process hangs. */
const HELLO_PATIENCE_MS = 10_000;

/** A connection; it ends with `close`, or when the daemon goes: then all that waits is rejected. */
export class ControlClient {
  readonly hello: Hello['hello'];
  readonly #socket: Socket;
  readonly #pending = new Map<number, Pending>();
  readonly #gone: Promise<void>;
  #lastId = 0;
  #isGone = false;

  private constructor(socket: Socket, hello: Hello['hello']) {
    this.#socket = socket;
    this.hello = hello;
    this.#gone = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  /** @throws MR_ERR_SOCKET_NONE where nobody listens there, or somebody who speaks otherwise, or says nothing */
  static connect(path: string, patienceMs = HELLO_PATIENCE_MS): Promise<ControlClient> {
    return new Promise((resolve, reject) => {
      const socket = connect(path);
      const reader = new FrameReader();
      let client: ControlClient | null = null;
      const refuse = (why: string): void => reject(failure('MR_ERR_SOCKET_NONE', [path, why]));
      const timer = setTimeout(() => {
        refuse(`it said nothing for ${patienceMs} ms`);
        socket.destroy();
      }, patienceMs);
      socket.on('error', (error: NodeJS.ErrnoException) => refuse(whyOf(error)));
      socket.on('close', () => {
        clearTimeout(timer);
        refuse('it hung up'); // of no effect once connected
        client?.onGone(path);
      });
      socket.on('data', (chunk: Buffer) => {
        for (const line of reader.push(chunk)) {
          if (client !== null) client.onLine(line);
          else {
            const hello = helloOf(line);
            if (hello === null) {
              refuse('it speaks another protocol');
              socket.destroy();
              return;
            }
            clearTimeout(timer);
            client = new ControlClient(socket, hello);
            resolve(client);
          }
        }
      });
    });
  }

  /**
   * Runs a command; aborting `signal` cancels it on the other side, which then answers. @throws MillraceError what the command
   * failed with, MR_ERR_SOCKET_NONE where the daemon goes meanwhile
   */
  run(line: string, listener: CommandListener = {}, signal?: AbortSignal): Promise<Json> {
    const { id, answer } = this.#ask((number) => ({ id: number, line }), listener);
    const cancel = (): void => this.#send({ cancel: id });
    signal?.addEventListener('abort', cancel, { once: true });
    return answer.finally(() => signal?.removeEventListener('abort', cancel));
  }

  /** Words that may stand in place of the last one of `text`. */
  async complete(text: string): Promise<readonly string[]> {
    const { answer } = this.#ask((id) => ({ id, complete: text }), {});
    return (await answer) as readonly string[];
  }

  /** Resolves when the connection has ended, whoever ended it. */
  untilGone(): Promise<void> {
    return this.#gone;
  }

  close(): void {
    this.#socket.end();
  }

  #ask(
    requestOf: (id: number) => Json,
    listener: CommandListener,
  ): { readonly id: number; readonly answer: Promise<Json> } {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise<Json>((resolve, reject) => {
      if (this.#isGone) return reject(failure('MR_ERR_SOCKET_NONE', ['the daemon', 'it has gone']));
      this.#pending.set(id, { listener, resolve, reject });
      this.#send(requestOf(id));
    });
    return { id, answer };
  }

  #send(request: Json): void {
    if (this.#socket.writable) this.#socket.write(`${JSON.stringify(request)}\n`);
  }

  private onLine(line: string | null): void {
    if (line === null) return;
    const reply = JSON.parse(line) as Reply; // of a server whose hello was right
    const pending = reply.id === null ? undefined : this.#pending.get(reply.id);
    if (pending === undefined || reply.id === null) return;
    const { listener } = pending;
    if ('dropped' in reply && reply.dropped !== undefined) listener.onDropped?.(reply.dropped);
    if ('event' in reply) return listener.onEvent?.(reply.event);
    this.#pending.delete(reply.id);
    if ('result' in reply) pending.resolve(reply.result);
    else pending.reject(errorOf(reply.error));
  }

  private onGone(path: string): void {
    this.#isGone = true;
    for (const { reject } of this.#pending.values()) reject(failure('MR_ERR_SOCKET_NONE', [path, 'it hung up']));
    this.#pending.clear();
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'nobody listens there; is it started?',
  ECONNREFUSED: 'nobody listens there any more',
  EACCES: 'permission denied',
};

function whyOf({ code = '', message }: NodeJS.ErrnoException): string {
  return WHY[code] ?? (code || message);
}

function helloOf(line: string | null): Hello['hello'] | null {
  try {
    const { hello } = JSON.parse(line ?? '') as Partial<Hello>;
    return hello?.name === 'millrace' && hello.protocol === PROTOCOL ? hello : null;
  } catch {
    return null;
  }
}

/** A code that this version does not know keeps its message. */
function errorOf({ code, message }: { readonly code: string; readonly message: string }): MillraceError {
  return new MillraceError(isErrorCode(code) ? code : 'MR_ERR_UNEXPECTED', message);
}

/** Takes commands over a Unix socket. A client can neither stop it, nor fill its memory, nor make others wait. */
import { chmodSync, statSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { failure } from '../domain/errors.js';
import type { CommandTable } from './command-table.js';
import { CONTROL_LIMITS, ControlConnection, type ControlLimits } from './control-connection.js';
import type { Hello } from './protocol.js';
import { PROTOCOL } from './protocol.js';
import { prepareSocketPlace } from './socket-place.js';

const MAX_CONNECTIONS = 128;
/** Only who started the process may open its socket. */
const SOCKET_UMASK = 0o177;
const SOCKET_MODE = 0o600;

export interface ControlServerOptions {
  readonly table: CommandTable;
  /** Version of the program, as clients show it. */
  readonly version: string;
  /** Constant; only tests use others. */
  readonly limits?: ControlLimits;
}

/** Made by the daemon, once; ended by `close`. */
export class ControlServer {
  readonly #table: CommandTable;
  readonly #hello: Hello;
  readonly #limits: ControlLimits;
  readonly #connections = new Set<ControlConnection>();
  readonly #server: Server;

  constructor({ table, version, limits = CONTROL_LIMITS }: ControlServerOptions) {
    this.#table = table;
    this.#limits = limits;
    this.#hello = {
      hello: { name: 'millrace', version, protocol: PROTOCOL, pid: process.pid, commands: table.help() },
    };
    this.#server = createServer((socket) => this.#accept(socket));
    this.#server.maxConnections = MAX_CONNECTIONS;
  }

  /** Clients that are connected. */
  get connections(): number {
    return this.#connections.size;
  }

  /**
   * Listens at `path`. What a process that died left there is taken away. @throws MR_ERR_SOCKET_BUSY where one listens there,
   * MR_ERR_SOCKET_PLACE where that is not safe or not possible.
   */
  async listen(path: string): Promise<void> {
    prepareSocketPlace(path);
    try {
      await this.#listenOnce(path);
    } catch (error) {
      if (!isBusy(error)) throw placeFailure(path, error);
      if (await isAlive(path)) throw failure('MR_ERR_SOCKET_BUSY', [path]);
      removeStale(path);
      await this.#listenOnce(path).catch((again: unknown) => Promise.reject(placeFailure(path, again)));
    }
    chmodSync(path, SOCKET_MODE);
  }

  /** Ends all connections and takes the socket away. */
  async close(): Promise<void> {
    for (const connection of this.#connections) connection.end();
    if (!this.#server.listening) return;
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #listenOnce(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const before = process.umask(SOCKET_UMASK);
      this.#server.once('error', reject);
      this.#server.listen(path, () => {
        this.#server.off('error', reject);
        resolve();
      });
      process.umask(before); // the socket is made within `listen`
    });
  }

  #accept(socket: Socket): void {
    const connection = new ControlConnection(socket, this.#table, this.#hello, this.#limits);
    this.#connections.add(connection);
    socket.once('close', () => this.#connections.delete(connection));
  }
}

function isBusy(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
}

function placeFailure(path: string, error: unknown): Error {
  return failure('MR_ERR_SOCKET_PLACE', [path, (error as NodeJS.ErrnoException).code ?? String(error)], error);
}

/** Tells whether a process answers there. */
function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
}

/** @throws MR_ERR_SOCKET_PLACE where no socket is there */
function removeStale(path: string): void {
  if (!statSync(path).isSocket())
    throw failure('MR_ERR_SOCKET_PLACE', [path, 'a file of that name is there that is no socket']);
  unlinkSync(path);
}

/** The control socket over a real one: server and client, and clients that misbehave. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { expect } from 'chai';
import { failure, MillraceError } from '../../src/domain/errors.js';
import { type Command, CommandTable } from '../../src/repl/command-table.js';
import { CONTROL_LIMITS, type ControlLimits } from '../../src/repl/control-connection.js';
import { ControlClient } from '../../src/repl/control-client.js';
import { ControlServer } from '../../src/repl/control-server.js';
import { FrameReader } from '../../src/repl/frame-reader.js';
import type { Json, Reply } from '../../src/repl/protocol.js';
import { useScratch } from '../support/scratch.js';

const MEBIBYTE = 1024 * 1024;

/** Resolves when the signal is aborted. */
const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

/** Commands that do what their names say. */
const COMMANDS: readonly Command[] = [
  { name: 'echo', usage: 'WORDS', help: 'gives them back', run: (args) => Promise.resolve([...args]) },
  {
    name: 'count',
    usage: 'TO',
    help: 'counts up in events',
    run: ([to = '0'], { emit }) => {
      for (let number = 1; number <= Number(to); number += 1) emit(number);
      return Promise.resolve('counted');
    },
  },
  {
    name: 'wait',
    usage: '',
    help: 'until it is cancelled',
    run: async (_args, { emit, signal }) => {
      emit('waiting');
      await aborted(signal);
      return 'cancelled';
    },
  },
  { name: 'fail', usage: '', help: 'fails', run: () => Promise.reject(failure('MR_ERR_INPUT_MISSING', ['x.log'])) },
  { name: 'crash', usage: '', help: 'throws', run: () => Promise.reject(new TypeError('not ours')) },
  {
    name: 'large',
    usage: 'BYTES',
    help: 'a long answer',
    run: ([bytes]) => Promise.resolve('x'.repeat(Number(bytes))),
  },
];

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    return error instanceof MillraceError ? error.code : String(error);
  }
}

describe('repl: the control socket', () => {
  const scratch = useScratch();
  const servers: ControlServer[] = [];
  const clients: ControlClient[] = [];
  let path = '';

  const startServer = async (limits: Partial<ControlLimits> = {}): Promise<ControlServer> => {
    const table = new CommandTable(COMMANDS);
    const server = new ControlServer({ table, version: '1.2.3', limits: { ...CONTROL_LIMITS, ...limits } });
    servers.push(server);
    await server.listen(path);
    return server;
  };
  const startClient = async (): Promise<ControlClient> => {
    const client = await ControlClient.connect(path);
    clients.push(client);
    return client;
  };

  /** A socket that speaks for itself, and the replies behind the hello that it gets. */
  const rawClient = async (): Promise<{
    socket: Socket;
    replies: (Reply | null)[];
    next: (count: number) => Promise<void>;
  }> => {
    const socket = connect(path);
    const reader = new FrameReader();
    const replies: (Reply | null)[] = [];
    const waiting: (() => void)[] = [];
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      for (const line of reader.push(chunk)) replies.push(line === null ? null : (JSON.parse(line) as Reply));
      for (const wake of waiting.splice(0)) wake();
    });
    const next = async (count: number): Promise<void> => {
      while (replies.length < count + 1) await new Promise<void>((resolve) => waiting.push(resolve));
    };
    await next(0);
    return { socket, replies, next };
  };

  beforeEach(() => {
    mkdirSync(scratch.path('run'), { mode: 0o700 });
    path = scratch.path('run/s.sock');
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    for (const server of servers.splice(0)) await server.close();
  });

  it('says who it is, and answers', async () => {
    await startServer();
    const client = await startClient();

    expect({ ...client.hello, commands: client.hello.commands.map(({ name }) => name) }).to.deep.equal({
      name: 'millrace',
      version: '1.2.3',
      protocol: 1,
      pid: process.pid,
      commands: ['count', 'crash', 'echo', 'fail', 'large', 'wait'],
    });
    expect(await client.run('echo a "b c"')).to.deep.equal(['a', 'b c']);
    expect(await client.complete('co')).to.deep.equal(['count']);
  });

  it('is not waited for where nobody says hello', async () => {
    const silent = createServer(() => undefined).listen(path);
    await once(silent, 'listening');

    const refusal = await ControlClient.connect(path, 20).catch((error: unknown) => error);

    expect(refusal).to.be.instanceOf(MillraceError);
    expect(String(refusal)).to.include(`No Millrace answers at ${path}: it said nothing for 20 ms`);
    await new Promise((resolve) => silent.close(resolve)); // the client has hung up
  });

  it('sends events before the result', async () => {
    await startServer();
    const client = await startClient();
    const events: Json[] = [];

    const result = await client.run('count 3', { onEvent: (event) => events.push(event) });
    expect([events, result]).to.deep.equal([[1, 2, 3], 'counted']);
  });

  it('tells what a command failed with, and goes on', async () => {
    await startServer();
    const client = await startClient();

    expect(await codeOf(client.run('fail'))).to.equal('MR_ERR_INPUT_MISSING');
    expect(await codeOf(client.run('crash'))).to.equal('MR_ERR_UNEXPECTED');
    expect(await codeOf(client.run('nonsense'))).to.equal('MR_ERR_COMMAND_UNKNOWN');
    expect(await codeOf(client.run('echo "'))).to.equal('MR_ERR_COMMAND_QUOTE');
    expect(await client.run('echo still here')).to.deep.equal(['still', 'here']);
  });

  it('cancels the command and not the connection', async () => {
    await startServer();
    const client = await startClient();
    const controller = new AbortController();

    const result = await client.run('wait', { onEvent: () => controller.abort() }, controller.signal);
    expect(result).to.equal('cancelled');
    expect(await client.run('echo on')).to.deep.equal(['on']);
  });

  it('serves several clients, each with answers of its own', async () => {
    await startServer();
    const both = [await startClient(), await startClient()];

    const answers = await Promise.all(
      both.flatMap((client, index) => [client.run(`echo ${index}`), client.run(`echo ${index} x`)]),
    );
    expect(answers).to.deep.equal([['0'], ['0', 'x'], ['1'], ['1', 'x']]);
  });

  it('can be opened by its user only, whatever the umask', async () => {
    const before = process.umask(0);
    try {
      await startServer();
    } finally {
      process.umask(before);
    }
    expect((lstatSync(path).mode & 0o777).toString(8)).to.equal('600');
  });

  it('does not listen where others could open it, or where no socket can be', async () => {
    const listenAt = (place: string): Promise<string> =>
      codeOf(new ControlServer({ table: new CommandTable(COMMANDS), version: '1' }).listen(place));
    mkdirSync(scratch.path('open'));
    chmodSync(scratch.path('open'), 0o755);
    symlinkSync(scratch.path('run'), scratch.path('link'));
    writeFileSync(scratch.path('run/file'), '');

    for (const place of ['open/s.sock', 'link/s.sock', 'run/file', 'run/file/s.sock', `run/${'x'.repeat(120)}`]) {
      expect([place, await listenAt(scratch.path(place))]).to.deep.equal([place, 'MR_ERR_SOCKET_PLACE']);
    }
    expect(existsSync(scratch.path('run/file'))).to.equal(true);
  });

  it('is refused where another one listens, and takes the place of one that died', async () => {
    const first = await startServer();
    expect(await codeOf(new ControlServer({ table: new CommandTable(COMMANDS), version: '1' }).listen(path))).to.equal(
      'MR_ERR_SOCKET_BUSY',
    );

    await first.close();
    const dead = spawn(process.execPath, [
      '-e',
      `require('net').createServer().listen(${JSON.stringify(path)}, () => console.log('up'))`,
    ]);
    await once(dead.stdout, 'data');
    dead.kill('SIGKILL');
    await once(dead, 'exit');
    expect(existsSync(path)).to.equal(true);
    await startServer();
    expect(await (await startClient()).run('echo me')).to.deep.equal(['me']);
  });

  it('is not there for a client without a daemon, or with another server', async () => {
    expect(await codeOf(ControlClient.connect(path))).to.equal('MR_ERR_SOCKET_NONE');
    const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    other.listen(path);
    await once(other, 'listening');
    expect(await codeOf(ControlClient.connect(path))).to.equal('MR_ERR_SOCKET_NONE');
    await new Promise<void>((resolve) => other.close(() => resolve()));
  });

  it('rejects what waits when the daemon goes', async () => {
    const server = await startServer();
    const client = await startClient();
    const waiting = codeOf(client.run('wait', { onEvent: () => void server.close() }));

    expect(await waiting).to.equal('MR_ERR_SOCKET_NONE');
    expect(await codeOf(client.run('echo x'))).to.equal('MR_ERR_SOCKET_NONE');
  });

  it('ends the commands of a client that goes', async () => {
    let ended: (() => void) | null = null;
    const wait: Command = {
      name: 'wait',
      usage: '',
      help: '',
      run: async (_args, { emit, signal }) => {
        emit('waiting');
        await aborted(signal);
        ended?.();
        return null;
      },
    };
    const server = new ControlServer({ table: new CommandTable([wait]), version: '1' });
    servers.push(server);
    await server.listen(path);
    const gone = new Promise<void>((resolve) => (ended = resolve));
    const client = await startClient();
    void client.run('wait', { onEvent: () => client.close() }).catch(() => undefined);

    await gone;
  });

  it('answers lines that are no requests, and too long ones, and goes on', async () => {
    await startServer();
    const { socket, replies, next } = await rawClient();
    socket.write('nonsense\n{"id":1}\n\n');
    socket.write(`${'x'.repeat(MEBIBYTE + 1)}\n{"id":2,"line":"echo ok"}\n`);
    await next(4);
    socket.destroy();

    const told = replies.slice(1).map((reply) => reply && ('error' in reply ? [reply.id, reply.error.code] : reply));
    expect(told).to.deep.equal([
      [null, 'MR_ERR_FRAME_INVALID'],
      [1, 'MR_ERR_FRAME_INVALID'],
      [null, 'MR_ERR_FRAME_INVALID'],
      { id: 2, result: ['ok'] },
    ]);
  });

  /** The errors among the replies behind the hello, with their ids. */
  const errorsIn = (replies: readonly (Reply | null)[]): unknown[] =>
    replies.flatMap((reply) => (reply !== null && 'error' in reply ? [[reply.id, reply.error.code]] : []));

  const linesOf = (...requests: readonly [id: number, line: string][]): string =>
    requests.map(([id, line]) => `${JSON.stringify({ id, line })}\n`).join('');

  it('refuses more requests at once than it may take, and an id that is in use', async () => {
    await startServer({ maxRunning: 2 });
    const { socket, replies, next } = await rawClient();
    socket.write(linesOf([1, 'wait'], [1, 'wait'], [2, 'wait'], [3, 'wait']));
    await next(4);
    socket.write('{"cancel":1}\n');
    await next(5);
    socket.write(linesOf([4, 'echo']));
    await next(6);
    socket.destroy();

    expect(errorsIn(replies)).to.deep.equal([
      [1, 'MR_ERR_FRAME_INVALID'],
      [3, 'MR_ERR_COMMAND_LIMIT'],
    ]);
    expect(replies.at(-1)).to.deep.equal({ id: 4, result: [] });
  });

  it('refuses more requests in a second than it may take', async () => {
    await startServer({ maxPerSecond: 3 });
    const { socket, replies, next } = await rawClient();
    socket.write(linesOf([1, 'echo'], [2, 'echo'], [3, 'echo'], [4, 'echo']));
    await next(4);
    socket.destroy();

    expect(errorsIn(replies)).to.deep.equal([[4, 'MR_ERR_COMMAND_LIMIT']]);
  });

  it('lets a client go that does not end its line, and one that never reads', async () => {
    await startServer({ maxLineMs: 30, maxUnreadBytes: 100_000, maxEventBytes: 1_000_000 });
    const slow = await rawClient();
    slow.socket.write('{"id":1,');
    await once(slow.socket, 'close');
    expect(errorsIn(slow.replies)).to.deep.equal([[null, 'MR_ERR_FRAME_INVALID']]);

    const deaf = await rawClient();
    deaf.socket.pause();
    deaf.socket.write('{"id":1,"line":"count 400000"}\n');
    const other = await startClient();
    expect(await other.run('echo served')).to.deep.equal(['served']);
    deaf.socket.resume();
    await once(deaf.socket, 'close');
    expect(deaf.replies.some((reply) => reply !== null && 'result' in reply)).to.equal(false);
  });

  it('gives an answer that is too long for a line as an error', async () => {
    await startServer();
    const client = await startClient();

    expect(await codeOf(client.run(`large ${MEBIBYTE}`))).to.equal('MR_ERR_FRAME_INVALID');
    expect(((await client.run(`large ${MEBIBYTE - 100}`)) as string).length).to.equal(MEBIBYTE - 100);
  });

  it('drops events that a client does not read and tells how many, while others are served', async () => {
    await startServer();
    const { socket, replies, next } = await rawClient();
    socket.pause();
    socket.write('{"id":1,"line":"count 400000"}\n');
    const other = await startClient();
    expect(await other.run('echo served')).to.deep.equal(['served']);

    socket.resume();
    while (!replies.some((reply) => reply !== null && 'result' in reply)) await next(replies.length);
    socket.destroy();
    const events = replies.slice(1).filter((reply) => reply !== null && 'event' in reply).length;
    const dropped = replies.map((reply) => (reply !== null && 'dropped' in reply ? (reply.dropped ?? 0) : 0));
    expect(events).to.be.within(1000, 399_999);
    expect(events + dropped.reduce((sum, count) => sum + count)).to.equal(400_000);
  });

  it('serves 128 clients, and others when one of them has gone', async () => {
    const server = await startServer();
    const many = await Promise.all(Array.from({ length: 128 }, startClient));
    expect(server.connections).to.equal(128);
    expect(await codeOf(ControlClient.connect(path))).to.equal('MR_ERR_SOCKET_NONE');
    expect(await many[127]?.run('echo last')).to.deep.equal(['last']);
  });
});

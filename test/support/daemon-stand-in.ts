/**
 * A daemon as its commands see it, over a store that a test fills: it watches nothing, and remembers what it was told. Run with
 * the path of a socket and a folder for its state it is a process of its own, which ends when it is told to stop.
 */
import { fileURLToPath } from 'node:url';
import { failure } from '../../src/domain/errors.js';
import { ControlServer } from '../../src/repl/control-server.js';
import { daemonCommands } from '../../src/repl/daemon-commands.js';
import type {
  AlertStatus,
  AuditEntry,
  DaemonPort,
  DaemonStatus,
  FollowedFile,
  History,
  ReloadOutcome,
  WorkerStatus,
} from '../../src/repl/daemon-port.js';
import { openStore } from '../../src/store/open-store.js';
import { takeState } from '../../src/store/state.js';
import { NOON } from './stored.js';

export const DAEMON_STAND_IN = fileURLToPath(import.meta.url);

export const STATUS: DaemonStatus = {
  pid: 4711,
  version: '1.2.3',
  stateFolder: '/var/lib/millrace',
  roots: ['/var/log/app', '/var/log/nginx'],
  startedAt: NOON - 3 * 3_600_000,
  state: 'following',
  fault: null,
  files: 12,
  backlogBytes: 0,
  lagMs: 0,
  openDescriptors: 14,
  workers: 2,
  committed: { bytes: 123_456_789, lines: 1_234_567, malformed: 3, errors: 12, requests: 1_000_000 },
  committedAt: NOON - 400,
  rssBytes: 90_000_000,
  incarnations: 1,
  timezone: 'UTC',
  folding: 'ids',
};

export function fileOf(path: string, given: Partial<FollowedFile> = {}): FollowedFile {
  const numbers = { generation: 1, offset: 100, size: 100, bytes: 100, lines: 10, malformed: 0 };
  return { path, state: 'following', format: 'plain', ...numbers, ...given };
}

export class DaemonStandIn implements DaemonPort {
  statusNow: DaemonStatus = STATUS;
  filesNow: readonly FollowedFile[] = [];
  workersNow: readonly WorkerStatus[] = [];
  alertsNow: readonly AlertStatus[] = [];
  /** Null where it is degraded: the store does not answer then. */
  store: History | null;
  readonly told: string[] = [];
  readonly audits: AuditEntry[] = [];
  onStop: () => void = () => undefined;

  constructor(store: History | null) {
    this.store = store;
  }

  get history(): History {
    if (this.store === null) throw failure('MR_ERR_STORE_FAILED', ['millrace.db', 'the disk is full']);
    return this.store;
  }

  status(): Promise<DaemonStatus> {
    return Promise.resolve(this.statusNow);
  }

  files(): Promise<readonly FollowedFile[]> {
    return Promise.resolve(this.filesNow);
  }

  workers(): Promise<readonly WorkerStatus[]> {
    return Promise.resolve(this.workersNow);
  }

  alerts(): Promise<readonly AlertStatus[]> {
    return Promise.resolve(this.alertsNow);
  }

  pause(): Promise<void> {
    return this.#tell('pause');
  }

  resume(): Promise<void> {
    return this.#tell('resume');
  }

  scale(workers: number): Promise<void> {
    return this.#tell(`scale ${workers}`);
  }

  async kill(name: string): Promise<boolean> {
    await this.#tell(`kill ${name}`);
    return this.workersNow.some(({ thread, task }) => thread === name || task?.worker === name);
  }

  async reload(): Promise<ReloadOutcome> {
    await this.#tell('reload');
    return { applied: ['alerts'], needRestart: ['timezone'] };
  }

  async stop(): Promise<void> {
    await this.#tell('stop');
    this.onStop();
  }

  audit(entry: AuditEntry): void {
    this.audits.push(entry);
  }

  #tell(what: string): Promise<void> {
    this.told.push(what);
    return Promise.resolve();
  }
}

/** Serves until it is told to stop; then the process ends a little later than its socket. */
async function main(socket: string, folder: string): Promise<void> {
  const { store } = openStore(takeState(folder), { zone: 'UTC' });
  const port = new DaemonStandIn(store);
  const server = new ControlServer({ table: daemonCommands({ port, now: () => NOON }), version: '1.2.3' });
  port.onStop = () => {
    setImmediate(() => {
      void server.close().then(() => store.close());
    });
  };
  await server.listen(socket);
  process.stderr.write('serves\n');
}

const [, script, socket, folder] = process.argv;
if (script === DAEMON_STAND_IN && socket !== undefined && folder !== undefined) await main(socket, folder);

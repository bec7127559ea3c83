/** A daemon in a process of its own, asked over its socket. */
import { once } from 'node:events';
import { ControlClient } from '../../src/repl/control-client.js';
import type { DaemonStatus } from '../../src/repl/daemon-port.js';
import { socketOf } from '../../src/repl/socket-place.js';
import { type Run, type RunningCommand, startMillrace } from './run-millrace.js';

const POLL_MS = 20;

export class Watching {
  readonly #state: string;
  readonly #command: RunningCommand;

  private constructor(command: RunningCommand, state: string) {
    this.#command = command;
    this.#state = state;
  }

  /** Starts a daemon, and resolves when it answers. */
  static async start(root: string, state: string, ...more: string[]): Promise<Watching> {
    const command = startMillrace(['watch', root, '--state', state, '--timezone', 'UTC', ...more]);
    await command.untilStderr('"Watching"');
    return new Watching(command, state);
  }

  /** Runs one command of the daemon. */
  async ask<Answer>(line: string): Promise<Answer> {
    const client = await ControlClient.connect(socketOf(this.#state, {}));
    try {
      return (await client.run(line)) as unknown as Answer; // as the command says
    } finally {
      client.close();
    }
  }

  /** Resolves with the status once `holds` is true of it. */
  async until(holds: (status: DaemonStatus) => boolean): Promise<DaemonStatus> {
    for (;;) {
      const status = await this.ask<DaemonStatus>('status');
      if (holds(status)) return status;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** Resolves once so many lines are committed, or more. */
  untilLines(lines: number): Promise<DaemonStatus> {
    return this.until(({ committed }) => committed.lines >= lines);
  }

  /** Sends a signal, and resolves when the process has ended. */
  async end(signal: NodeJS.Signals): Promise<Run> {
    const { process, done } = this.#command;
    if (process.exitCode === null && process.signalCode === null) {
      process.kill(signal);
      await once(process, 'exit');
    }
    return done;
  }
}

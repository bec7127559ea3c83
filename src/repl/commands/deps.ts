import { failure } from '../../domain/errors.js';
import type { Command } from '../command-table.js';
import type { DaemonPort } from '../daemon-port.js';
import type { Json } from '../protocol.js';

/** What the commands of a daemon work with. */
export interface CommandDeps {
  readonly port: DaemonPort;
  /** Epoch ms. */
  readonly now: () => number;
}

/** A command that takes nothing. */
export function plainCommand(
  { name, help }: Pick<Command, 'name' | 'help'>,
  run: (signal: AbortSignal) => Promise<object>,
): Command {
  return {
    name,
    usage: '',
    help,
    run: async ([extra], { signal }) => {
      if (extra !== undefined) throw failure('MR_ERR_COMMAND_ARGUMENT', [name, 'no argument', extra]);
      return asJson(await run(signal));
    },
  };
}

/** Reports are made of nothing but what JSON can tell. */
export function asJson(report: object): Json {
  return report as Json;
}

export function isoOf(at: number): string {
  return new Date(at).toISOString();
}

export function isoOrNull(at: number | null): string | null {
  return at === null ? null : isoOf(at);
}

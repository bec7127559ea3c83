/** The commands that a running Millrace takes, whoever asks: the one table behind every front. */
import { failure } from '../domain/errors.js';
import type { CommandHelp, Json } from './protocol.js';

/** What a command may use while it runs. */
export interface CommandContext {
  /** Sends an event; one that the client does not read in time is dropped and counted. */
  readonly emit: (event: Json) => void;
  /** Aborted when the client cancels or goes. */
  readonly signal: AbortSignal;
}

export interface Command extends CommandHelp {
  /** Resolves with the result. @throws MillraceError what the client is told */
  readonly run: (args: readonly string[], context: CommandContext) => Promise<Json>;
  /** What may follow these arguments, of which the last is what was begun; nothing where absent. */
  readonly complete?: (args: readonly string[]) => readonly string[];
}

/** A command and what follows its name. */
export interface CommandCall {
  readonly command: Command;
  readonly args: readonly string[];
}

/** Commands by name. */
export class CommandTable {
  readonly #commands: ReadonlyMap<string, Command>;

  constructor(commands: readonly Command[]) {
    this.#commands = new Map(commands.map((command) => [command.name, command]));
  }

  /** What each does, in the order of names. */
  help(): readonly CommandHelp[] {
    return [...this.#commands.values()]
      .map(({ name, usage, help }) => ({ name, usage, help }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Finds the command of a line. @throws MR_ERR_COMMAND_UNKNOWN, MR_ERR_COMMAND_QUOTE */
  find(line: string): CommandCall {
    const [name = '', ...args] = splitWords(line);
    const command = this.#commands.get(name);
    if (command === undefined) throw failure('MR_ERR_COMMAND_UNKNOWN', [name, this.#nearest(name)]);
    return { command, args };
  }

  /** Words that may stand in place of the last one of a line that is being typed, in order. */
  complete(line: string): readonly string[] {
    const words = line.trimStart().split(/\s+/);
    const [name = '', ...args] = words;
    const begun = words.at(-1) ?? '';
    const offered = args.length === 0 ? [...this.#commands.keys()] : (this.#commands.get(name)?.complete?.(args) ?? []);
    return offered.filter((word) => word.startsWith(begun)).sort();
  }

  /** The known name that is most like `name`; empty where none is. */
  #nearest(name: string): string {
    let best = '';
    let least = Math.min(3, name.length);
    for (const known of this.#commands.keys()) {
      const distance = editDistance(name, known);
      if (distance >= least) continue;
      best = known;
      least = distance;
    }
    return best;
  }
}

/** Words are parted by blanks; quotes of either kind hold blanks. @throws MR_ERR_COMMAND_QUOTE */
export function splitWords(line: string): readonly string[] {
  const words: string[] = [];
  const pattern = /\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))(?=\s|$)|\s*(\S[^]*)/gy;
  for (const [, double, single, bare, wrong] of line.matchAll(pattern)) {
    if (wrong !== undefined) throw failure('MR_ERR_COMMAND_QUOTE', [wrong]);
    words.push(double ?? single ?? bare ?? '');
  }
  return words;
}

/** Letters to insert, delete or change; names are short, and longer ones than 32 are not compared. */
function editDistance(left: string, right: string): number {
  if (left.length > 32) return Infinity;
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? Infinity;
}

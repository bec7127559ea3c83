/** The commands that a running Millrace takes, whoever asks: the one table behind every front. */
import { failure } from '../domain/errors.js';
import { nearestWord } from './nearest-word.js';
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
    if (command === undefined)
      throw failure('MR_ERR_COMMAND_UNKNOWN', [name, nearestWord(name, this.#commands.keys())]);
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

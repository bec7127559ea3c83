/** All commands of a daemon; `docs/daemon.md` lists the same. */
import type { HelpReport } from '../report/daemon/reports.js';
import { CommandTable } from './command-table.js';
import { alertsCommand } from './commands/alerts.js';
import { changingCommands } from './commands/changes.js';
import { asJson, type CommandDeps } from './commands/deps.js';
import { filesCommand } from './commands/files.js';
import { gapsCommand } from './commands/gaps.js';
import { readArguments } from './commands/arguments.js';
import { statusCommand } from './commands/status.js';
import { summaryCommand } from './commands/summary.js';
import { windowsCommand } from './commands/windows.js';
import { workersCommand } from './commands/workers.js';

/** The table that a control server of the daemon answers from. */
export function daemonCommands(deps: CommandDeps): CommandTable {
  const table: CommandTable = new CommandTable([
    statusCommand(deps),
    summaryCommand(deps),
    windowsCommand(deps),
    filesCommand(deps),
    gapsCommand(deps),
    alertsCommand(deps),
    workersCommand(deps),
    ...changingCommands(deps),
    {
      name: 'help',
      usage: '[COMMAND]',
      help: 'the commands, or one of them',
      run: (args) => Promise.resolve(asJson(helpOf(table, args))),
      complete: (args) => (args.length === 1 ? table.help().map(({ name }) => name) : []),
    },
  ]);
  return table;
}

/** @throws MR_ERR_COMMAND_UNKNOWN, MR_ERR_COMMAND_ARGUMENT */
function helpOf(table: CommandTable, args: readonly string[]): HelpReport {
  const [asked] = readArguments('help', args, { maxWords: 1 }).words;
  const commands = table.help();
  if (asked === undefined) return { schema: 'millrace.help/1', commands };
  const { command } = table.find(asked);
  return { schema: 'millrace.help/1', commands: commands.filter(({ name }) => name === command.name) };
}

/** The command line: what may be said, and what becomes of errors. Commands are loaded when they are called. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { MillraceError, toFault } from '../domain/errors.js';
import { escapeTerminal } from '../report/escape-terminal.js';
import { ERROR_MODES, FORMAT_CHOICES } from '../generate/options.js';
import type { StartedThread } from '../threads/start-thread.js';
import type { RawOptions } from './config.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { RawGenerateOptions } from './generate-config.js';
import type { SettingOptions } from './load-settings.js';
import {
  type RawBacktestOptions,
  type RawDaemonOptions,
  runAnalyze,
  runBacktest,
  runExec,
  runGenerate,
  runStop,
  runWatch,
} from './run-command.js';
import { sayError } from './say-error.js';
import { settingOptions } from './setting-options.js';
import type { RawWatchOptions } from './watch-config.js';
import { SETTING_NAMES, type SettingName, settingsOf } from './settings.js';

const EXAMPLES = `
Examples:
  millrace analyze app.log                         one file
  millrace analyze /var/log/nginx                  all logs of a directory
  millrace analyze 'logs/*.log' --window 10s       a pattern, windows of ten seconds
  millrace analyze app.log --keys-per-window path  which paths failed in the worst minute
  zcat old.log.gz | millrace analyze -             standard input
  millrace analyze app.log --json | jq .requests   for programs
  millrace analyze app.log --chaos crash=0.2,exit=0.05,seed=7
                                                   make workers fail, compare the digest
  millrace backtest alerts.rules /var/log/nginx    when would these alerts have fired
  millrace generate --size 1GiB --out big.log      a realistic log, its truth in big.log.truth.json

  millrace status                                  how the daemon is, what is wrong first
  millrace exec 'summary --last 15m'               the report of analyze, over what the daemon counted
  millrace exec help                               what else a daemon can be asked

  millrace config show                             each setting, and where it comes from

Exit codes: 0 fine, 1 nothing to report, 2 usage, 3 input unreadable, 4 output unwritable,
5 coverage incomplete, 6 no daemon to talk to, 7 a daemon has this state already, 8 a command of the daemon
failed, 9 a check failed, 70 internal error, 130 SIGINT, 143 SIGTERM`;

const SETTINGS_HELP = `
What is not said here comes from the environment (MILLRACE_WORKERS for --workers), .millrace.yaml of the project,
~/.config/millrace/config.yaml and /etc/millrace/config.yaml: millrace config show`;

const COMMANDS = ['analyze', 'backtest', 'config', 'exec', 'generate', 'status', 'stop', 'watch'];

type Exit = (code: ExitCode) => void;

/** The command line as commander knows it; `exit` receives the code of the command that ran. */
function commandLine(spare: StartedThread | null, exit: Exit): Command {
  const program = new Command('millrace')
    .description('Answers for any pile of logs: how many requests, how many errors, how slow, since when.')
    .version(version(), '-V, --version')
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: (text, write) => write(usageSentence(text)) });
  addAnalyze(program, spare, exit);
  addBacktest(program, spare, exit);
  addGenerate(program, exit);
  addConfig(program, exit);
  addWatch(program, exit);
  addDaemonCommands(program, exit);
  return program.addHelpText('after', EXAMPLES);
}

function addAnalyze(program: Command, spare: StartedThread | null, exit: Exit): void {
  const analyze = program
    .command('analyze')
    .description('read logs once and print a report')
    .argument('<inputs...>', INPUTS)
    .addOption(new Option('--json', 'print the report as one JSON object').conflicts('csv'))
    .option('--csv', 'print the windows as CSV')
    .option('--chaos <faults>', CHAOS);
  addSettings(analyze, settingsOf('analyze'));
  analyze.action(async (inputs: string[], options: RawOptions) => exit(await runAnalyze(inputs, options, spare)));
}

function addBacktest(program: Command, spare: StartedThread | null, exit: Exit): void {
  const command = program
    .command('backtest')
    .description(
      'read logs once and say when alert rules would have fired; windows are 10s wide unless --window says otherwise',
    )
    .argument('<rules>', 'file with one rule a line, or a .yaml with alerts')
    .argument('<inputs...>', INPUTS)
    .option('--fail', 'exit with 9 where a rule fired, or could not be tested')
    .option('--json', 'print the report as one JSON object')
    .option('--chaos <faults>', CHAOS);
  addSettings(command, settingsOf('backtest'));
  command.action(async (rules: string, inputs: string[], options: RawBacktestOptions) => {
    exit(await runBacktest(rules, inputs, options, spare));
  });
}

const INPUTS = 'files, directories, patterns, FIFOs, or - for standard input';
const CHAOS = 'make workers fail: crash=0.2,exit=0.05,hang=0.02,slow=0.1,duplicate=0.1,seed=7,poison=TEXT';

/** The options that the table of settings makes of some of them, and those that choose files. */
function addSettings(command: Command, names: readonly SettingName[]): void {
  for (const { flags, description, isShown, isList } of settingOptions(names)) {
    const option = new Option(flags, description).hideHelp(!isShown);
    command.addOption(isList ? option.argParser(gather) : option);
  }
  choosingFiles(command).addHelpText('after', SETTINGS_HELP);
}

function choosingFiles(command: Command): Command {
  return command
    .option('--config <file>', 'read settings from this file, not from the .millrace.yaml of the project')
    .option('--no-config', 'read settings from no file');
}

function gather(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}

function addConfig(program: Command, exit: Exit): void {
  const config = program.command('config').description('show or check what is set in files and in the environment');
  const show = config
    .command('show')
    .description('print each setting, its value and where it comes from')
    .option('--json', 'print them as one JSON object');
  addSettings(show, SETTING_NAMES);
  show.action(async (options: SettingOptions & { json?: boolean }) => {
    const [{ showConfig }, { surroundings }] = await loadConfigCommand();
    exit(await showConfig(options, surroundings()));
  });
  config
    .command('check')
    .description('check a file, or all that is set, and print nothing but what is wrong')
    .argument('[file]', 'the file to check (default: all that analyze would read)')
    .action(async (file: string | undefined) => {
      const [{ checkConfig }, { surroundings }] = await loadConfigCommand();
      exit(await checkConfig(file, surroundings()));
    });
}

function loadConfigCommand(): Promise<[typeof import('./commands/config.js'), typeof import('./config.js')]> {
  return Promise.all([import('./commands/config.js'), import('./config.js')]);
}

function addGenerate(program: Command, exit: Exit): void {
  program
    .command('generate')
    .description('write a realistic log, and beside it the exact truth about it')
    .addOption(
      new Option('-f, --format <name>', 'format of the lines; mixed: plain, combined, json in turn')
        .choices(FORMAT_CHOICES)
        .default('combined'),
    )
    .option('-s, --size <size>', 'bytes of the log, at most, such as 1GiB (default: 100MiB)')
    .option('-o, --out <file>', 'where to write it; - is standard output (default: standard output, unless a terminal)')
    .option('--truth <file>', 'where to write the truth as JSON (default: FILE.truth.json; none for standard output)')
    .option('--seed <number>', 'another number, another log (default: 1)')
    .option('--rate <count>', "lines per second of the log's own time (default: 200)")
    .option('--start <time>', "where the log's time begins (default: 2024-01-24T00:00:00Z)")
    .addOption(
      new Option('--errors <kind>', 'errors come in bursts, or all the time').choices(ERROR_MODES).default('burst'),
    )
    .option('--dirt <share>', 'share of cut, foreign, over-long and other dirty lines (default: 0.02%)')
    .option('--routes <count>', 'route templates (default: 120)')
    .option('--paths <count>', 'paths that may occur (default: 200k)')
    .option('--clients <count>', 'clients that may occur (default: 50k)')
    .option('--distinct <count>', 'so many paths and clients do occur, such as 10M, if the size allows')
    .action(async (options: RawGenerateOptions) => exit(await runGenerate(options)));
}

function addWatch(program: Command, exit: Exit): void {
  const watch = program
    .command('watch')
    .description('follow the logs of directories, count each line once, and answer status, exec and stop')
    .argument('[directories...]', 'directories to watch (default: the setting watch)')
    .option('--chaos <faults>', CHAOS);
  addSettings(watch, settingsOf('watch'));
  watch.action(async (directories: string[], options: RawWatchOptions) => {
    exit(await runWatch(directories, options, version()));
  });
}

/** What talks to a running daemon. */
function addDaemonCommands(program: Command, exit: Exit): void {
  const status = program.command('status').description('say how the daemon is, what is wrong first');
  answering(status).action(async (options: RawDaemonOptions) => exit(await runExec('status', options)));
  const run = program
    .command('exec')
    .description('ask the daemon, or tell it to do something; millrace exec help lists all')
    .argument('<command...>', "such as 'summary --last 15m'; options that are not known here are the command's")
    .allowUnknownOption();
  answering(run).action(async (words: string[], options: RawDaemonOptions) => {
    exit(await runExec(words.join(' '), options));
  });
  const stop = program
    .command('stop')
    .description('end the daemon: it commits what it counted; waits until it is gone');
  naming(stop).action(async (options: RawDaemonOptions) => exit(await runStop(options)));
}

function answering(command: Command): Command {
  return naming(command)
    .option('--json', 'print the answer as JSON')
    .option('--no-color', 'no colours (also: NO_COLOR)');
}

function naming(command: Command): Command {
  return choosingFiles(command)
    .option('--state <folder>', 'the daemon with this state (default: what the setting state says)')
    .option('--socket <path>', 'the daemon that listens there');
}

/** Makes commander's `error: …` one sentence of ours that says what to do: its suggestion, or to read the help. */
function usageSentence(text: string): string {
  const command = COMMANDS.find((name) => name === process.argv[2]) ?? 'analyze';
  const [what = '', suggestion = `(try millrace ${command} --help)`] = text
    .replace(/^error: /, '')
    .trim()
    .split('\n');
  return `millrace: ${escapeTerminal(what)} ${escapeTerminal(suggestion)}\n`;
}

/** Says what went wrong in one sentence; the code decides how the process ends. */
function exitCodeOfError(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  const fault = toFault(error);
  sayError(fault);
  if (!(error instanceof MillraceError)) return EXIT.internal;
  if (fault.code.startsWith('MR_ERR_INPUT')) return EXIT.inputUnreadable;
  if (fault.code === 'MR_ERR_OUTPUT_WRITE') return EXIT.outputUnwritable;
  if (fault.code === 'MR_ERR_SOCKET_NONE') return EXIT.noDaemon;
  if (fault.code === 'MR_ERR_SOCKET_BUSY' || fault.code === 'MR_ERR_STORE_LOCKED') return EXIT.alreadyRunning;
  return USAGE_CODES.has(fault.code) ? EXIT.usage : EXIT.internal;
}

const USAGE_CODES: ReadonlySet<string> = new Set(['MR_ERR_OPTION_INVALID', 'MR_ERR_RULE_INVALID']);

function version(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version; // our own file
}

/** Runs the command that `process.argv` names, and ends the process with its exit code. */
export async function runCommandLine(spare: StartedThread | null): Promise<never> {
  process.stderr.on('error', () => undefined); // nobody is left to tell
  process.on('uncaughtException', (error) => process.exit(exitCodeOfError(error)));
  let exitCode: ExitCode = EXIT.fine;
  const program = commandLine(spare, (code) => {
    exitCode = code;
  });
  try {
    if (process.argv.length <= 2) program.outputHelp();
    else await program.parseAsync();
  } catch (error) {
    exitCode = exitCodeOfError(error);
  }
  process.exit(exitCode);
}

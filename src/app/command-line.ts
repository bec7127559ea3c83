/** The command line: what may be said, and what becomes of errors. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { MillraceError, toFault } from '../domain/errors.js';
import { ENGINES } from '../domain/plan.js';
import { escapeTerminal } from '../report/escape-terminal.js';
import { ERROR_MODES, FORMAT_CHOICES } from '../generate/options.js';
import type { StartedThread } from '../threads/start-thread.js';
import type { RawOptions } from './config.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { RawGenerateOptions } from './generate-config.js';
import { LOG_LEVELS } from './log-levels.js';
import { type RawBacktestOptions, runAnalyze, runBacktest, runGenerate } from './run-command.js';
import { sayError } from './say-error.js';

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

Exit codes: 0 fine, 1 nothing to report, 2 usage, 3 input unreadable, 4 output unwritable,
5 coverage incomplete, 9 a check failed, 70 internal error, 130 SIGINT, 143 SIGTERM`;

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
  return program.addHelpText('after', EXAMPLES);
}

function addAnalyze(program: Command, spare: StartedThread | null, exit: Exit): void {
  const command = program
    .command('analyze')
    .description('read logs once and print a report')
    .argument('<inputs...>', INPUTS);
  addReading(command, '1m')
    .option('-n, --top <count>', 'keys in each top list (default: 10)')
    .option(
      '--keys-per-window <dimensions>',
      'also list the top keys of each window: path, method, clientIp, logger, separated by commas',
      (text: string, before: readonly string[] | undefined) => [...(before ?? []), text],
    );
  addWork(command)
    .addOption(new Option('--json', 'print the report as one JSON object').conflicts('csv'))
    .option('--csv', 'print the windows as CSV');
  addManner(command).action(async (inputs: string[], options: RawOptions) => {
    exit(await runAnalyze(inputs, options, spare));
  });
}

function addBacktest(program: Command, spare: StartedThread | null, exit: Exit): void {
  const command = program
    .command('backtest')
    .description('read logs once and say when alert rules would have fired')
    .argument('<rules>', 'file with one rule a line')
    .argument('<inputs...>', INPUTS);
  addWork(addReading(command, '10s'))
    .option('--fail', 'exit with 9 where a rule fired, or could not be tested')
    .option('--json', 'print the report as one JSON object');
  addManner(command).action(async (rules: string, inputs: string[], options: RawBacktestOptions) => {
    exit(await runBacktest(rules, inputs, options, spare));
  });
}

const INPUTS = 'files, directories, patterns, FIFOs, or - for standard input';

/** What changes the numbers. */
function addReading(command: Command, window: string): Command {
  return command
    .option('-f, --format <name>', 'read every line in this format (default: recognise each line)')
    .addOption(
      new Option('-z, --timezone <zone>', 'IANA zone of stamps without zone (default: that of this host)').env(
        'MILLRACE_TIMEZONE',
      ),
    )
    .option('-w, --window <time>', `finest width of a window, such as 10s or 5m (default: ${window})`)
    .option('--no-fold-ids', 'count paths as they are, not with :id for numbers, UUIDs, hashes and tokens');
}

/** What changes only how it is done. */
function addWork(command: Command): Command {
  return command
    .addOption(new Option('--workers <count>', 'scan threads (default: one for each core)').env('MILLRACE_WORKERS'))
    .addOption(
      new Option('--chunk-size <size>', 'bytes of a chunk, such as 4MiB (default: by the size of the input)').env(
        'MILLRACE_CHUNK_SIZE',
      ),
    );
}

/** What changes what is seen of it, and what may go wrong. */
function addManner(command: Command): Command {
  return command
    .option('-q, --quiet', 'no progress bar')
    .option('--no-color', 'no colours (also: NO_COLOR)')
    .option('--stall-timeout <time>', 'end a worker without progress after this time (default: 10s)')
    .option(
      '--chaos <faults>',
      'make workers fail: crash=0.2,exit=0.05,hang=0.02,slow=0.1,duplicate=0.1,seed=7,poison=TEXT',
    )
    .addOption(
      new Option('--engine <engine>', 'what reads the lines: the kernel, or the plain and slow reference parser')
        .choices(ENGINES)
        .default('scanner'),
    )
    .addOption(
      new Option('--log-level <level>', 'least severity of the own log on stderr')
        .choices(LOG_LEVELS)
        .default('error')
        .env('MILLRACE_LOG_LEVEL'),
    )
    .addOption(
      new Option('--log-format <format>', 'form of the own log (default: pretty on a terminal)').choices([
        'json',
        'pretty',
      ]),
    );
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

const COMMANDS = ['analyze', 'backtest', 'generate'] as const;

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
  return USAGE_CODES.has(fault.code) ? EXIT.usage : EXIT.internal;
}

const USAGE_CODES: ReadonlySet<string> = new Set([
  'MR_ERR_OPTION_INVALID',
  'MR_ERR_FORMAT_UNKNOWN',
  'MR_ERR_TIMEZONE_UNKNOWN',
  'MR_ERR_CHAOS_INVALID',
  'MR_ERR_RULE_INVALID',
]);

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

/** `millrace exec`, `status` and `stop`: one command for a running daemon, and its answer. */
import { setTimeout } from 'node:timers/promises';
import { MillraceError } from '../../domain/errors.js';
import { ControlClient } from '../../repl/control-client.js';
import type { Json } from '../../repl/protocol.js';
import { renderAnswer } from '../../report/daemon/render-answer.js';
import { printJson } from '../../report/json.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { writeOut } from '../output.js';
import { sayError } from '../say-error.js';

/** How an answer is shown. */
export interface AnswerOptions {
  readonly isJson: boolean;
  readonly useColor: boolean;
}

/** What the daemon did not understand is the fault of who asked. */
const USAGE_CODES: readonly string[] = ['MR_ERR_COMMAND_ARGUMENT', 'MR_ERR_COMMAND_QUOTE', 'MR_ERR_COMMAND_UNKNOWN'];
const GONE_CODE = 'MR_ERR_SOCKET_NONE';
/** Off a terminal. */
const DEFAULT_COLUMNS = 100;
const POLL_MS = 25;
/** For how long the process may outlive its socket; a zombie that nobody waits for does so for ever. */
const PATIENCE_MS = 5000;

/** Runs `line` in the daemon at `path`; resolves with the exit code. @throws MR_ERR_SOCKET_NONE, MR_ERR_OUTPUT_WRITE */
export async function exec(path: string, line: string, options: AnswerOptions): Promise<ExitCode> {
  const client = await ControlClient.connect(path);
  const answer = await answerOf(client, line);
  client.close();
  if (typeof answer === 'number') return answer;
  await writeOut(shown(answer.result, options));
  return EXIT.fine;
}

/** Stops the daemon at `path` and waits until it is gone. @throws MR_ERR_SOCKET_NONE, MR_ERR_OUTPUT_WRITE */
export async function stop(path: string): Promise<ExitCode> {
  const client = await ControlClient.connect(path);
  const { pid } = client.hello;
  const gone = client.untilGone();
  const answer = await answerOf(client, 'stop').catch((error: unknown) => {
    if (error instanceof MillraceError && error.code === GONE_CODE) return { result: null }; // it was quicker than its answer
    throw error;
  });
  if (typeof answer === 'number') {
    client.close();
    return answer;
  }
  await gone;
  const until = Date.now() + PATIENCE_MS;
  while (isAlive(pid) && Date.now() < until) await setTimeout(POLL_MS);
  await writeOut(`stopped: pid ${pid}\n`);
  return EXIT.fine;
}

/** The result, or the exit code of a command that failed; why is said. */
async function answerOf(client: ControlClient, line: string): Promise<{ readonly result: Json } | ExitCode> {
  try {
    return { result: await client.run(line) };
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code === GONE_CODE) throw error;
    sayError(error);
    return USAGE_CODES.includes(error.code) ? EXIT.usage : EXIT.commandFailed;
  }
}

function shown(answer: Json, { isJson, useColor }: AnswerOptions): string {
  if (isJson) return printJson(answer);
  const widthColumns = process.stdout.isTTY ? process.stdout.columns : DEFAULT_COLUMNS;
  return renderAnswer(answer, { widthColumns, useColor });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // it lives, and is another user's
  }
}

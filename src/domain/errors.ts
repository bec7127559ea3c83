/**
 * The one table of error codes: each code with the sentence that it makes of its values. A sentence says what was
 * expected, what was found and where. A released code never changes its meaning. `docs/errors.md` lists all of them.
 */
const SENTENCES = {
  MR_ERR_ACTOR_NAME: (name: string) =>
    `Actor name ${JSON.stringify(name)} is not usable: letters, digits and -_.$+ only`,
  MR_ERR_ACTOR_SILENT: (path: string, ticks: number) => `${path} left ${ticks} heartbeats unanswered`,
  MR_ERR_ALERT_UNJUDGED: (rules: number) =>
    `The ${rules} alert rules of the settings are not judged by this version; millrace backtest judges them over files`,
  MR_ERR_ASK_STOPPED: (path: string) => `No answer from ${path}: the actor is not running`,
  MR_ERR_ASK_TIMEOUT: (path: string, timeoutMs: number) => `No answer from ${path} within ${timeoutMs} ms`,
  MR_ERR_CHAOS_CRASH: (start: number, attempt: number) =>
    `Chaos: the attempt ${attempt} at byte ${start} was made to fail`,
  MR_ERR_CHAOS_INVALID: (found: string) =>
    `--chaos wants name=value pairs of crash, exit, hang, slow, duplicate (0 to 1), seed and poison=TEXT, found '${found}'`,
  MR_ERR_CHUNK_READ: (path: string, start: number, end: number, why: string) =>
    `Cannot read ${path} [${start}, ${end}): ${why}`,
  MR_ERR_CHUNK_SHORT: (path: string, start: number, end: number) =>
    `${path} became shorter while it was read: no bytes left in [${start}, ${end})`,
  MR_ERR_CHUNK_WIDE: (path: string, start: number, end: number, widthMs: number) =>
    `${path} [${start}, ${end}) touches so much time that its windows are ${widthMs / 1000} s wide: it is cut`,
  MR_ERR_COMMAND_ARGUMENT: (command: string, expected: string, found: string) =>
    `${command} wants ${expected}, found ${found === '' ? 'nothing' : `'${found}'`}`,
  MR_ERR_COMMAND_CANCELLED: () => 'The command was cancelled before it had an answer',
  MR_ERR_COMMAND_LIMIT: (perSecond: number, running: number) =>
    `Too many commands: at most ${perSecond} in a second, and ${running} at once`,
  MR_ERR_COMMAND_QUOTE: (rest: string) => `A quote is not closed, or touches a word: ${JSON.stringify(rest)}`,
  MR_ERR_COMMAND_UNKNOWN: (name: string, nearest: string) =>
    `No command is called '${name}'${nearest === '' ? '; help lists all' : `; did you mean ${nearest}?`}`,
  MR_ERR_CONFIG_INVALID: (path: string, line: number, column: number, what: string) =>
    `${path}:${line}:${column}: ${what}`,
  MR_ERR_CONFIG_UNREADABLE: (path: string, why: string) => `Cannot read configuration ${path}: ${why}`,
  MR_ERR_FORMAT_UNKNOWN: (option: string, known: string, found: string) =>
    `${option} wants a format, one of ${known}, found '${found}'`,
  MR_ERR_FRAME_INVALID: (problem: string) => `Not understood: ${problem}`,
  MR_ERR_INPUT_BINARY: (path: string, kind: string) => `${path} is no text log but ${kind}`,
  MR_ERR_INPUT_KIND: (path: string, kind: string) => `${path} is ${kind}; name a file, a directory, a FIFO or -`,
  MR_ERR_INPUT_MISSING: (path: string) => `${path} does not exist; check the name, or quote the pattern if it is one`,
  MR_ERR_INPUT_NONE: (path: string, names: string) =>
    `${path} holds no log file (looked for ${names}, also rotated; compressed files and links are not read)`,
  MR_ERR_INPUT_UNREADABLE: (path: string, why: string) => `Cannot read ${path}: ${why}`,
  MR_ERR_OPTION_INVALID: (option: string, expected: string, found: string) =>
    `${option} wants ${expected}, found '${found}'`,
  MR_ERR_OUTPUT_WRITE: (what: string, why: string) => `Cannot write ${what}: ${why}`,
  MR_ERR_RESTART_BUDGET: (actor: string, restarts: number) =>
    `${actor} failed again after ${restarts} restarts; giving up`,
  MR_ERR_RULE_INVALID: (where: string, column: number, expected: string, found: string) =>
    `${where}, column ${column}: expected ${expected}, found ${found}`,
  MR_ERR_SOCKET_BUSY: (path: string) => `Another Millrace listens at ${path}`,
  MR_ERR_SOCKET_NONE: (path: string, why: string) => `No Millrace answers at ${path}: ${why}`,
  MR_ERR_SOCKET_PLACE: (path: string, why: string) => `Cannot listen at ${path}: ${why}`,
  MR_ERR_STORE_DAMAGED: (path: string, what: string) => `The state in ${path} is damaged: ${what}`,
  MR_ERR_STORE_FAILED: (path: string, why: string) => `The state in ${path} cannot be used: ${why}`,
  MR_ERR_STORE_FENCED: (path: string, own: number, found: number) =>
    `The state in ${path} is at epoch ${found}, this is epoch ${own}`,
  MR_ERR_STORE_FOLDER: (path: string, why: string) => `The state cannot be kept in ${path}: ${why}`,
  MR_ERR_STORE_LOCKED: (path: string, owner: string) => `The state in ${path} is in use by ${owner}`,
  MR_ERR_STORE_NEWER: (path: string, found: number, known: number) =>
    `The state in ${path} has schema ${found}, this version knows up to ${known}; it was left as it is`,
  MR_ERR_SUMMARY_CORRUPT: (what: string) => `A result cannot be decoded: ${what}`,
  MR_ERR_THREAD_EXIT: (exitCode: number) => `A scan thread exited with code ${exitCode}`,
  MR_ERR_THREAD_HUNG: (idleMs: number) => `A scan thread made no progress for ${idleMs} ms`,
  MR_ERR_THREAD_MEMORY: () => 'A scan thread ran out of memory',
  MR_ERR_THREAD_START: (why: string) => `No scan thread can be started: ${why}`,
  MR_ERR_TIMEZONE_UNKNOWN: (option: string, found: string) =>
    `${option} wants an IANA zone such as Europe/Berlin or UTC, found '${found}'`,
  MR_ERR_UNEXPECTED: (what: string) => `Unexpected: ${what}`,
  MR_ERR_WORKER_NONE: (name: string, nearest: string) =>
    `No worker or thread is called '${name}'${nearest === '' ? '; workers lists all' : `; did you mean ${nearest}?`}`,
  MR_ERR_WATCH_NOTHING: () =>
    'Nothing to watch: name a directory, as in millrace watch /var/log/app, or set watch: [/var/log/app] in a file of settings',
  MR_ERR_WORKER_SILENT: (path: string, silentMs: number) =>
    `Nothing moved for ${silentMs} ms, and nobody works at the chunk of ${path}`,
} satisfies Record<string, (...values: never[]) => string>;

export type ErrorCode = keyof typeof SENTENCES;

/** All codes, sorted: for the test that holds `docs/errors.md` complete. */
export const ERROR_CODES = Object.keys(SENTENCES) as readonly ErrorCode[];

/** Tells whether a text is a code of the table. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(SENTENCES, text);
}

/** An error with a code of the table. Made by `failure`, and of what another process told. */
export class MillraceError extends Error {
  override readonly name = 'MillraceError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** Makes the error for `code`; the values are checked against its sentence by the compiler. */
export function failure<Code extends ErrorCode>(
  code: Code,
  values: Parameters<(typeof SENTENCES)[Code]>,
  cause?: unknown,
): MillraceError {
  const sentence = SENTENCES[code] as (...all: typeof values) => string; // the union of sentences, narrowed by Code
  return new MillraceError(code, sentence(...values), cause);
}

/** An error as plain data, for messages and for the border between threads, where classes do not survive. */
export interface Fault {
  readonly code: ErrorCode;
  readonly message: string;
}

/** Turns anything that was thrown into a fault; what is not ours becomes MR_ERR_UNEXPECTED. */
export function toFault(error: unknown): Fault {
  if (error instanceof MillraceError) return { code: error.code, message: error.message };
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const wrapped = failure('MR_ERR_UNEXPECTED', [what]);
  return { code: wrapped.code, message: wrapped.message };
}

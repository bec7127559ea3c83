import type { Fault } from '../domain/errors.js';
import { escapeTerminal } from '../report/escape-terminal.js';

/** Says on standard error what went wrong, in one sentence with its code. */
export function sayError({ code, message }: Fault): void {
  process.stderr.write(`millrace: ${escapeTerminal(message)} (${code})\n`);
}

#!/usr/bin/env node
/**
 * Where the process begins. A scan thread takes as long to come up as all else before the first byte together, so
 * what reads logs starts one before anything is loaded; see docs/decisions/0011.
 */
import { startThread } from '../threads/start-thread.js';

const HELP = ['-h', '--help'];

/** The commands that read logs, with what loads them. */
const READERS: Readonly<Record<string, () => Promise<unknown>>> = {
  analyze: () => import('./commands/analyze.js'),
  backtest: () => import('./commands/backtest.js'),
};

const [, , command = '', ...rest] = process.argv;
const load = Object.hasOwn(READERS, command) ? READERS[command] : undefined;
const isReading = load !== undefined && rest.length > 0 && !rest.some((option) => HELP.includes(option));
const spare = isReading ? startThread() : null;
if (isReading) void load().catch(() => undefined); // the command line awaits it, and its errors
void import('./command-line.js').then(({ runCommandLine }) => runCommandLine(spare));

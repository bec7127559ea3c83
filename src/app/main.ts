#!/usr/bin/env node
/**
 * Where the process begins. A scan thread takes as long to come up as all else before the first byte together, so
 * what reads logs starts one before anything is loaded; see docs/decisions/0011.
 */
import { startThread } from '../threads/start-thread.js';

const HELP = ['-h', '--help'];

const READERS = ['analyze', 'backtest'];

const [, , command = '', ...rest] = process.argv;
const isAnalysis = READERS.includes(command) && rest.length > 0 && !rest.some((option) => HELP.includes(option));
const spare = isAnalysis ? startThread() : null;
if (isAnalysis) void import('./run-analysis.js').catch(() => undefined); // the command line awaits it, and its errors
void import('./command-line.js').then(({ runCommandLine }) => runCommandLine(spare));

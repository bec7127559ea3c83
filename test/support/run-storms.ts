/** `npm run storm`: all storms over the real daemon, and a table of how they went. Exits with 1 unless all are exact. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isExact, type StormOutcome, stormDaemon } from './daemon-storm.js';
import { STORMS } from './storms.js';

const COLUMNS = [
  'rotations',
  'lines',
  'kills',
  'lost',
  'doubled',
  'exchanged',
  'gapBytes',
  'possibleGaps',
  'wrongScrapes',
] as const;
const PAUSES = ['longestPause', 'lifetime'] as const;

console.log(`| storm | ${[...COLUMNS, ...PAUSES].join(' | ')} | verdict |`);
console.log(`|---|${'---|'.repeat(COLUMNS.length + PAUSES.length + 1)}`);
for (const plan of STORMS) {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-storm-'));
  const outcome = await stormDaemon(folder, plan);
  const numbers = [...COLUMNS, ...PAUSES].map((column) => outcome[column]);
  console.log(`| ${[plan.mode, ...numbers, verdictOf(outcome)].join(' | ')} |`);
  if (isExact(outcome) === true) rmSync(folder, { recursive: true });
  else {
    console.error(`What it left is in ${folder}`);
    process.exitCode = 1;
  }
}

function verdictOf(outcome: StormOutcome): string {
  const exact = isExact(outcome);
  if (exact === null) return 'invalid';
  return exact ? 'exact' : 'WRONG';
}

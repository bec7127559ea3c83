/**
 * Question: what does a full report cost, beside commands that do a part of it?
 *
 * Prints the sections that stand in RESULTS.md: whole processes from start to exit, files in the page cache.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { type BenchOptions, type Part, parseOptions, USAGE } from './options.js';
import { distinct } from './parts/distinct.js';
import { kill } from './parts/kill.js';
import { type RunPart, sizeOf } from './parts/part.js';
import { peers } from './parts/peers.js';
import { scale } from './parts/scale.js';
import { startup } from './parts/startup.js';
import { threads } from './parts/threads.js';
import { describePeers, type FoundPeer, findPeers } from './peers/all-peers.js';
import { installDuckdb } from './peers/duckdb.js';
import { RESULTS } from './places.js';
import { describeMachine, withSection } from './results.js';

const RUN: Readonly<Record<Part, RunPart>> = { peers, startup, kill, threads, scale, distinct };

/** Parts whose logs have a size of their own. */
const FIXED_SIZE: readonly Part[] = ['startup', 'distinct'];

try {
  if (process.argv.includes('--help')) console.log(USAGE);
  else runBench(parseOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function runBench(options: BenchOptions): void {
  if (options.isInstalling) installDuckdb();
  const machine = describeMachine();
  const found = findPeers(options.peers);
  for (const part of options.parts) runPart(part, machine, options, found);
}

function runPart(part: Part, machine: string, options: BenchOptions, found: readonly FoundPeer[]): void {
  const title = `Bench: ${part}${FIXED_SIZE.includes(part) ? '' : `, ${sizeOf(options.sizeBytes)}`}`;
  const paragraphs = [part === 'peers' ? `${machine} ${describePeers(found)}` : machine];
  console.log(`## ${title}\n\n${paragraphs[0]}\n`);
  for (const paragraph of RUN[part](options, found)) {
    console.log(`${paragraph}\n`);
    paragraphs.push(paragraph);
  }
  if (!options.isWriting) return;
  writeFileSync(RESULTS, withSection(readFileSync(RESULTS, 'utf8'), title, paragraphs.join('\n\n')));
}

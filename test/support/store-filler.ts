/**
 * A process that fills a small file system, which is mounted at its first argument, with commits; makes room, and goes on.
 * It prints what happened as JSON.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toFault } from '../../src/domain/errors.js';
import type { Store } from '../../src/domain/store/store.js';
import { openStore } from '../../src/store/open-store.js';
import { takeState } from '../../src/store/state.js';
import { batchesIn, commitBatch } from './store-writer.js';

export const STORE_FILLER = fileURLToPath(import.meta.url);

/** What a filler prints. */
export interface Filled {
  /** The code of the failure, and of what the failed store answers then. */
  readonly failures: readonly string[];
  /** The code of opening anew with no room yet; empty where that went well, as the log is used again. */
  readonly reopening: string;
  /** Batches that were acknowledged before the failure, and that are there when there is room again. */
  readonly acknowledged: number;
  readonly found: number;
  /** Batches after some more. */
  readonly inTheEnd: number;
  readonly setAside: boolean;
}

const MORE_BATCHES = 20;

function main(folder: string): Filled {
  const ballast = join(folder, 'ballast');
  writeFileSync(ballast, Buffer.alloc(2 ** 20));
  const state = takeState(join(folder, 'state'));
  const { store } = openStore(state, { zone: 'UTC' });
  const { acknowledged, code } = fill(store);
  const failures = [code, codeOf(() => store.streams())];
  const reopening = codeOf(() => openStore(state, { zone: 'UTC' }));
  rmSync(ballast);
  const opened = openStore(state, { zone: 'UTC' });
  const found = batchesIn(opened.store);
  for (let number = found; number < found + MORE_BATCHES; number += 1) commitBatch(opened.store, number);
  return {
    failures,
    reopening,
    acknowledged,
    found,
    inTheEnd: batchesIn(opened.store),
    setAside: opened.setAside !== null,
  };
}

function fill(store: Store): { readonly acknowledged: number; readonly code: string } {
  for (let number = 0; ; number += 1) {
    const code = codeOf(() => commitBatch(store, number));
    if (code !== '') return { acknowledged: number, code };
  }
}

/** The code of what `action` throws; empty where it throws nothing. */
function codeOf(action: () => unknown): string {
  try {
    action();
    return '';
  } catch (error) {
    const { code, message } = toFault(error);
    return `${code} ${/SQLITE_\w+/.exec(message)?.[0] ?? message}`;
  }
}

const [, script, folder] = process.argv;
if (script === STORE_FILLER && folder !== undefined) console.log(JSON.stringify(main(folder)));

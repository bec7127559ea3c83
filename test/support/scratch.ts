import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A directory for the files of one test. */
export interface Scratch {
  /** The full path of a name in it; of itself without a name. */
  readonly path: (name?: string) => string;
  /** Writes a file, with the directories that lead to it, and returns its full path. */
  readonly write: (name: string, content: string | Uint8Array) => string;
  /** Makes a FIFO and returns its full path. */
  readonly fifo: (name: string) => string;
}

/** Gives each test of the suite that calls it an empty directory, and removes it afterwards. */
export function useScratch(): Scratch {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'millrace-'));
    chmodSync(root, 0o755); // for tests that give up their rights
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const path = (name = ''): string => join(root, name);
  return {
    path,
    write: (name, content) => {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), content);
      return path(name);
    },
    fifo: (name) => {
      execFileSync('mkfifo', [path(name)]);
      return path(name);
    },
  };
}

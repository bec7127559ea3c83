/** Finds the logs below a directory. */
import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { failure, type MillraceError } from '../domain/errors.js';
import { kindOfName } from './log-names.js';
import { reasonOf } from './reason-of.js';

/** What lies below a directory under the name of a log. */
export interface WalkFindings {
  readonly logs: string[];
  /** What is not read though its name is that of a log, with the reason. */
  readonly passedOver: PassedOver[];
  /** Directories that cannot be listed, and files that cannot be named. */
  readonly failures: { readonly path: string; readonly error: MillraceError }[];
}

/** A file that was found and is not read. */
export interface PassedOver {
  readonly path: string;
  readonly why: string;
}

/** The decoder's sign for bytes that are no UTF-8: a path with it leads nowhere, or to another file. */
const REPLACEMENT = '\ufffd';

/**
 * Walks through a directory and all below it, hidden ones and node_modules left out. Links are not followed: what is
 * found, not named, could lead anywhere. A part that cannot be read is listed, and the rest is walked through.
 */
export function walkDirectory(directory: string): WalkFindings {
  const findings: WalkFindings = { logs: [], passedOver: [], failures: [] };
  const due = [directory];
  for (let next = due.pop(); next !== undefined; next = due.pop()) {
    for (const entry of entriesOf(next, findings)) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) {
        if (isWalked(entry.name)) due.push(path);
      } else sort(path, entry, findings);
    }
  }
  return findings;
}

function entriesOf(directory: string, { failures }: WalkFindings): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    failures.push({ path: directory, error: failure('MR_ERR_INPUT_UNREADABLE', [directory, reasonOf(error)], error) });
    return [];
  }
}

function isWalked(name: string): boolean {
  return !name.startsWith('.') && name !== 'node_modules';
}

function sort(path: string, entry: Dirent, { logs, passedOver, failures }: WalkFindings): void {
  const kind = kindOfName(entry.name);
  if (kind === 'other') return;
  if (entry.isSymbolicLink()) passedOver.push({ path, why: 'it is a symbolic link' });
  else if (!entry.isFile()) passedOver.push({ path, why: 'it is no regular file' });
  else if (kind === 'compressed log') passedOver.push({ path, why: 'it is compressed' });
  else if (path.includes(REPLACEMENT) && !existsSync(path))
    failures.push({ path, error: failure('MR_ERR_INPUT_UNREADABLE', [path, 'its name is no UTF-8']) });
  else logs.push(path);
}

/** Lists what lies below the directories that are watched. Nothing is opened, and no link is followed. */
import type { ByteString } from '../../domain/byte-string.js';
import type { NameKind } from '../log-names.js';
import { reasonOf } from '../reason-of.js';
import type { DirectoryEntry, FollowFiles } from './follow-files.js';

/** What the names below the roots are, as of one scan; paths in bytes. */
export interface Listing {
  readonly logs: ByteString[];
  readonly compressed: ByteString[];
  /** What has the name of a log and is not read, with the reason. */
  readonly refused: Map<ByteString, string>;
  /** Directories that cannot be listed, with the reason. */
  readonly unreadable: Map<ByteString, string>;
}

/** Says what a file is by its path below its root, in bytes. */
export type KindOfPath = (path: ByteString) => NameKind;

/** What is looked for, and where. */
export interface Search {
  readonly roots: readonly ByteString[];
  readonly kindOf: KindOfPath;
  /** Paths that need no look: the files there are known. */
  readonly known: ReadonlySet<ByteString>;
}

/** Lists all that is below the roots but for what is known, hidden directories and node_modules left out. */
export function listRoots(files: FollowFiles, search: Search): Listing {
  const listing: Listing = { logs: [], compressed: [], refused: new Map(), unreadable: new Map() };
  for (const root of search.roots) {
    const real = attempt(root, listing, () => files.resolve(root));
    if (real !== null) listBelow(files, `${real}/`, search, listing);
  }
  return listing;
}

function listBelow(files: FollowFiles, root: ByteString, search: Search, listing: Listing): void {
  const due = [root];
  for (let next = due.pop(); next !== undefined; next = due.pop()) {
    const directory = next;
    for (const entry of attempt(directory, listing, () => files.list(directory)) ?? []) {
      const path = directory + entry.name;
      if (search.known.has(path)) continue;
      if (!entry.isDirectory()) sort(path, entry, search.kindOf(path.slice(root.length)), listing);
      else if (!entry.name.startsWith('.') && entry.name !== 'node_modules') due.push(`${path}/`);
    }
  }
}

function attempt<Value>(path: ByteString, { unreadable }: Listing, action: () => Value): Value | null {
  try {
    return action();
  } catch (error) {
    unreadable.set(path, reasonOf(error));
    return null;
  }
}

function sort(path: ByteString, entry: DirectoryEntry, kind: NameKind, { logs, compressed, refused }: Listing): void {
  if (kind === 'other') return;
  if (entry.isSymbolicLink()) refused.set(path, 'it is a symbolic link');
  else if (!entry.isFile()) refused.set(path, 'it is no regular file');
  else (kind === 'log' ? logs : compressed).push(path);
}

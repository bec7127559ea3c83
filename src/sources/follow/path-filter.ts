/** What the user wants to be watched, as globs. */
import picomatch from 'picomatch';
import { type ByteString, encodeText } from '../../domain/byte-string.js';
import { isCompressedName, kindOfName, type NameKind } from '../log-names.js';
import type { KindOfPath } from './list-roots.js';

/**
 * Globs of paths below a watched directory: `*` and `?` within a name, `**` over directories, `[a-z]`, `{a,b}`. One without a
 * slash is of names in any directory.
 */
export interface PathGlobs {
  /** What is watched; where there are none, what bears the name of a log. Hidden files only where a glob says so. */
  readonly include: readonly string[];
  /** What is not, even if it is included. */
  readonly exclude: readonly string[];
}

/** Names are bytes, so that `?` is a byte; a dot matches newlines, which names may have. */
const OPTIONS = { flags: 's', nonegate: true, noextglob: true, windows: false };

/** Sorts paths by globs. Throws a `TypeError` for an empty one. */
export function pathFilter({ include, exclude }: PathGlobs): KindOfPath {
  const isIncluded = include.length === 0 ? null : matcher(include, false);
  const isExcluded = matcher(exclude, true);
  return (path) => {
    if (isExcluded(path)) return 'other';
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (isIncluded === null) return kindOfName(name);
    return isIncluded(path) ? kindOfLog(name) : 'other';
  };
}

/** Matches what any of the globs does; `dot`: names that begin with a dot, too. */
function matcher(globs: readonly string[], dot: boolean): (path: ByteString) => boolean {
  const matchers = globs.map((glob) => picomatch(encodeText(glob), { ...OPTIONS, dot, basename: !glob.includes('/') }));
  return (path) => matchers.some((matches) => matches(path));
}

function kindOfLog(name: ByteString): NameKind {
  return isCompressedName(name) ? 'compressed log' : 'log';
}

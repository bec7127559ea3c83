import { toFault } from '../domain/errors.js';

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOENT: 'it does not exist any more',
  EISDIR: 'it is a directory',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many open files',
  EIO: 'input/output error',
};
/** Node's own sentence of a failed system call: `ENXIO: no such device or address, open '/dev/x'`. */
const NODE_SENTENCE = /^[A-Z0-9]+: ([^,]+), /;

/** The reason of a failed system call in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const told = error instanceof Error ? NODE_SENTENCE.exec(error.message)?.[1] : undefined;
  return WORDS[code] ?? told ?? toFault(error).message;
}

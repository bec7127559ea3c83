/** Where the control socket lies, and whether that place is safe: whoever may open the socket may command the process. */
import { lstatSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { failure } from '../domain/errors.js';

/** Longest path of a socket on all platforms; Node 20 cuts longer ones off silently (`sun_path` of macOS has 104 bytes). */
export const MAX_SOCKET_PATH_BYTES = 103;
const OTHERS = 0o077;

/** Makes the folder of a socket, if it is missing, and checks it. @throws MR_ERR_SOCKET_PLACE */
export function prepareSocketPlace(path: string): void {
  const bytes = Buffer.byteLength(path);
  if (bytes > MAX_SOCKET_PATH_BYTES)
    throw failure('MR_ERR_SOCKET_PLACE', [path, `the path has ${bytes} bytes, at most ${MAX_SOCKET_PATH_BYTES} work`]);
  const folder = dirname(path);
  const problem = problemOf(folder);
  if (problem !== null) throw failure('MR_ERR_SOCKET_PLACE', [path, `${folder} ${problem}`]);
}

function problemOf(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stat = lstatSync(folder);
    if (!stat.isDirectory()) return 'is no folder of its own';
    if (stat.uid !== process.getuid?.()) return `belongs to the user ${stat.uid}`;
    return (stat.mode & OTHERS) === 0
      ? null
      : `is open to others; expected mode 700, found ${(stat.mode & 0o777).toString(8)}`;
  } catch (error) {
    return `cannot be used: ${(error as NodeJS.ErrnoException).code ?? String(error)}`;
  }
}

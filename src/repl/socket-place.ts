/** Where the control socket lies, and whether that place is safe: whoever may open the socket may command the process. */
import { lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { encodeText } from '../domain/byte-string.js';
import { hash64 } from '../domain/hash.js';
import { failure } from '../domain/errors.js';

/** Longest path of a socket on all platforms; Node 20 cuts longer ones off silently (`sun_path` of macOS has 104 bytes). */
export const MAX_SOCKET_PATH_BYTES = 103;
const OTHERS = 0o077;

/**
 * The path of the control socket of a state, for the daemon and its clients: in the folder of the state, which is the daemon's
 * own and the same whatever the environment of a client. Where that path is too long it is `$XDG_RUNTIME_DIR/millrace`, or else a
 * folder of the user's in the folder of temporary files, with a name that follows from that of the state.
 */
export function socketOf(stateFolder: string, env: Readonly<Record<string, string | undefined>>): string {
  const folder = realPathOf(stateFolder);
  const { high, low } = hash64(encodeText(folder));
  const name = `${[high, low].map((word) => word.toString(16).padStart(8, '0')).join('')}.sock`;
  const runtime = env['XDG_RUNTIME_DIR'] ?? '';
  const own = join(folder, 'control.sock');
  const ofRuntime = isAbsolute(runtime) ? [join(runtime, 'millrace', name)] : [];
  const shared = join(tmpdir(), `millrace-${process.getuid?.() ?? 0}`, name);
  return [own, ...ofRuntime, shared].find((path) => Buffer.byteLength(path) <= MAX_SOCKET_PATH_BYTES) ?? own;
}

/** The same for every way to write it, also through links; of a folder that is not there yet what is there decides. */
function realPathOf(folder: string): string {
  const path = resolve(folder);
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path); // it does not exist: nobody listens there
    return parent === path ? path : join(realPathOf(parent), path.slice(parent.length));
  }
}

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

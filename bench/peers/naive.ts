/** What anyone would write first in Node: a line at a time, a regular expression or JSON, maps. */
import { fileURLToPath } from 'node:url';
import type { LogKind } from '../make-logs.js';
import { type Contender, type Peer, quoted, readJson } from './contender.js';

const SCRIPT = fileURLToPath(new URL('./naive-loop.js', import.meta.url));

export const naive: Peer = {
  name: 'naive loop',
  versionScript: `${quoted(process.execPath)} --version`,
  source: 'bench/peers/naive-loop.ts',
  contendersFor: (kind) => [naiveLoop(kind)],
};

/** The loop on logs of one kind. */
export function naiveLoop(kind: LogKind): Contender {
  return {
    name: 'naive loop in Node',
    does: 'minutes, levels or statuses, paths, mean duration',
    script: `${quoted(process.execPath)} ${quoted(SCRIPT)} ${kind} "$FILE"`,
    isSlow: false,
    read: readJson,
  };
}

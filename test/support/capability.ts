/** What a test may need that not every machine has: the only way to skip. The reporter lists what was skipped for which. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from './repository.js';

/** Third-party log samples beside the repository; never part of it. */
export const CORPORA = join(ROOT, '../shared/corpora');

/** Name of a capability -> whether it is there. */
const CAPABILITIES = {
  'an /etc without millrace': () => !existsSync('/etc/millrace'),
  'the right to write to /etc': () => mayWrite('/etc'),
  'the samples of ../shared/corpora': () => existsSync(CORPORA),
  'a file system of its own (root, unshare, mount)': canMount,
  'strace, with the right to trace': () => spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0,
  logrotate: () => isOnPath('logrotate'),
} as const;
export type Capability = keyof typeof CAPABILITIES;

/** Whether a process may mount a small file system that nobody else sees. */
function canMount(): boolean {
  return spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', '-o', 'size=64k', 'none', '/mnt']).status === 0;
}

const skipped = new Map<Mocha.Suite, Capability>();

/** A `describe` that is skipped where the capability is missing. Its body runs in both cases: it must not use it yet. */
export function describeWith(capability: Capability, title: string, body: (this: Mocha.Suite) => void): void {
  if (CAPABILITIES[capability]()) {
    describe(title, body);
    return;
  }
  describe.skip(title, function () {
    skipped.set(this, capability);
    body.call(this);
  });
}

/** The capability for want of which a test was skipped; null where nobody stated one. */
export function missingFor(test: Mocha.Runnable): Capability | null {
  for (let suite = test.parent; suite !== undefined; suite = suite.parent) {
    const capability = skipped.get(suite);
    if (capability !== undefined) return capability;
  }
  return null;
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

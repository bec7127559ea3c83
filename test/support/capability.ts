/** What a test may need that not every machine has: the only way to skip. The reporter lists what was skipped for which. */
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './repository.js';

/** Third-party log samples beside the repository; never part of it. */
export const CORPORA = join(ROOT, '../shared/corpora');

/** Name of a capability -> whether it is there. */
const CAPABILITIES = {
  'an /etc without millrace': () => !existsSync('/etc/millrace'),
  'the right to write to /etc': () => mayWrite('/etc'),
  'the samples of ../shared/corpora': () => existsSync(CORPORA),
} as const;
export type Capability = keyof typeof CAPABILITIES;

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

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

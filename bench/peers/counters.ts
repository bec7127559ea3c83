/** Programs that count lines and nothing else: what reading alone takes. */
import type { LogKind } from '../make-logs.js';
import type { Peer } from './contender.js';

/** Lines that tell of an error, per kind of log. */
const ERROR_PATTERNS: Readonly<Record<LogKind, string>> = {
  plain: ' ERROR ',
  combined: '" 500 ',
  json: '"statusCode":500',
  mixed: ' ERROR |" 500 |"statusCode":500',
};

/** The name that stands in the tables for the count of lines. */
export const WC = 'wc -l';

export const wc: Peer = {
  name: WC,
  versionScript: 'wc --version | head -1',
  source: 'apt-get install coreutils',
  contendersFor: () => [
    { name: WC, does: 'lines', script: 'wc -l <"$FILE"', isSlow: false, read: (output) => ({ lines: Number(output) }) },
  ],
};

export const ripgrep: Peer = {
  name: 'rg',
  versionScript: 'rg --version | head -1',
  source: 'apt-get install ripgrep',
  contendersFor: (kind) => [
    {
      name: 'rg -c',
      does: 'errors',
      script: `rg --count --no-config '${ERROR_PATTERNS[kind]}' "$FILE"`,
      isSlow: false,
      read: (output) => ({ errors: Number(output) }),
    },
  ],
};

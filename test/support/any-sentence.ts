/** Lines of text: a stamp, then words and numbers of chance, mostly such as rules ask for. */
import type { ByteString } from '../../src/domain/byte-string.js';
import { anyOf } from './any-keyed-line.js';
import type { Random } from './random.js';

const HEADS: readonly ByteString[] = [
  ['2024-01-24 10:15:32', '2024-01-24T10:15:32.123Z', '[2024-01-24 10:15:32]', '2024/01/24 10:15:32'],
  ['Jan 24 10:15:32', '<13>Jan 24 10:15:32', '<165>1 2024-01-24T10:15:32Z', '24/Jan/2024:10:15:32 +0000'],
  ['1706091332', '1706091332.123', 'I0124 10:15:32.123456', '240124 101532', 'Wed Jan 24 10:15:32 2024'],
  ['2024-01-24 10:15:32,123', '24-Jan-2024 10:15:32.123', '1:M 24 Jan 2024 10:15:32.123', '1/24/2024 1:15:32 PM'],
].flat();

const PARTS: readonly ByteString[] = [
  ['2024-01-24 10:15:32', '2024-01-24', '10:15:32', 'Jan 24 10:15:32', '1706091332', '2024', 'AM', 'UTC', '+0200'],
  [
    'INFO',
    'ERROR:',
    '[info]',
    '[error]',
    'level=30',
    'E0124',
    'E1',
    'D2',
    'trace3',
    '[core:trace3]',
    'INFO[0001]',
    'E',
  ],
  [
    'took',
    'in',
    'after',
    'retry in',
    'completed in',
    'time:',
    'elapsed=',
    'max',
    'timeout',
    'status 504',
    'p95',
    'limit',
  ],
  [
    '5ms',
    '1.5s',
    '12',
    '1h 2m',
    '250us',
    '7 seconds',
    '1e3ms',
    '1e-9s',
    '1e+12h',
    'PT1H2M',
    '9999999999h',
    '(5ms)',
    '~5m',
  ],
  [
    'a.b.C:',
    'su[12]:',
    'su(pam)[1]:',
    'su(pam)[12345678901]:',
    'web-1',
    '[12]',
    '[main-1]',
    '(1)',
    '<5>',
    '---',
    '10.0.0.1',
  ],
  [
    'stdout F',
    'GET /a/1 HTTP/1.1',
    '"GET / HTTP/1.1" 200 5',
    '[a b="1"]',
    '- - - -',
    'x=1 y=2',
    '{"level":30,"msg":"x"}',
  ],
  [' ', '-', ':', '|', '#1', '\x1b[31m', '\xe9', '\xc2\xb5s', 'ms', 's', '.', ',', '%', '/7', '0x1f', '1,000', '=5ms'],
].flat();

/** A line of up to ten parts behind its stamp. */
export function anySentence(random: Random): ByteString {
  const parts = Array.from(
    { length: random.below(10) },
    () => (random.below(4) === 0 ? '' : ' ') + anyOf(PARTS, random),
  );
  return anyOf(HEADS, random) + parts.join('');
}

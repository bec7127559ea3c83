import type { ByteString } from '../../src/domain/byte-string.js';
import type { Random } from './random.js';

/**
 * The line with other numbers behind its first `keptBytes` bytes: as many digits mostly, sometimes more or less, zeros or
 * nines. Programs write such lines one after another, and the kernel remembers what they have in common.
 */
export function withOtherNumbers(line: ByteString, keptBytes: number, random: Random): ByteString {
  const behind = line.slice(keptBytes).replaceAll(/\d+/g, (number) => {
    switch (random.below(8)) {
      case 0:
        return number;
      case 1:
        return '0'.repeat(1 + random.below(4));
      case 2:
        return '9'.repeat(1 + random.below(11));
      case 3:
        return digits(1 + random.below(7), random);
      default:
        return digits(number.length, random);
    }
  });
  return line.slice(0, keptBytes) + behind;
}

function digits(count: number, random: Random): ByteString {
  return Array.from({ length: Math.min(count, 30) }, () => random.below(10)).join('');
}

/** Both parsers for text and syslog, and families of lines to compare them on. */
import type { ByteString } from '../../src/domain/byte-string.js';
import { createTwins, type Pair } from './twins.js';

const twins = createTwins({
  formats: ['plain', 'syslog3164', 'syslog5424'],
  timezone: 'UTC',
  referenceAt: Date.UTC(2024, 5, 1),
});

/** The lines on which the kernel and the reference parser differ. */
export function differencesIn(lines: readonly ByteString[]): readonly Pair[] {
  return lines.flatMap((line) => twins(line) ?? []);
}

/** The template with each byte in the place of its `@`. */
export function withEveryByte(template: ByteString): readonly ByteString[] {
  return Array.from({ length: 256 }, (_, byte) => template.replace('@', () => String.fromCharCode(byte)));
}

/** The template with 0, 1, 2 to `most` times the filler in the place of its `@`. */
export function withLengths(template: ByteString, most: number, filler = 'a'): readonly ByteString[] {
  return Array.from({ length: most + 1 }, (_, length) => template.replace('@', filler.repeat(length)));
}

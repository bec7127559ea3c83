import type { ByteString } from '../../src/domain/byte-string.js';
import type { Random } from './random.js';

/** Pieces that lines are broken at. */
const SPLICES: readonly ByteString[] = [
  ['\0', '\0\0\0', '\x1b', '\x1b[31m', '\x1b[0m', '\r', '\xff', '\xc3', '\xef\xbb\xbf', '\xc2\xb5', ' ', '  ', '\t'],
  ['"', '\\', '\\"', '\\u00e9', '\\ud83d\\ude00', "'", '{', '}', '[', ']', '(', ')', '<', '>', '=', ':', ',', ';'],
  ['-', '- ', ' - ', '/', '?', '#', '|', '| ', '.', '0', '9', '60', '24:00:00', '31', 'e9', '1e3', '+02:00', 'Z', ' Z'],
  ['INFO', ' ERROR ', 'error:', '[warn]', ' in 5ms', ' took 1.5s', 'GET / HTTP/1.1', '"level":"info",', 'a=b ', 'null'],
].flat();

/** A line with one to three pieces of damage: bytes flipped, cut, doubled, moved, or pieces of others spliced in. */
export function mutate(line: ByteString, others: readonly ByteString[], random: Random): ByteString {
  let text = line;
  for (let rest = 1 + random.below(3); rest > 0; rest -= 1) text = damage(text, others, random);
  return text.replaceAll('\n', ' ');
}

function damage(line: ByteString, others: readonly ByteString[], random: Random): ByteString {
  const at = random.below(line.length + 1);
  const end = Math.min(line.length, at + 1 + random.below(12));
  const other = others[random.below(others.length)] ?? '';
  switch (random.below(9)) {
    case 0:
      return line.slice(0, at) + String.fromCharCode(random.below(256)) + line.slice(at + 1);
    case 1:
      return line.slice(0, at);
    case 2:
      return line.slice(at);
    case 3:
      return line.slice(0, at) + line.slice(end);
    case 4:
      return line.slice(0, end) + line.slice(at);
    case 5:
      return line.slice(0, at) + (SPLICES[random.below(SPLICES.length)] ?? '') + line.slice(at);
    case 6:
      return line.slice(0, at) + other.slice(random.below(other.length + 1));
    case 7:
      return line.slice(0, at) + other.slice(0, random.below(other.length + 1)) + line.slice(end);
    default:
      return line.slice(0, at) + line.slice(at, end).repeat(1 + random.below(80)) + line.slice(end);
  }
}

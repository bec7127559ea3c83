import type { ByteString } from '../../src/domain/byte-string.js';

/** A shorter line on which `fails` still holds, if there is one: spans are cut out, large ones first, then single bytes. */
export function shrunken(line: ByteString, fails: (line: ByteString) => boolean): ByteString {
  let text = line;
  for (let size = Math.ceil(line.length / 2); size > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < text.length; ) {
      const shorter = text.slice(0, at) + text.slice(at + size);
      if (fails(shorter)) text = shorter;
      else at += size;
    }
  }
  return text;
}

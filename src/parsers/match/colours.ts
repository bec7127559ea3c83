import type { ByteString } from '../../domain/byte-string.js';

const ESCAPE = '\x1b';
/** Sequences that colour text on a terminal, and the erasing that grep adds to them. Source: ECMA-48, SGR and EL. */
const COLOURS = new RegExp(`${ESCAPE}\\[[0-9;:]*[mK]`, 'g');

/** Takes the colours off a text. */
export function withoutColours(text: ByteString): ByteString {
  return text.includes(ESCAPE) ? text.replace(COLOURS, '') : text;
}

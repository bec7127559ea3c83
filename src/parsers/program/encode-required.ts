/** Writes the texts that layouts require, and the marks by which a line is seen not to have them. */
import type { ByteString } from '../../domain/byte-string.js';
import type { ImageWriter } from './image-writer.js';

/** Marks of required texts; one more is that of the escape. */
const MAX_MARKS = 7;
const ESCAPE = 0x1b;
/** What a text has for a mark that shares no bit with others: every line has to be searched for it. */
const NO_MARK = 0;

/** Where the two sections are. */
export interface RequiredSections {
  readonly texts: number;
  readonly marks: number;
}

/** `texts` are different from each other; none is empty. */
export function encodeRequired(image: ImageWriter, texts: readonly ByteString[]): RequiredSections {
  const bytes = markBytes(texts);
  const markOf = (text: ByteString): number => {
    const place = bytes.indexOf(markByteOf(text));
    return place < 0 ? NO_MARK : 1 << place;
  };
  const entries = texts.flatMap((text) => [image.text(text), text.length, markOf(text)]);
  return { texts: image.words([texts.length, ...entries]), marks: encodeMarks(image, [...bytes, ESCAPE]) };
}

/** Bytes that tell of most texts: of a short text its mark says all, and a colon is in nearly every line. */
function markBytes(texts: readonly ByteString[]): readonly number[] {
  const rank = (text: ByteString): number => (text === ':' ? Number.MAX_SAFE_INTEGER : text.length);
  const bytes = new Set(texts.toSorted((a, b) => rank(a) - rank(b)).map(markByteOf));
  return [...bytes].slice(0, MAX_MARKS);
}

/** The byte of a text that the fewest lines have: not its blank. */
function markByteOf(text: ByteString): number {
  return text.trimStart().charCodeAt(0) || text.charCodeAt(0);
}

/** A line's byte has the mark `1 << place`, an escape MARK_ESCAPE, where both tables have it: at its lower half, and at its upper half. */
function encodeMarks(image: ImageWriter, bytes: readonly number[]): number {
  const tables = new Uint8Array(32);
  bytes.forEach((byte, index) => {
    const place = byte === ESCAPE ? MAX_MARKS : index;
    const [lower, upper] = [byte & 15, 16 + (byte >> 4)];
    tables[lower] = (tables[lower] ?? 0) | (1 << place);
    tables[upper] = (tables[upper] ?? 0) | (1 << place);
  });
  return image.bytes(tables);
}

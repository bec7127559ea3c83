/**
 * A string in which every char code is one byte (0-255), as `Buffer.latin1Slice` makes it.
 *
 * Log lines stay in this form from the file to the summary: offsets are byte offsets, keys keep the bytes of the
 * log even where they are no valid UTF-8, and nothing is decoded that nobody looks at. `decodeText` makes it readable.
 */
export type ByteString = string;

const decoder = new TextDecoder('utf-8');
const encoder = new TextEncoder();
const NON_ASCII = /[\u0080-\u00ff]/;

/** Decodes bytes as UTF-8 for display; invalid sequences become U+FFFD. */
export function decodeText(bytes: ByteString): string {
  return NON_ASCII.test(bytes) ? decoder.decode(bytesOf(bytes)) : bytes;
}

/** Encodes ordinary text as UTF-8 bytes. The inverse of `decodeText` for well-formed text. */
export function encodeText(text: string): ByteString {
  return byteStringOf(encoder.encode(text));
}

/** Copies a byte string into an array of its bytes. */
export function bytesOf(bytes: ByteString): Uint8Array {
  const array = new Uint8Array(bytes.length);
  for (let index = 0; index < bytes.length; index += 1) array[index] = bytes.charCodeAt(index);
  return array;
}

/** Copies bytes into a byte string that shares no memory with a larger one. */
export function byteStringOf(array: Uint8Array): ByteString {
  let text = '';
  for (let start = 0; start < array.length; start += 4096) {
    text += String.fromCharCode(...array.subarray(start, start + 4096));
  }
  return text;
}

import { type ByteString, bytesOf } from './byte-string.js';

/** A step between the keys of neighbouring words; odd, so that every key is odd and a changed byte changes the sum. */
const KEY_STEP = 0x9e3779b1;

/**
 * Hashes the content of a line for the account of its file: two 32-bit words that are summed over all lines, so that
 * the digest sees every byte of every line and no order. It is a proof against accidents, not against an attacker.
 *
 * The content, padded with zeros to whole 16-byte blocks, is taken as four lanes of 32-bit words, lowest byte first.
 * Lane k of block j adds word * key(j), key(j) = (2j + 1) * 0x9e3779b1, modulo 2^32; the lanes and the length are mixed
 * at the end. All sums are independent of each other, so that a vector unit does a block with one multiplication.
 * Source: multilinear hashing, Lemire and Kaser, "Strongly universal string hashing is fast", Comput. J. 57(11), 2014.
 */
export class ContentHash {
  high = 0;
  low = 0;

  /**
   * Sets `high` and `low`, unsigned 32-bit integers, for a line of `lengthBytes` bytes with this content: the bytes
   * `[at, at + length)` of a buffer.
   */
  updateFrom(view: DataView, { at, length }: ContentPlace, lengthBytes: number): void {
    let lane0 = 0;
    let lane1 = 0;
    let lane2 = 0;
    let lane3 = 0;
    let key = KEY_STEP | 0;
    const whole = at + length - (length % 16);
    for (let next = at; next < whole; next += 16) {
      lane0 = (lane0 + Math.imul(view.getInt32(next, true), key)) | 0;
      lane1 = (lane1 + Math.imul(view.getInt32(next + 4, true), key)) | 0;
      lane2 = (lane2 + Math.imul(view.getInt32(next + 8, true), key)) | 0;
      lane3 = (lane3 + Math.imul(view.getInt32(next + 12, true), key)) | 0;
      key = (key + 2 * KEY_STEP) | 0;
    }
    const end = at + length;
    lane0 = (lane0 + Math.imul(tailWordOf(view, whole, end), key)) | 0;
    lane1 = (lane1 + Math.imul(tailWordOf(view, whole + 4, end), key)) | 0;
    lane2 = (lane2 + Math.imul(tailWordOf(view, whole + 8, end), key)) | 0;
    lane3 = (lane3 + Math.imul(tailWordOf(view, whole + 12, end), key)) | 0;
    const first = finalize(lane0 ^ finalize(lane1 ^ lengthBytes));
    const second = finalize(lane2 ^ finalize(lane3 ^ first));
    this.high = finalize(first ^ second);
    this.low = second;
  }

  /** The same for content that is at hand as a string only. */
  update(content: ByteString, lengthBytes: number): void {
    const bytes = bytesOf(content);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.updateFrom(view, { at: 0, length: bytes.length }, lengthBytes);
  }
}

/** Where a content lies in a buffer. */
export interface ContentPlace {
  readonly at: number;
  readonly length: number;
}

/** A word at `at` of which only the bytes before `end` are there; zeros stand for the others. */
function tailWordOf(view: DataView, at: number, end: number): number {
  let word = 0;
  for (let next = Math.min(at + 4, end) - 1; next >= at; next -= 1) word = (word << 8) | view.getUint8(next);
  return word;
}

/** MurmurHash3's fmix32, a bijection on 32 bits. */
function finalize(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

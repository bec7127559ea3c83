import type { ByteString } from './byte-string.js';

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

  /** Sets `high` and `low`, unsigned 32-bit integers, for a line of `lengthBytes` bytes with this content. */
  update(content: ByteString, lengthBytes: number): void {
    let lane0 = 0;
    let lane1 = 0;
    let lane2 = 0;
    let lane3 = 0;
    let key = KEY_STEP | 0;
    const { length } = content;
    const whole = length - (length % 16);
    for (let at = 0; at < whole; at += 16) {
      lane0 = (lane0 + Math.imul(wordAt(content, at), key)) | 0;
      lane1 = (lane1 + Math.imul(wordAt(content, at + 4), key)) | 0;
      lane2 = (lane2 + Math.imul(wordAt(content, at + 8), key)) | 0;
      lane3 = (lane3 + Math.imul(wordAt(content, at + 12), key)) | 0;
      key = (key + 2 * KEY_STEP) | 0;
    }
    if (whole < length) {
      lane0 = (lane0 + Math.imul(tailWordAt(content, whole), key)) | 0;
      lane1 = (lane1 + Math.imul(tailWordAt(content, whole + 4), key)) | 0;
      lane2 = (lane2 + Math.imul(tailWordAt(content, whole + 8), key)) | 0;
      lane3 = (lane3 + Math.imul(tailWordAt(content, whole + 12), key)) | 0;
    }
    const first = finalize(lane0 ^ finalize(lane1 ^ lengthBytes));
    const second = finalize(lane2 ^ finalize(lane3 ^ first));
    this.high = finalize(first ^ second);
    this.low = second;
  }
}

function wordAt(content: ByteString, at: number): number {
  return (
    content.charCodeAt(at) |
    (content.charCodeAt(at + 1) << 8) |
    (content.charCodeAt(at + 2) << 16) |
    (content.charCodeAt(at + 3) << 24)
  );
}

/** Like `wordAt`, with zeros behind the end: NaN counts as zero in bit operations. */
function tailWordAt(content: ByteString, at: number): number {
  return at >= content.length ? 0 : wordAt(content, at);
}

/** MurmurHash3's fmix32, a bijection on 32 bits. */
function finalize(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

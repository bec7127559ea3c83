import { type Account, LINE_CLASSES } from './account.js';
import { byteStringOf, bytesOf } from './byte-string.js';
import { ByteWriter } from './byte-writer.js';
import type { Folding } from './plan.js';
import { type Dimension, bitsOfDimensions } from './summary/dimensions.js';

/** Name and version of the digest. */
const DIGEST_NAME = 'mr1';

/** All that the digest of a job sees. */
export interface DigestParts {
  /** The merged summary of all files, encoded. */
  readonly summary: Uint8Array;
  /** One account per file, in any order. */
  readonly accounts: readonly Account[];
  /** Zone in which stamps without zone were read. */
  readonly timezone: string;
  /** Width of windows that was asked for. */
  readonly windowMs: number;
  /** Names of the formats in force, in any order. */
  readonly formats: readonly string[];
  /** How ids in paths were counted. */
  readonly folding: Folding;
  /** Dimensions of which keys were counted per window, in any order. */
  readonly windowedKeys: readonly Dimension[];
}

/**
 * The bytes of which the app takes the SHA-256: equal for equal input, whatever happened on the way. They hold no paths,
 * no order of files, and nothing of chunks, workers, retries, samples or time.
 */
export function digestInput(parts: DigestParts): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writer.text(DIGEST_NAME);
  writer.block(parts.summary);
  const accounts = parts.accounts.map((account) => byteStringOf(encodeAccount(account))).sort();
  writer.varint(accounts.length);
  for (const account of accounts) writer.block(bytesOf(account));
  writer.text(parts.timezone);
  writer.varint(parts.windowMs);
  const formats = [...new Set(parts.formats)].sort();
  writer.varint(formats.length);
  for (const format of formats) writer.text(format);
  writer.text(parts.folding);
  writer.byte(bitsOfDimensions(parts.windowedKeys));
  return writer.finish();
}

function encodeAccount(account: Account): Uint8Array {
  const writer = new ByteWriter();
  writer.varint(account.totalBytes());
  for (const lineClass of LINE_CLASSES) writer.varint(account.lines(lineClass));
  for (const [format, lines] of account.formats()) {
    writer.text(format);
    writer.varint(lines);
  }
  const { high, low } = account.content();
  writer.varint(high);
  writer.varint(low);
  return writer.finish();
}

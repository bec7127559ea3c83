/** Logs on the disk, written once and used again by later runs of the bench. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Truth } from './answer.js';
import { type LogKind, writeLog } from './make-logs.js';
import { DATA } from './places.js';

/** A log with what it holds. */
export interface LogFile {
  readonly path: string;
  readonly bytes: number;
  readonly truth: Truth;
}

/** What stands beside a log, to be used again only where nothing has changed. */
interface Receipt {
  readonly maker: string;
  readonly bytes: number;
  readonly truth: Truth;
}

const MAKER = createHash('sha256')
  .update(readFileSync(fileURLToPath(new URL('./make-logs.js', import.meta.url))))
  .digest('hex');

/** The log of a kind and of at least this size in `folder`; written where it is not there, or by another maker. */
export function logFile(kind: LogKind, leastBytes: number, folder = DATA): LogFile {
  const path = `${folder}/${kind}-${leastBytes}.log`;
  const receiptPath = `${path}.json`;
  if (existsSync(path) && existsSync(receiptPath)) {
    const { maker, bytes, truth } = JSON.parse(readFileSync(receiptPath, 'utf8')) as Receipt; // written below
    if (maker === MAKER && bytes === statSync(path).size) return { path, bytes, truth };
  }
  mkdirSync(folder, { recursive: true });
  const truth = writeLog(path, kind, leastBytes);
  const receipt: Receipt = { maker: MAKER, bytes: statSync(path).size, truth };
  writeFileSync(receiptPath, JSON.stringify(receipt));
  return { path, bytes: receipt.bytes, truth };
}

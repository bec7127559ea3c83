/** Writes logs of a given size for measurements: repeatable, with many lines that differ. */
import { closeSync, openSync, writeSync } from 'node:fs';

/** The kinds of log that are measured. */
export const LOG_KINDS = ['plain', 'combined', 'json', 'mixed'] as const;
export type LogKind = (typeof LOG_KINDS)[number];

const START = Date.UTC(2024, 0, 24);
const BLOCK_LINES = 20_000;

/** Writes at least `bytes` bytes of whole lines to `path`; returns the number of lines. */
export function writeLog(path: string, kind: LogKind, bytes: number): number {
  const file = openSync(path, 'w');
  let written = 0;
  let lines = 0;
  while (written < bytes) {
    const block = Array.from({ length: BLOCK_LINES }, (_, index) => lineOf(kind, lines + index)).join('\n');
    written += writeSync(file, `${block}\n`);
    lines += BLOCK_LINES;
  }
  closeSync(file);
  return lines;
}

function lineOf(kind: LogKind, index: number): string {
  const hash = Math.imul(index ^ (index >>> 7), 0x9e3779b1) >>> 0;
  if (kind === 'mixed') return lineOf((['plain', 'json', 'combined'] as const)[index % 3] ?? 'plain', index);
  const at = new Date(START + Math.floor(index / 200) * 1000 + (index % 200) * 5);
  const tookMs = 1 + Math.round(Math.exp((hash % 1000) / 140));
  if (kind === 'plain') {
    const level = hash % 100 < 2 ? 'ERROR' : hash % 100 < 8 ? 'WARN' : 'INFO';
    return `${at.toISOString().replace('T', ' ').slice(0, 23)} ${level} Request processed in ${tookMs}ms`;
  }
  const path = ROUTES[Math.floor(((hash % 4096) / 4096) ** 2 * ROUTES.length)] ?? '/';
  const status = hash % 200 === 0 ? 500 : hash % 50 === 0 ? 404 : 200;
  if (kind === 'json') {
    return `{"time":"${at.toISOString()}","level":"info","msg":"request","req":{"method":"GET","url":"${path}"},"res":{"statusCode":${status}},"responseTime":${tookMs}}`;
  }
  const day = `${at.getUTCDate()}/Jan/2024:${at.toISOString().slice(11, 19)} +0000`;
  const client = `10.${hash & 3}.${(hash >>> 3) & 31}.${(hash >>> 9) & 255}`;
  return `${client} - - [${day}] "GET ${path} HTTP/1.1" ${status} ${200 + (hash % 9000)} "-" "Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0" ${(tookMs / 1000).toFixed(3)}`;
}

const ROUTES = Array.from({ length: 120 }, (_, index) => `/api/v1/section-${index % 12}/item-${index}`);

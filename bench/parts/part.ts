/** What a part of the bench is given and gives back. */
import { type LogFile, logFile } from '../log-file.js';
import type { LogKind } from '../make-logs.js';
import type { BenchOptions } from '../options.js';
import type { FoundPeer } from '../peers/all-peers.js';

/** Measures, and yields each table in Markdown as soon as it is there. @throws Error where an answer is wrong */
export type RunPart = (options: BenchOptions, peers: readonly FoundPeer[]) => Iterable<string>;

/** What stands above a table: what was measured. */
export function heading(kind: string, bytes: number, lines: number): string {
  return `**${kind}**: ${sizeOf(bytes)}, ${lines.toLocaleString('en')} lines`;
}

/** `250 MB`. */
export function sizeOf(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

/** The part of a log on which slow peers run. */
export function partOf(kind: LogKind, { sizeBytes, share }: BenchOptions): LogFile {
  return logFile(kind, Math.ceil(sizeBytes / share));
}

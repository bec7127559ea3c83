/** What stands against what: commands, how to read their answers, and which of them are on this machine. */
import { spawnSync } from 'node:child_process';
import { type Answer, differenceOf } from '../answer.js';
import type { LogFile } from '../log-file.js';
import type { LogKind } from '../make-logs.js';
import type { Trial } from '../measure.js';

/** A command that is measured on logs of one kind. */
export interface Contender {
  readonly name: string;
  /** What it works out, in a few words. */
  readonly does: string;
  /** Run with `sh -c`; `$FILE` is the log, `$SCRATCH` an empty directory. */
  readonly script: string;
  /** Its time grows with the log alone and is long: it may run on a part of it. */
  readonly isSlow: boolean;
  /** What the command printed, as an answer. */
  readonly read: (output: string) => Answer;
}

/** A program that Millrace is measured against. */
export interface Peer {
  readonly name: string;
  /** How the program tells its version; it is absent where this command fails. */
  readonly versionScript: string;
  /** Where it comes from. */
  readonly source: string;
  /** Its commands for logs of a kind; none where it has nothing comparable to say. */
  readonly contendersFor: (kind: LogKind) => readonly Contender[];
}

/** The version of a peer; null where it is absent. */
export function versionOf({ versionScript }: Peer): string | null {
  const { status, stdout } = spawnSync('sh', ['-c', versionScript], { encoding: 'utf8' });
  return status === 0 ? (/\d+(?:\.\d+)+(?: \d{8})?/.exec(stdout)?.[0] ?? stdout.trim()) : null;
}

/** A contender on a log, or, where it is slow, on a part of it. */
export function trialOf({ name, does, script, isSlow, read }: Contender, whole: LogFile, part = whole): Trial {
  const { path, bytes, truth } = isSlow ? part : whole;
  const check = (output: string): string | null => differenceOf(read(output), truth);
  return { name, does, script, file: path, bytes: whole.bytes, factor: whole.bytes / bytes, check };
}

/** A word of a shell script. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Reads lines such as `statuses 200 17`, or `lines 17` for a number without a key. */
export function readRows(output: string): Answer {
  const counts: Record<string, Record<string, number>> = {};
  const numbers: Record<string, number> = {};
  for (const row of output.split('\n').filter((line) => line !== '')) {
    const [name = '', key = '', count] = row.split(' ');
    if (count === undefined) numbers[name] = Number(key);
    else (counts[name] ??= {})[key] = Number(count);
  }
  return { ...counts, ...numbers }; // a name that is none of an answer's is found by the comparison
}

/** Reads a JSON object that is an answer. */
export function readJson(output: string): Answer {
  return JSON.parse(output) as Answer; // by our own scripts, and compared with the truth
}

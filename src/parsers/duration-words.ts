import type { ByteString } from '../domain/byte-string.js';
import { FINE_UNIT_WORDS } from './duration-value.js';
import * as ROLE from './program/duration-codes.js';

/** The words that decide whether a message tells of finished work, with what each may be there; in lower case. */
const WORDS: readonly (readonly [role: number, ...lines: string[]])[] = [
  [ROLE.IN, 'in'],
  [ROLE.AFTER, 'after'],
  [ROLE.VERB, 'took taken lasted spent cost costs'],
  [ROLE.NOUN, 'duration dur elapsed latency time runtime walltime responsetime elapsedtime'],
  // what makes a noun a limit, a wait, a statistic of many or a time that somebody pays for
  [
    ROLE.QUALIFIER,
    'max maximum min minimum avg average mean median percentile p50 p75 p90 p95 p99 p999 limit threshold target budget',
    'allowed configured default timeout idle alive keepalive wait waiting queue lock sleep delay retry retries backoff',
    'interval period poll polling grace lease expiry expiration ttl ban block cooldown retention hold expected estimated',
    'remaining next billed cpu',
  ],
  [
    ROLE.FINISHED,
    'completed complete finished done succeeded successful successfully returned responded replied answered processed',
    'handled executed served rendered generated loaded built compiled connected acquired failed',
  ],
  // finished work for `in`; `after` them it may be an age, a delay or an idle time
  [
    ROLE.PAST,
    'ran sent saved stored fetched parsed created updated inserted deleted removed applied imported exported synced',
    'uploaded downloaded refreshed reloaded flushed committed written started stopped closed received resolved recovered',
    'reconnected restarted installed initialized',
  ],
  [
    ROLE.COMING,
    'retry retries retrying reconnect reconnects reconnecting restart restarts restarting reboot rebooting starts',
    'starting begins beginning next again try trying attempt attempts attempting schedule scheduled scheduling expire',
    'expires expiring expiry sleep sleeps sleeping wait waits waiting backoff backing delay delaying delayed due',
    'shutting stopping terminating closing exiting refreshing polling renewing estimated expected eta timed until',
    'every limit limited quota rate max times once twice suppressed',
  ],
  [ROLE.TIMEOUT, 'timeout'],
  [ROLE.STATUS_TIMEOUT, 'gateway request'],
  [
    ROLE.AUXILIARY,
    "will won't shall should would must might can can't could couldn't cannot be did didn't does doesn't unable",
    "i'll we'll it'll they'll",
  ],
  [ROLE.FILLER, 'about around approximately approx roughly only just exactly nearly almost is was of'],
  [ROLE.TRAILER, 'ago left remaining interval intervals window windows timeout'],
  [ROLE.UNIT, FINE_UNIT_WORDS.join(' ')],
];

/** One word of the table with all its roles. */
interface Entry {
  readonly word: string;
  readonly roles: number;
}

/** Set in the lower-case letters, the digits and `'`, clear in the upper-case letters. */
const LOWER_CASE_BIT = 32;
/** Slots for open addressing: a power of two, at least four times as many as words. */
const SLOTS = 1024;
const ENTRIES = entriesOf(durationWords());

/** Roles of the bytes in `[start, end)` as a word, whatever its case; without a copy of it, which would cost 50 ns. */
export function rolesOf(text: ByteString, start: number, end: number): number {
  if (end - start > ROLE.MAX_WORD_BYTES) return 0;
  let slot = slotOf(text, start, end);
  for (let entry = ENTRIES[slot]; entry !== undefined; entry = ENTRIES[slot]) {
    if (isSameWord(entry.word, text, start, end)) return entry.roles;
    slot = (slot + 1) & (SLOTS - 1);
  }
  return 0;
}

/** Tells whether the bytes in `[start, end)` are a word with `role`. */
export function isWord(role: number, text: ByteString, start: number, end: number): boolean {
  return (rolesOf(text, start, end) & role) !== 0;
}

function isSameWord(word: string, text: ByteString, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let at = start; at < end; at += 1) {
    if (word.charCodeAt(at - start) !== (text.charCodeAt(at) | LOWER_CASE_BIT)) return false;
  }
  return true;
}

function slotOf(text: ByteString, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + (text.charCodeAt(at) | LOWER_CASE_BIT)) | 0;
  return hash & (SLOTS - 1);
}

/** Every word of the table with the bits of its roles. */
export function durationWords(): ReadonlyMap<string, number> {
  const rolesByWord = new Map<string, number>();
  for (const [role, ...lines] of WORDS) {
    for (const word of lines.join(' ').split(' ')) rolesByWord.set(word, (rolesByWord.get(word) ?? 0) | role);
  }
  return rolesByWord;
}

function entriesOf(rolesByWord: ReadonlyMap<string, number>): (Entry | undefined)[] {
  const entries = Array.from<Entry | undefined>({ length: SLOTS });
  for (const [word, roles] of rolesByWord) {
    let slot = slotOf(word, 0, word.length);
    while (entries[slot] !== undefined) slot = (slot + 1) & (SLOTS - 1);
    entries[slot] = { word, roles };
  }
  return entries;
}

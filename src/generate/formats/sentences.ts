/** What text logs say: of a request one sentence with its duration, else a note. */
import { bytesOf } from '../../domain/byte-string.js';
import type { LineBlock } from '../line-block.js';
import { SERVICES } from '../services.js';
import { TICKS_PER_MS, type TrafficEvent } from '../traffic-event.js';
import { BROKEN_TEXT } from './line-format.js';

const BLANK = 32;
const PROCESSED = bytesOf(' processed in ');
const REJECTED = bytesOf(' rejected in ');
const FAILED = bytesOf(' failed in ');
const MS = bytesOf('ms');

/** Writes `Order 4812 processed in 127ms`, or a note. */
export function putSentence(block: LineBlock, event: TrafficEvent): void {
  const { note } = event;
  if (note === null) putOutcome(block, event);
  else putNote(block, event);
  if (event.hasBrokenText) block.put(BROKEN_TEXT);
}

/** Writes a note; nothing where the event has none. */
export function putNote(block: LineBlock, { note, number }: TrafficEvent): void {
  if (note === null) return;
  block.put(note.before);
  block.decimal(number);
  block.put(note.after);
}

function putOutcome(block: LineBlock, event: TrafficEvent): void {
  block.put(SERVICES[event.service]?.subject ?? MS);
  block.byte(BLANK);
  block.decimal(event.query);
  block.put(outcomeOf(event.status));
  block.decimal(event.ticks / TICKS_PER_MS);
  block.put(MS);
}

function outcomeOf(status: number): Uint8Array {
  if (status >= 500) return FAILED;
  return status >= 400 ? REJECTED : PROCESSED;
}

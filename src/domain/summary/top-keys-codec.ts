import { type ByteReader, corrupt } from '../byte-reader.js';
import type { ByteWriter } from '../byte-writer.js';
import { CountMin } from './count-min.js';
import type { Dimension } from './dimensions.js';
import { Distinct } from './distinct.js';
import { EncodedKeys, type KeyLimits } from './encoded-keys.js';
import { isEntryKey } from './entry-key.js';
import type { KeyCell } from './key-cell.js';
import { MAX_FORM_BYTES, MAX_KEY_BYTES, WINDOW_BYTES } from './key-form.js';
import { SUMMARY_LIMITS, type SummaryLimits } from './limits.js';
import { TopKeys } from './top-keys.js';
import { encodeDurations } from './window-cell.js';
import { windowOfKey } from './windowed-keys.js';

const FORM_BYTES = { least: 0, most: MAX_FORM_BYTES };
const WINDOWED_BYTES = { least: WINDOW_BYTES, most: MAX_KEY_BYTES };

/** Writes the canonical form: keys in byte order, each with its cell, or with its priority alone before the sketch. */
export function encodeTopKeys(writer: ByteWriter, topKeys: TopKeys): void {
  const { cells, sketch } = topKeys.settle();
  writer.byte((sketch === null ? 0 : 1) + (topKeys.distinct === null ? 0 : 2));
  writer.varint(cells.size);
  for (const key of [...cells.keys()].sort()) {
    const cell = cells.get(key);
    if (cell === undefined) continue;
    writer.byteString(key);
    writer.varint(cell.priority);
    if (sketch === null) encodeCell(writer, cell);
  }
  sketch?.encode(writer);
  topKeys.distinct?.encode(writer);
}

/** Reads what `encodeTopKeys` wrote. `isCounted` tells whether the dimension counts its distinct keys. */
export function decodeTopKeys(reader: ByteReader, isCounted: boolean, limits: SummaryLimits = SUMMARY_LIMITS): TopKeys {
  const { keys, sketch } = decodeKeys(reader, isCounted, limits, FORM_BYTES);
  const topKeys = new TopKeys(isCounted ? Distinct.decode(reader, limits.exactHashes) : null, limits);
  topKeys.restore(keys, sketch);
  return topKeys;
}

/** What a key per window is checked by. */
interface WindowedKeyLimits {
  readonly dimension: Dimension;
  /** The largest number of a window. */
  readonly lastWindow: number;
}

/** Reads a table of keys per window. */
export function decodeWindowedKeys(
  reader: ByteReader,
  { dimension, lastWindow }: WindowedKeyLimits,
  limits = SUMMARY_LIMITS,
): TopKeys {
  const { keys, sketch } = decodeKeys(reader, false, limits, WINDOWED_BYTES);
  if (keys.size > 0 && windowOfKey(keys.last) > lastWindow) throw corrupt('a key lies outside 1970-2106');
  if (dimension === 'level' || dimension === 'status') checkForms(keys, dimension);
  const topKeys = new TopKeys(null, limits);
  topKeys.restore(keys, sketch);
  return topKeys;
}

/** Others need no look: any text is a key of them. */
function checkForms(table: EncodedKeys, dimension: 'level' | 'status'): void {
  table.forEach((key) => {
    const form = table.textOf(key).slice(WINDOW_BYTES);
    if (!isEntryKey(form, dimension)) throw corrupt(`a key is no ${dimension}`);
  });
}

function decodeKeys(
  reader: ByteReader,
  isCounted: boolean,
  limits: SummaryLimits,
  keyBytes: KeyLimits['keyBytes'],
): { readonly keys: EncodedKeys; readonly sketch: CountMin | null } {
  const form = reader.byte();
  if (form > 3 || form >= 2 !== isCounted) throw corrupt(`${form} is not the form of this dimension`);
  const isExact = form % 2 === 0;
  const keys = EncodedKeys.read(reader, isExact, { maxKeys: limits.keys, keyBytes });
  if (!isExact && keys.size !== limits.keys) throw corrupt('keys are missing');
  return { keys, sketch: isExact ? null : CountMin.decode(reader, limits.sketchWidth) };
}

function encodeCell(writer: ByteWriter, cell: KeyCell): void {
  writer.varint(cell.count);
  writer.varint(cell.errors);
  writer.varint(cell.bytes);
  encodeDurations(writer, cell.durations);
}

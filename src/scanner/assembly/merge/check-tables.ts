/** Checks all tables of keys. The twin of what `domain/summary/summary-codec.ts` and `top-keys-codec.ts` ask of them. */
import { reserve } from '../memory';
import { MAX_FORM_BYTES, MAX_KEY_BYTES, WINDOW_BYTES } from '../summary/look-up-hash';
import { MAX_INSTANT_MS } from '../summary/totals';
import { checkKeys, LastKey } from './check-keys';
import { require } from './input';
import { Limits } from './limits';
import { dimensionOfTable, DIMENSIONS, tableCount } from './parts';

/** Occurrences of all keys of a dimension, 64 bits each. */
const totals: usize = reserve(8 * DIMENSIONS);

export function checkTables(parsed: u64, timed: u64): void {
  for (let dimension: u32 = 0; dimension < DIMENSIONS; dimension += 1) {
    const total = checkKeys(dimension, 0, MAX_FORM_BYTES);
    store<u64>(totals + 8 * <usize>dimension, total);
    require(total <= parsed);
  }
  const lastWindow = <u64>MAX_INSTANT_MS / Limits.windowMs;
  for (let table = DIMENSIONS; table < tableCount(); table += 1) {
    const total = checkKeys(table, WINDOW_BYTES, MAX_KEY_BYTES);
    require(total <= min(timed, load<u64>(totals + 8 * <usize>dimensionOfTable(table))));
    require(LastKey.at == 0 || <u64>bswap(load<u32>(LastKey.at)) <= lastWindow);
  }
}

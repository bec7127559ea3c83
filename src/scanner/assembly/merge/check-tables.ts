/** Checks all tables of keys. The twin of what `domain/summary/summary-codec.ts` and `top-keys-codec.ts` ask of them. */
import { DIMENSIONS } from '../../layout';
import { reserve } from '../memory';
import { MAX_INSTANT_MS } from '../summary/totals';
import { checkKeys, LastKey } from './check-keys';
import { require } from './input';
import { Limits } from './limits';
import { dimensionOfTable, tableCount, TOP_DIMENSIONS } from './parts';

/** Entries that have a key of a dimension, 64 bits each. */
const totals: usize = reserve(8 * DIMENSIONS);

/** Notes how many entries have a key of a dimension; at most `parsed` can. */
export function noteOccurrences(dimension: u32, total: u64, parsed: u64): void {
  store<u64>(totals + 8 * <usize>dimension, total);
  require(total <= parsed);
}

/** Those of levels and statuses must have been noted. */
export function checkTables(parsed: u64, timed: u64): void {
  for (let table: u32 = 0; table < TOP_DIMENSIONS; table += 1) noteOccurrences(table, checkKeys(table), parsed);
  const lastWindow = <u64>MAX_INSTANT_MS / Limits.windowMs;
  for (let table = TOP_DIMENSIONS; table < tableCount(); table += 1) {
    const total = checkKeys(table);
    require(total <= min(timed, load<u64>(totals + 8 * <usize>dimensionOfTable(table))));
    require(LastKey.at == 0 || <u64>bswap(load<u32>(LastKey.at)) <= lastWindow);
  }
}

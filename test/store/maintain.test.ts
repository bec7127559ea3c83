import { expect } from 'chai';
import { statSync } from 'node:fs';
import type { Resolution } from '../../src/domain/store/resolutions.js';
import type { Store } from '../../src/domain/store/store.js';
import { useScratch } from '../support/scratch.js';
import { commit, commitFirst, contentOf, NOON, resultOf, useStores, windowOf } from '../support/stored.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const NOTHING = { windows: 0 };

/** Counts a line in windows that start at these times, each the next byte of the stream `a`. */
function countAt(store: Store, from: number, ...starts: number[]): void {
  const chunks = starts.map((startMs, index) =>
    resultOf('a', from + index, from + index + 1, { windows: { widthMs: 10_000, cells: [windowOf({ startMs })] } }),
  );
  commit(store, { chunks });
}

/** How many lines there are at each resolution. */
function linesIn(store: Store): Record<Resolution, number> {
  const count = (resolution: Resolution): number =>
    store
      .windows({ resolution, fromAt: 0, toAt: Number.MAX_SAFE_INTEGER, source: null, dimension: 'all' })
      .reduce((sum, { lines }) => sum + lines, 0);
  return { '10s': count('10s'), '1m': count('1m'), '1h': count('1h') };
}

describe('store/maintain', () => {
  const { path } = useScratch();
  const { take, open, fresh } = useStores();

  it('keeps windows of 10 s for 2 days, of a minute for 30 days, of an hour for 2 years', () => {
    const store = fresh(path('state'));
    commitFirst(store);
    const ages = [0, 1, 3, 29, 31, 700, 740].map((days) => NOON - days * DAY_MS);
    countAt(store, 0, ...ages);

    expect(store.maintain(NOON)).to.deep.equal({ windows: 5 + 3 + 1 });
    expect(linesIn(store)).to.deep.equal({ '10s': 2, '1m': 4, '1h': 6 });
  });

  it('removes nothing more at the same time, and counts on in what it kept', () => {
    const store = fresh(path('state'), { retention: { '10s': HOUR_MS, '1m': HOUR_MS, '1h': 2 * HOUR_MS } });
    commitFirst(store);
    countAt(store, 0, NOON - HOUR_MS - 10_000, NOON - HOUR_MS, NOON - 10_000);
    store.maintain(NOON);
    const kept = contentOf(store);

    expect(store.maintain(NOON)).to.deep.equal(NOTHING);
    expect(contentOf(store)).to.deep.equal(kept);
    countAt(store, 3, NOON - HOUR_MS);
    expect(linesIn(store)).to.deep.equal({ '10s': 3, '1m': 3, '1h': 4 });
  });

  it('does not begin a window again that it removed, also after the state was opened anew', () => {
    const state = take(path('state'));
    const { store } = open(state);
    commitFirst(store);
    countAt(store, 0, NOON, NOON - 3 * DAY_MS);
    store.maintain(NOON);
    store.close();
    const again = open(state).store;
    countAt(again, 2, NOON - 3 * DAY_MS);

    expect(linesIn(again)).to.deep.equal({ '10s': 1, '1m': 3, '1h': 3 });
  });

  it('removes nothing where the clock is stepped forward, and nothing comes back where it is stepped back', () => {
    const store = fresh(path('state'));
    commitFirst(store);
    countAt(store, 0, NOON, NOON - DAY_MS);

    expect(store.maintain(NOON + 365 * DAY_MS)).to.deep.equal(NOTHING);
    expect(store.maintain(NOON - 365 * DAY_MS)).to.deep.equal(NOTHING);
    expect(linesIn(store)).to.deep.equal({ '10s': 2, '1m': 2, '1h': 2 });
  });

  it('is not led astray by a line from the future', () => {
    const store = fresh(path('state'));
    commitFirst(store);
    countAt(store, 0, NOON, NOON + 365 * DAY_MS);

    expect(store.maintain(NOON)).to.deep.equal(NOTHING);
  });

  it('gives room back to the file system', () => {
    const state = take(path('state'));
    const { store } = open(state);
    commitFirst(store);
    for (let hour = 0; hour < 20; hour += 1) {
      countAt(store, 100 * hour, ...Array.from({ length: 100 }, (_, index) => NOON + hour * HOUR_MS + 10_000 * index));
    }
    countAt(store, 2000, NOON + 1000 * DAY_MS);
    store.close();
    const before = statSync(state.database).size;
    const again = open(state).store;
    again.maintain(NOON + 1000 * DAY_MS);
    again.close();

    expect(statSync(state.database).size).to.be.below(before / 2);
  });
});

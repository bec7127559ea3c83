import { expect } from 'chai';
import fc from 'fast-check';
import type { WindowEmitted } from '../../src/machines/window-machine.js';
import { type CommittedCell, KEPT_CLOSED, WindowWatch } from '../../src/machines/window-watch.js';

const NOW = 1_000_000_000;
const cell = (startMs: number, lines = 1): CommittedCell => ({ startMs, lines, requests: lines, errors: 0 });
/** `closed 20 x3`: the second in which the window begins, and its lines. */
const told = (events: readonly WindowEmitted[]): string[] =>
  events.map(({ type, startAt, lines }) => `${type.slice(7)} ${startAt / 1000} x${lines}`);

describe('machines/window-watch', () => {
  it('closes windows once the watermark is five seconds past their end, in the order of time', () => {
    const watch = new WindowWatch();

    expect(told(watch.committed([cell(20_000), cell(0, 2), cell(0)], 24_999, NOW))).to.deep.equal(['closed 0 x3']);
    expect(told(watch.committed([cell(10_000), cell(0)], 34_999, NOW))).to.deep.equal([
      'corrected 0 x1',
      'closed 10 x1',
    ]);
    expect(watch.windows().map(({ state }) => state)).to.deep.equal(['closed', 'closed', 'closing']);
    expect(told(watch.committed([], 35_000, NOW))).to.deep.equal(['closed 20 x1']);
    expect(watch.closedThrough).to.equal(30_000);
  });

  /** A line ten seconds before the clock, then silence with a tick each second; when its window closes, ms after the line. */
  function closedAfter(ticks: readonly number[]): number | undefined {
    const watch = new WindowWatch();
    watch.committed([cell(NOW - 10_000)], NOW - 1, NOW);
    return ticks.find((tick) => watch.tick(NOW + tick).length > 0);
  }

  it('closes the windows of a silent log by the clock', () => {
    expect(closedAfter(Array.from({ length: 60 }, (_, index) => (index + 1) * 1000))).to.equal(30_000);
  });

  it('corrects what was closed by the clock, though the watermark is still behind it', () => {
    const watch = new WindowWatch();
    watch.committed([cell(NOW - 10_000)], NOW - 1, NOW);
    for (let second = 1; second <= 60; second += 1) watch.tick(NOW + second * 1000);

    const emitted = watch.committed([cell(NOW + 10_000), cell(NOW + 30_000)], NOW + 30_000, NOW + 61_000);

    expect([told(emitted), watch.closedThrough]).to.deep.equal([[`corrected ${NOW / 1000 + 10} x1`], NOW + 30_000]);
  });

  it('does not take the sleep of the machine for silence of the log', () => {
    expect(closedAfter([600_000, 601_000, 624_000])).to.equal(undefined);
    expect(closedAfter([600_000, ...Array.from({ length: 60 }, (_, index) => 601_000 + index * 1000)])).to.equal(
      625_000,
    );
  });

  it('goes by no stamp of the future, and keeps no window of it', () => {
    const watch = new WindowWatch();
    const future = NOW + 3_610_000;

    const emitted = watch.committed([cell(NOW), cell(future)], future + 5, NOW);

    expect([emitted, watch.windows().length, watch.closedThrough]).to.deep.equal([[], 1, NOW - 10_000]);
    watch.committed([cell(NOW + 3_600_000)], NOW + 3_600_000, NOW);
    expect(watch.closedThrough).to.equal(NOW - 10_000); // an hour ahead is taken for true, but capped by the clock
  });

  /** A commit: seconds that its windows lie before or behind the newest, whether it states the newest; or a tick. */
  const anyStep = fc.record({
    cells: fc.array(fc.tuple(fc.integer({ min: -4000, max: 30 }), fc.nat(3)), { maxLength: 4 }),
    isTick: fc.boolean(),
    pauseMs: fc.constantFrom(0, 1000, 4000),
  });
  type AnyStep = typeof anyStep extends fc.Arbitrary<infer Value> ? Value : never;

  function run(steps: readonly AnyStep[], splitAt = -1) {
    let watch = new WindowWatch();
    let now = NOW;
    const emitted: WindowEmitted[] = [];
    steps.forEach(({ cells, isTick, pauseMs }, index) => {
      if (index === splitAt) watch = new WindowWatch({}, watch.save());
      now += pauseMs;
      const added = cells.map(([seconds, lines]) => cell(Math.floor((now / 1000 + seconds) / 10) * 10_000, lines));
      const newest = added.length === 0 ? null : Math.max(...added.map(({ startMs }) => startMs));
      emitted.push(...(isTick ? watch.tick(now) : watch.committed(added, newest, now)));
      expect(watch.windows().filter(({ state }) => state === 'closed').length).to.be.at.most(KEPT_CLOSED);
    });
    const committed = steps.flatMap(({ cells, isTick }) => (isTick ? [] : cells.map(([, lines]) => lines)));
    return { emitted, watch, lines: committed.reduce((sum, lines) => sum + lines, 0) };
  }

  it('closes each window once, in the order of time, and counts every line in a closed, a corrected or an open one', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
        const { emitted, watch, lines } = run(steps);

        const closed = emitted.flatMap(({ type, startAt }) => (type === 'window.closed' ? [startAt] : []));
        expect(closed).to.deep.equal([...new Set(closed)].sort((a, b) => a - b));
        const open = watch.windows().filter(({ state }) => state !== 'closed');
        const counted = [...emitted, ...open.map(({ context }) => context)].map((window) => window.lines);
        expect(counted.reduce((sum, count) => sum + count, 0)).to.equal(lines);
      }),
    );
  });

  it('goes on alike where it was saved and restored, at any point', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 30 }), fc.nat(30), (steps, splitAt) => {
        const [whole, split] = [run(steps), run(steps, splitAt)];

        expect(split.emitted).to.deep.equal(whole.emitted);
        expect(split.watch.save()).to.equal(whole.watch.save());
      }),
    );
  });

  it('keeps the last hundred of a backlog, and corrects an older one without keeping it', () => {
    const watch = new WindowWatch();
    const backlog = Array.from({ length: 2000 }, (_, index) => cell(index * 10_000));

    const emitted = watch.committed(backlog, 20_000_000, NOW);

    expect([emitted.length, watch.windows().length]).to.deep.equal([1999, 101]);
    expect(told(watch.committed([cell(0, 5)], null, NOW))).to.deep.equal(['corrected 0 x5']);
    expect([watch.windows().length, watch.save().length < 5000]).to.deep.equal([101, true]);
  });

  it('begins anew with what was saved for windows of another width', () => {
    const minutes = new WindowWatch({ widthMs: 60_000 });
    minutes.committed([cell(0)], 1, NOW);

    expect(new WindowWatch({}, minutes.save()).save()).to.equal(new WindowWatch().save());
  });
});

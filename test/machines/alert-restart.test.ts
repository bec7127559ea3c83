import { expect } from 'chai';
import fc from 'fast-check';
import type { AlertWindow, Figures } from '../../src/domain/alerts/alert-window.js';
import { parseRule } from '../../src/domain/alerts/parse-rule.js';
import { Histogram } from '../../src/domain/summary/histogram.js';
import { AlertWatch } from '../../src/machines/alert-watch.js';

const RULES = [
  'errorsPerMinute > 6 for 30s resolve < 3 for 20s',
  'errorsPerMinute > 3 by path',
  'linesPerSecond < 0.1 for 20s by path',
  'p95 > 20 for 20s by path resolve < 10',
  'mean > 15',
  'no lines for 40s',
  'no lines for 30s by path',
];

function figures(lines: number): Figures {
  const durations = new Histogram();
  durations.add(lines * 10_000);
  return { lines, requests: lines, errors: lines, malformed: null, durations };
}

function windowOf(index: number, a: number, b: number): AlertWindow {
  const paths = Object.entries({ '/a': a, '/b': b, '/c': (index % 7) - 4 }).filter(([, lines]) => lines > 0);
  const keys = new Map(paths.map(([path, lines]) => [path, figures(lines)]));
  return { index, all: figures(a + b + 1), keys: new Map([['path', keys]]) };
}

/** What happens to a watch: a window closes `gap` windows behind the last, or time passes, or one is corrected. */
const anyStep = fc.record({
  kind: fc.constantFrom('close', 'close', 'close', 'pass', 'correct'),
  gap: fc.oneof(fc.nat(3), fc.integer({ min: 4, max: 12 })),
  a: fc.nat(4),
  b: fc.nat(3),
});
type AnyStep = typeof anyStep extends fc.Arbitrary<infer Value> ? Value : never;

/** Runs the steps; where it is told to it saves, begins anew with `rules`, and refills from the windows as they are then. */
function run(steps: readonly AnyStep[], splitAt: number, rules: readonly string[] = RULES) {
  const told: string[] = [];
  const stored = new Map<number, AlertWindow>();
  const counts = new Map<number, readonly [a: number, b: number]>();
  const watchOf = (texts: readonly string[], saved = ''): AlertWatch =>
    new AlertWatch({
      rules: texts.map((text) => parseRule(text)),
      widthMs: 10_000,
      maxKeys: 2,
      saved,
      onAlert: (rule, key, event) => told.push(JSON.stringify([rule.text, key, event])),
    });
  let watch = watchOf(RULES);
  let last = -1;
  steps.forEach(({ kind, gap, a, b }, step) => {
    if (step === splitAt) {
      watch = watchOf(rules, watch.save());
      const { from, to } = watch.span();
      watch.refill([...stored.values()].filter(({ index }) => index >= from && index < to));
    }
    const index = kind === 'correct' ? last - gap : last + 1 + gap;
    if (kind === 'pass') watch.pass(index);
    else if (index >= 0) {
      const [knownA, knownB] = counts.get(index) ?? [0, 0]; // lines are only ever added
      counts.set(index, [knownA + a, knownB + b]);
      stored.set(index, windowOf(index, knownA + a, knownB + b));
    }
    const window = stored.get(index);
    if (kind === 'close' && window !== undefined) watch.close(window);
    if (kind === 'correct' && window !== undefined) watch.refill([window]);
    last = watch.lastIndex ?? -1;
  });
  return { told, saved: watch.save(), firing: watch.firing().map(({ rule, key }) => [rule.text, key]) };
}

describe('machines/alert-watch, restarted', () => {
  it('tells what one tells that never stopped, wherever it was stopped, also where windows are corrected', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 40 }), fc.nat(40), (steps, splitAt) => {
        expect(run(steps, splitAt)).to.deep.equal(run(steps, -1));
      }),
      { numRuns: 300 },
    );
  });

  const calm = { kind: 'close', gap: 0, a: 0, b: 0 } as const;
  const bad = { kind: 'close', gap: 0, a: 4, b: 3 } as const;

  it('tells nothing again that fires already, and resolves it', () => {
    const rule = ['errorsPerMinute > 6 for 30s resolve < 3 for 20s'];
    const steps = [bad, bad, bad, ...Array.from({ length: 9 }, () => calm)];
    const types = ({ told }: { readonly told: readonly string[] }): string[] =>
      told.filter((line) => line.includes('resolve < 3')).map((line) => line.match(/alert\.\w+/)?.[0] ?? '');

    expect([run(steps, 3, rule), run(steps, -1)].map(types)).to.deep.equal([['alert.fired'], ['alert.fired']]);
    expect(run([bad, bad, bad, bad], 3, rule).firing).to.deep.equal([[rule[0], null]]);
  });

  it('begins anew with a rule that is written otherwise, and keeps the others', () => {
    const rules = ['mean > 15', 'errorsPerMinute > 5 by path'];

    expect(run([bad, bad, calm], 2, rules).firing).to.deep.equal([['mean > 15', null]]);
  });

  it('does not judge the past anew when a window of it is corrected', () => {
    const corrected = { kind: 'correct', gap: 0, a: 4, b: 3 } as const;

    expect(run([calm, calm, corrected], -1).told).to.deep.equal(run([calm, calm], -1).told);
    expect(run([calm, calm, corrected, calm], -1).told).not.to.deep.equal(run([calm, calm, calm], -1).told);
  });

  /** A watch of one rule and one key at once; what it tells, as `fired 70`. */
  function watching(rule: string, saved = '') {
    const told: string[] = [];
    const watch = new AlertWatch({
      rules: [parseRule(rule)],
      widthMs: 10_000,
      maxKeys: 1,
      saved,
      onAlert: (_, __, { type, at }) => told.push(`${type.slice(6)} ${at / 1000}`),
    });
    return { told, watch };
  }

  it('judges what comes by lines that were added to a long silence', () => {
    const { told, watch } = watching('errorsPerMinute > 3');
    watch.close(windowOf(0, 0, 0));
    watch.pass(100);
    watch.refill([windowOf(98, 4, 4)]);
    watch.pass(200);

    expect(told).to.deep.equal(['fired 1010', 'resolved 1050']);
  });

  it('refills no window in which a key was refused', () => {
    const rule = 'errorsPerMinute > 6 by path';
    const windows = [windowOf(0, 1, 0), windowOf(3, 0, 5), windowOf(7, 0, 3)];
    const { watch } = watching(rule);
    for (const window of windows) watch.close(window);

    const { told, watch: restarted } = watching(rule, watch.save());
    restarted.refill(windows);
    restarted.close(windowOf(8, 0, 1));

    expect(told).to.deep.equal([]);
  });

  it('begins anew with what was saved for windows of another width', () => {
    const options = { rules: [parseRule('mean > 15')], onAlert: () => undefined };
    const minutes = new AlertWatch({ ...options, widthMs: 60_000 });
    minutes.close(windowOf(3, 1, 1));

    expect(new AlertWatch({ ...options, widthMs: 10_000, saved: minutes.save() }).lastIndex).to.equal(null);
  });
});

/** Merging: the kernel makes the bytes that the reference makes, of any summaries in any order, and refuses what that refuses. */
import { expect } from 'chai';
import fc from 'fast-check';
import { FOLDINGS, type SummaryPlan } from '../../src/domain/plan.js';
import { DIMENSIONS } from '../../src/domain/summary/dimensions.js';
import type { SummaryLimits } from '../../src/domain/summary/limits.js';
import { Summary } from '../../src/domain/summary/summary.js';
import { encodeSummary } from '../../src/domain/summary/summary-codec.js';
import type { MergeExports } from '../../src/scanner/kernel-merger.js';
import { WebAssembly } from '../../src/scanner/web-assembly.js';
import { loadMerger } from '../../src/threads/load-kernel.js';
import { anyPrioritizedEntry, entryOf } from '../support/any-entry.js';
import { inMode } from '../support/long-mode.js';
import { anyDamage, damaged } from '../support/merge-laws.js';
import { createMergerTwins, newKernelMerger, summaryOf } from '../support/merger-twins.js';
import { SUMMARY_PLAN } from '../support/plan-of.js';

/** Limits so small that a few entries get past them, and so large that none does. */
const LIMITS: Readonly<Record<string, SummaryLimits>> = {
  small: { keys: 3, sketchWidth: 8, exactHashes: 5, windows: 4 },
  middle: { keys: 8, sketchWidth: 16, exactHashes: 12, windows: 9 },
  roomy: { keys: 100, sketchWidth: 8, exactHashes: 100, windows: 100 },
};

/** Keys per window of some dimensions, where there is one more table of each. */
const PLANS: Readonly<Record<string, SummaryPlan>> = {
  small: { ...SUMMARY_PLAN, windowedKeys: DIMENSIONS },
  middle: { ...SUMMARY_PLAN, windowedKeys: ['clientIp', 'status'] },
  roomy: SUMMARY_PLAN,
};

const anyChunks = fc.array(fc.array(anyPrioritizedEntry, { maxLength: 12 }), { minLength: 2, maxLength: 7 });

describe('scanner/kernel-merger', function () {
  this.timeout(inMode(60_000, 3_600_000));
  const numRuns = inMode(25, 20_000);

  for (const [name, limits] of Object.entries(LIMITS)) {
    describe(`with ${name} limits`, () => {
      const plan = PLANS[name] ?? SUMMARY_PLAN;
      const encodedOf = (entries: Parameters<typeof summaryOf>[0]): Uint8Array => summaryOf(entries, plan, limits);

      it('has the bytes of the reference after each merge', () => {
        fc.assert(
          fc.property(anyChunks, (chunks) => {
            const twins = createMergerTwins(plan, limits);

            for (const chunk of chunks) {
              expect(twins.merge(encodedOf(chunk))).to.deep.equal(['merged', 'merged']);
              const [expected, found] = twins.encode();
              expect(found).to.equal(expected);
            }
          }),
          { numRuns },
        );
      });

      it('gives the same bytes for every order and merge tree, which are those of all entries at once', () => {
        fc.assert(
          fc.property(anyChunks, fc.array(fc.nat(), { minLength: 7, maxLength: 7 }), (chunks, picks) => {
            const parts = chunks.map(encodedOf);

            while (parts.length > 1) {
              const kernel = newKernelMerger(plan, limits);
              const taken = 2 + ((picks[0] ?? 0) % 2);
              for (const pick of picks.slice(0, taken)) {
                const [part] = parts.splice(pick % Math.max(1, parts.length), 1);
                if (part !== undefined) kernel.merge(part);
              }
              parts.push(kernel.encode());
            }

            expect(Buffer.from(parts[0] ?? []).toString('hex')).to.equal(
              Buffer.from(encodedOf(chunks.flat())).toString('hex'),
            );
          }),
          { numRuns },
        );
      });

      it('refuses damaged bytes as the reference does, and is as it was, or merges them as the reference does', () => {
        fc.assert(
          fc.property(
            anyChunks,
            fc.array(fc.tuple(fc.nat(), fc.array(anyDamage, { minLength: 1, maxLength: 3 })), { maxLength: 60 }),
            (chunks, attempts) => {
              const twins = createMergerTwins(plan, limits);
              const parts = chunks.map(encodedOf);
              for (const part of parts.slice(0, 2)) twins.merge(part);

              for (const [which, damages] of attempts) {
                const bytes = damages.reduce(damaged, parts[which % parts.length] ?? new Uint8Array());
                const [expected, found] = twins.merge(bytes);
                expect(found).to.equal(expected);
              }

              const [expected, found] = twins.encode();
              expect(found).to.equal(expected);
            },
          ),
          { numRuns: inMode(40, 20_000) },
        );
      });
    });
  }

  it('has the encoding of an empty summary before it has merged anything, and after it has merged empty ones', () => {
    const twins = createMergerTwins();
    const empty = Buffer.from(encodeSummary(new Summary(SUMMARY_PLAN))).toString('hex');

    for (let merges = 0; merges < 4; merges += 1) {
      expect(twins.encode()).to.deep.equal([empty, empty]);
      twins.merge(summaryOf([]));
    }
  });

  for (const plan of [
    ...FOLDINGS.map((folding) => ({ ...SUMMARY_PLAN, folding })),
    { ...SUMMARY_PLAN, windowMs: 1000 },
  ]) {
    it(`refuses a summary of another plan than ${plan.folding}, ${plan.windowMs} ms, the first one as any other`, () => {
      const twins = createMergerTwins(plan);
      const others = [
        { ...plan, windowMs: 5000 },
        { ...plan, folding: plan.folding === 'ids' ? ('none' as const) : ('ids' as const) },
        { ...plan, windowedKeys: ['method' as const] },
      ].map((other) => summaryOf([{ entry: entryOf({ timestamp: 5 }), priority: 1 }], other));

      for (let merges = 0; merges < 3; merges += 1) {
        for (const other of others) {
          const [expected, found] = twins.merge(other);
          expect(found).to.equal(expected);
          expect(found).to.match(/^MR_ERR_SUMMARY_CORRUPT/);
        }
        twins.merge(summaryOf([{ entry: entryOf({ timestamp: 7 }), priority: merges }], plan));
      }

      expect(twins.kernel.read().parts.totals.parsed).to.equal(3);
    });
  }

  it('takes names of duration sources for what the reference takes them', () => {
    const twins = createMergerTwins();
    const named = Buffer.from(
      summaryOf([{ entry: entryOf({ durationSource: 'xxxx', metrics: { durationUs: 5 } }), priority: 1 }]),
    );
    const at = named.indexOf('xxxx');
    const names = [
      '61626364',
      'c2b57373',
      'c3a9c3a9',
      'efbfbd61',
      'efbbbf61',
      '61efbbbf',
      'e282ac61',
      'f09f9a80',
      'f48fbfbf',
    ]
      .concat([
        '80616161',
        'c0806161',
        'c1bf6161',
        'c2616161',
        '616161c2',
        'e0808061',
        'e09fbf61',
        'e0a08061',
        'ed9fbf61',
      ])
      .concat([
        'eda08061',
        'edbfbf61',
        'ee808061',
        'f0808080',
        'f08fbfbf',
        'f0908080',
        'f4908080',
        'f5808080',
        'ff616161',
      ])
      .concat(['6161e282', '61f09f9a', 'e2826161', 'f09f9a61', 'e28280c2', '00000000', '7f7f7f7f']);

    const outcomes = names.map((name) => {
      const bytes = Buffer.from(named);
      bytes.write(name, at, 'hex');
      const [expected, found] = twins.merge(bytes);
      expect([name, found]).to.deep.equal([name, expected]);
      return found;
    });

    expect(new Set(outcomes).size).to.equal(2);
    const [expected, found] = twins.encode();
    expect(found).to.equal(expected);
  });

  it('refuses more entries than it can count exactly, and merges on', () => {
    const twins = createMergerTwins();
    const huge = new Summary(SUMMARY_PLAN);
    huge.parts.totals.parsed = 2 ** 52;
    huge.parts.totals.untimed = 2 ** 52;
    const one = summaryOf([{ entry: entryOf({}), priority: 1 }]);

    for (const summary of [one, encodeSummary(huge), one, summaryOf([]), encodeSummary(huge)]) {
      const [expected, found] = twins.merge(summary);
      expect(found).to.equal(expected);
    }

    expect(twins.kernel.read().parts.totals.parsed).to.equal(2);
    const [expected, found] = twins.encode();
    expect(found).to.equal(expected);
  });

  it('reads what it has merged, and the same until it merges again', () => {
    const { kernel } = createMergerTwins();
    const summary = summaryOf([{ entry: entryOf({ timestamp: 7, fields: { path: '/a' } }), priority: 3 }]);

    for (let merges = 1; merges <= 4; merges += 1) {
      kernel.merge(summary);

      const read = kernel.read();
      expect(read.parts.dimensions.path.top(2).map(({ key, count }) => [key, count])).to.deep.equal([['/a', merges]]);
      expect(kernel.read()).to.equal(read);
    }
  });

  it('gives a summary back as it came, its sketches too, where the kernel was given one alone', () => {
    const limits = { keys: 2, sketchWidth: 8, exactHashes: 2, windows: 2 };
    const paths = ['/a', '/b', '/c', '/d'];
    const alone = summaryOf(
      paths.map((path, priority) => ({ entry: entryOf({ fields: { path, logger: path } }), priority })),
      SUMMARY_PLAN,
      limits,
    );
    const { exports } = new WebAssembly.Instance(loadMerger(), {});
    const kernel = exports as MergeExports; // as the merger has them
    kernel.planMerge(60_000, 1, 0, 2, 8, 2, 2);

    const roomAt = kernel.summaryRoom(alone.length); // may move the memory
    new Uint8Array(kernel.memory.buffer, roomAt, alone.length).set(alone);
    expect(kernel.mergeSummary(alone.length)).to.equal(1);

    const lengthBytes = kernel.mergeAll();
    const found = new Uint8Array(kernel.memory.buffer, kernel.mergedAt(), lengthBytes);
    expect(Buffer.from(found).toString('hex')).to.equal(Buffer.from(alone).toString('hex'));
  });

  it('does not take limits beyond its own', () => {
    const limits = { keys: 20_000, sketchWidth: 16_384, exactHashes: 4096, windows: 2048 };
    const kernel = newKernelMerger(SUMMARY_PLAN, limits);
    kernel.merge(summaryOf([], SUMMARY_PLAN, limits));

    expect(() => kernel.merge(summaryOf([], SUMMARY_PLAN, limits))).to.throw(RangeError);
  });
});

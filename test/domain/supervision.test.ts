import { expect } from 'chai';
import fc from 'fast-check';
import type { Fault } from '../../src/domain/errors.js';
import {
  CLOSED_CIRCUIT,
  type ChunkHistory,
  circuitAfterFault,
  decideChunkFault,
  decideRestart,
  splitRange,
} from '../../src/domain/supervision.js';

const BUDGET = { maxAttempts: 4, maxKills: 2, baseDelayMs: 100, maxDelayMs: 1000 };
const EXIT: Fault = { code: 'MR_ERR_THREAD_EXIT', message: 'exit' };
const READ: Fault = { code: 'MR_ERR_CHUNK_READ', message: 'read' };
const SHORT: Fault = { code: 'MR_ERR_CHUNK_SHORT', message: 'short' };

const WIDE: Fault = { code: 'MR_ERR_CHUNK_WIDE', message: 'wide' };

const FIRST: ChunkHistory = {
  range: { start: 0, end: 100 },
  attempt: 1,
  kills: 1,
  failures: 0,
  isInjected: false,
  mode: 'parse',
};

describe('domain/supervision', () => {
  const cases: readonly [string, Fault, Partial<ChunkHistory>, object][] = [
    ['reroutes after the first death', EXIT, {}, { action: 'reroute', delayMs: 100 }],
    ['backs off with the attempts', EXIT, { attempt: 3 }, { action: 'reroute', delayMs: 400 }],
    ['never waits longer than the ceiling', EXIT, { attempt: 60 }, { action: 'reroute', delayMs: 1000 }],
    ['splits after the second death', EXIT, { attempt: 2, kills: 2 }, { action: 'split' }],
    [
      'quarantines a line that kills twice alone',
      EXIT,
      { kills: 2, range: { start: 7, end: 8 } },
      { action: 'quarantine' },
    ],
    [
      'abandons what cannot even be quarantined',
      EXIT,
      { kills: 2, range: { start: 7, end: 8 }, mode: 'quarantine' },
      { action: 'abandon', reason: 'exit' },
    ],
    ['reroutes a read error', READ, { failures: 3 }, { action: 'reroute', delayMs: 100 }],
    ['abandons after the last read error', READ, { failures: 4 }, { action: 'abandon', reason: 'read' }],
    ['splits what touches too much time', WIDE, { kills: 0 }, { action: 'split' }],
    ['abandons at once what became shorter', SHORT, { failures: 1 }, { action: 'abandon', reason: 'short' }],
    [
      'never blames a chunk for an injected fault',
      EXIT,
      { kills: 9, isInjected: true },
      { action: 'reroute', delayMs: 100 },
    ],
  ];
  for (const [title, fault, history, expected] of cases) {
    it(title, () => {
      expect(decideChunkFault(fault, { ...FIRST, ...history }, BUDGET)).to.deep.equal(expected);
    });
  }

  it('isolates the suspect line, and halves where there is no suspect', () => {
    expect(splitRange({ start: 10, end: 20 }, 14)).to.deep.equal([
      { start: 10, end: 14 },
      { start: 14, end: 15 },
      { start: 15, end: 20 },
    ]);
    expect(splitRange({ start: 10, end: 20 }, 10)).to.deep.equal([
      { start: 10, end: 11 },
      { start: 11, end: 15 },
      { start: 15, end: 20 },
    ]);
    expect(splitRange({ start: 10, end: 12 }, 10)).to.deep.equal([
      { start: 10, end: 11 },
      { start: 11, end: 12 },
    ]);
    expect(splitRange({ start: 10, end: 20 }, 14.5)).to.deep.equal(splitRange({ start: 10, end: 20 }, 14));
    expect(splitRange({ start: 10, end: 20 }, null)).to.have.length(2);
    expect(splitRange({ start: 10, end: 20 }, 19)).to.deep.equal([
      { start: 10, end: 19 },
      { start: 19, end: 20 },
    ]);
  });

  it('splits into non-empty parts that cover the range without overlap', () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.integer({ min: 2, max: 1000 }),
        fc.option(fc.nat(2500)),
        (start, length, suspect) => {
          const parts = splitRange({ start, end: start + length }, suspect);

          expect(parts.length).to.be.greaterThan(1);
          expect(parts.every((part) => part.end > part.start)).to.equal(true);
          expect(parts.map((part) => part.start)).to.deep.equal([start, ...parts.slice(0, -1).map((part) => part.end)]);
          expect(parts.at(-1)?.end).to.equal(start + length);
        },
      ),
    );
  });

  it('opens the circuit only when different chunks fail in a row with one code', () => {
    const at = { now: 1000, budget: { maxFailuresInRow: 3, openMs: 50 } };
    const after = (...failed: [typeof EXIT.code, string][]) =>
      failed.reduce((circuit, [code, chunk]) => circuitAfterFault(circuit, { code, chunk }, at), CLOSED_CIRCUIT);
    const exit = 'MR_ERR_THREAD_EXIT';

    expect(after([exit, 'a'], [exit, 'a'], [exit, 'a']).openUntil).to.equal(0);
    expect(after([exit, 'a'], ['MR_ERR_CHUNK_READ', 'b'], [exit, 'c']).openUntil).to.equal(0);
    expect(after([exit, 'a'], [exit, 'b'], [exit, 'c'])).to.deep.equal({
      code: exit,
      chunks: [],
      openings: 1,
      openUntil: 1050,
    });
  });

  it('restarts an actor within its budget and escalates beyond it', () => {
    const budget = { maxRestarts: 2, withinMs: 1000, baseDelayMs: 10, maxDelayMs: 100 };

    expect(decideRestart([], 5000, budget)).to.deep.equal({ action: 'restart', delayMs: 10 });
    expect(decideRestart([4500], 5000, budget)).to.deep.equal({ action: 'restart', delayMs: 20 });
    expect(decideRestart([4500, 4600], 5000, budget)).to.deep.equal({ action: 'escalate' });
    expect(decideRestart([100, 200, 4500], 5000, budget)).to.deep.equal({ action: 'restart', delayMs: 20 });
  });
});

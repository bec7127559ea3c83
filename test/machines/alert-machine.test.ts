import { expect } from 'chai';
import fc from 'fast-check';
import { createActor, type Snapshot, type SnapshotFrom } from 'xstate';
import { createTestModel, getShortestPaths } from 'xstate/graph';
import { type AlertEmitted, type AlertInput, alertMachine, dueAt, isIdle } from '../../src/machines/alert-machine.js';

const WIDTH_MS = 10_000;
/** Fires when the condition held in two windows in a row, resolves when it was clear in two. */
const TWO: AlertInput = { forMs: 20_000, clearForMs: 20_000, isAbove: true };
const AT_ONCE: AlertInput = { forMs: 0, clearForMs: 0, isAbove: true };

/** What a window is to a rule with hysteresis: bad, clear, or between the two. */
const KINDS = {
  b: { holds: true, clears: false, value: 9 },
  B: { holds: true, clears: false, value: 12 },
  m: { holds: false, clears: false, value: 5 },
  c: { holds: false, clears: true, value: 1 },
  n: { holds: false, clears: true, value: null },
} as const;
type Kind = keyof typeof KINDS;
const ALL_KINDS: readonly Kind[] = ['b', 'B', 'm', 'c', 'n'];

/** Runs an alert over windows of 10 s, the first of them with number `first`; what it emitted, and how it stands. */
function run(input: AlertInput, kinds: readonly Kind[], first = 0, from?: Snapshot<unknown>) {
  const alert = createActor(alertMachine, from === undefined ? { input } : { input, snapshot: from });
  const emitted: AlertEmitted[] = [];
  alert.on('*', (event) => emitted.push(event));
  alert.start();
  const states = kinds.map((kind, index) => {
    const startAt = (first + index) * WIDTH_MS;
    alert.send({ type: 'window.closed', startAt, endAt: startAt + WIDTH_MS, ...KINDS[kind] });
    return alert.getSnapshot().value;
  });
  const saved = JSON.parse(JSON.stringify(alert.getPersistedSnapshot())) as Snapshot<unknown>;
  return { emitted, states, snapshot: alert.getSnapshot(), saved };
}

const kindsOf = (text: string): Kind[] => text.split('') as Kind[]; // written with the letters of KINDS
const fired = (at: number, since: number, value: number | null): AlertEmitted => ({
  type: 'alert.fired',
  at,
  since,
  value,
});

describe('machines/alert', () => {
  const stories: readonly [string, AlertInput, string, string][] = [
    ['stays ok while nothing is wrong', TWO, 'cmn', 'ok ok ok'],
    ['is pending until the condition held long enough', TWO, 'bb', 'pending firing'],
    ['begins anew after a break', TWO, 'bmbb', 'pending ok pending firing'],
    ['fires at once where nothing is to be waited for', AT_ONCE, 'b', 'firing'],
    [
      'resolves after it was clear long enough, and is ok with the next window',
      TWO,
      'bbccc',
      'pending firing firing resolved ok',
    ],
    ['is not resolved between the thresholds', TWO, 'bbcmcmm', 'pending firing firing firing firing firing firing'],
    ['takes no value for clear', TWO, 'bbnn', 'pending firing firing resolved'],
    ['may go from resolved to pending', TWO, 'bbccb', 'pending firing firing resolved pending'],
    ['may go from resolved to firing', AT_ONCE, 'bcb', 'firing resolved firing'],
  ];
  for (const [title, input, kinds, states] of stories) {
    it(title, () => {
      expect(run(input, kindsOf(kinds)).states.join(' ')).to.equal(states);
    });
  }

  it('tells when it fired and resolved, since when, and the worst value from the beginning on', () => {
    expect(run(TWO, kindsOf('cbBbccbb')).emitted).to.deep.equal([
      fired(30_000, 10_000, 12),
      { type: 'alert.resolved', at: 60_000, since: 10_000, firedAt: 30_000, worst: 12, worstAt: 30_000 },
      fired(80_000, 60_000, 9),
    ]);
  });

  it('takes the smallest value for the worst where small ones are bad', () => {
    const { context } = run({ ...TWO, isAbove: false }, kindsOf('Bbb')).snapshot;

    expect([context.worst, context.worstAt]).to.deep.equal([9, 20_000]);
  });

  /** What happens, told by the runs of windows: no machine, no state but three numbers. */
  function byHand({ forMs, clearForMs }: AlertInput, kinds: readonly Kind[]): string[] {
    const told: string[] = [];
    let [isFiring, held, clear] = [false, 0, 0];
    kinds.forEach((kind, index) => {
      held = KINDS[kind].holds ? held + 1 : 0;
      clear = KINDS[kind].clears ? clear + 1 : 0;
      if (!isFiring && held > 0 && held * WIDTH_MS >= forMs) told.push(`fired ${index}`);
      else if (isFiring && clear > 0 && clear * WIDTH_MS >= clearForMs) told.push(`resolved ${index}`);
      else return;
      [isFiring, held, clear] = [!isFiring, 0, 0];
    });
    return told;
  }

  const anyTimeMs = fc.integer({ min: 0, max: 45_000 });
  const anyInput = fc.record({ forMs: anyTimeMs, clearForMs: anyTimeMs, isAbove: fc.boolean() });
  const anyKinds = fc.array(fc.constantFrom(...ALL_KINDS), { maxLength: 40 });

  it('fires and resolves in turn, as counting windows by hand does', () => {
    fc.assert(
      fc.property(anyInput, anyKinds, (input, kinds) => {
        const told = run(input, kinds).emitted.map(({ type, at }) => `${type.slice(6)} ${at / WIDTH_MS - 1}`);

        expect(told).to.deep.equal(byHand(input, kinds));
      }),
    );
  });

  it('changes its state when it is due, and not before, where all windows are like the last', () => {
    fc.assert(
      fc.property(anyInput, anyKinds, fc.constantFrom(...ALL_KINDS), (input, kinds, last) => {
        const before = run(input, [...kinds, last]);
        const due = dueAt(before.snapshot.value, before.snapshot.context);
        const then = run(
          input,
          Array.from({ length: 8 }, () => last),
          kinds.length + 1,
          before.saved,
        );

        const [next] = then.emitted.map(({ at }) => at);
        expect(next ?? null).to.equal(due === null ? null : Math.ceil(due / WIDTH_MS) * WIDTH_MS);
      }),
    );
  });

  it('is idle exactly where a window leaves it as it is', () => {
    fc.assert(
      fc.property(anyInput, anyKinds, fc.constantFrom(...ALL_KINDS), (input, kinds, next) => {
        const before = run(input, kinds);
        const startAt = kinds.length * WIDTH_MS;
        const event = { type: 'window.closed', startAt, endAt: startAt + WIDTH_MS, ...KINDS[next] } as const;
        const after = run(input, [next], kinds.length, before.saved);

        const isSame = JSON.stringify(after.saved) === JSON.stringify(before.saved);
        expect(isIdle(before.snapshot.value, before.snapshot.context, event)).to.equal(isSame);
      }),
      { numRuns: 500 },
    );
  });

  it('goes on alike from a snapshot that was saved at any window', () => {
    fc.assert(
      fc.property(anyInput, anyKinds, fc.nat(40), (input, kinds, step) => {
        const whole = run(input, kinds);
        const first = run(input, kinds.slice(0, step));
        const second = run(AT_ONCE, kinds.slice(step), step, first.saved); // what it is made for is in the snapshot

        expect([...first.emitted, ...second.emitted]).to.deep.equal(whole.emitted);
        expect(second.saved).to.deep.equal(whole.saved);
      }),
    );
  });

  /** Events of a model: windows of which the next follows the last need a clock, so each is a window of 20 s anew. */
  const events = ALL_KINDS.map(
    (kind) => ({ type: 'window.closed', startAt: 0, endAt: 10_000, ...KINDS[kind] }) as const,
  );
  const late = events.map((event) => ({ ...event, startAt: 10_000, endAt: 20_000 }));
  const modelled = { events: [...events, ...late], input: TWO, limit: 20_000 };

  it('reaches each of its states, and no other, by model', () => {
    const states = getShortestPaths(alertMachine, modelled).map(({ state }) => state.value);

    expect([...new Set(states)].sort()).to.deep.equal(['firing', 'ok', 'pending', 'resolved']);
  });

  it('agrees with its test model on every path, and remembers nothing where it is ok', async () => {
    const forgotten = { heldSince: null, firedAt: null, clearSince: null, worst: null, worstAt: null };
    const model = createTestModel(alertMachine);
    const paths = model.getShortestPaths(modelled);
    const seen: string[] = [];
    const check = ({ value, context }: SnapshotFrom<typeof alertMachine>): void => {
      seen.push(value);
      const isCalm = value === 'ok' || value === 'resolved';
      if (isCalm) expect(context).to.deep.equal({ ...TWO, ...forgotten });
      expect(context.firedAt !== null).to.equal(value === 'firing');
      expect(context.heldSince !== null).to.equal(!isCalm);
    };

    for (const path of paths) {
      await path.test({ states: { ok: check, pending: check, firing: check, resolved: check } });
    }
    expect(seen.length).to.be.greaterThan(20);
  });
});

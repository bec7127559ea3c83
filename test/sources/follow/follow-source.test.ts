import { appendFileSync, mkdirSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Chunk, ChunkSpan } from '../../../src/domain/chunk.js';
import type { ChunkReport } from '../../../src/domain/chunk-report.js';
import type { Fault } from '../../../src/domain/errors.js';
import type { FollowedStream } from '../../../src/domain/follow/followed-stream.js';
import { FollowSource } from '../../../src/sources/follow/follow-source.js';
import { Follower } from '../../../src/sources/follow/follower.js';
import { fileBytes } from '../../../src/threads/chunk-bytes.js';
import { ChunkScanner } from '../../../src/threads/chunk-scanner.js';
import { realMachine } from '../../support/follow-run.js';
import { inMode } from '../../support/long-mode.js';
import { SUMMARY_PLAN } from '../../support/plan-of.js';
import { useScratch } from '../../support/scratch.js';

const READ: Fault = { code: 'MR_ERR_CHUNK_READ', message: 'EIO' };
const DEATH: Fault = { code: 'MR_ERR_THREAD_EXIT', message: 'it died' };
const HOOKS = { onLine: () => undefined, onInjected: () => undefined, poison: null, onPoison: () => undefined };
const CHUNK_BYTES = 120;

/** What Coordinator, Workers and Watcher do with the source, step by step. */
class Driver {
  readonly source: FollowSource;
  readonly follower: Follower;
  /** Cut and neither given back nor settled. */
  open: Chunk[] = [];
  /** Those of which the result is in: they fail no more. */
  readonly taken = new Set<string>();
  readonly settled: string[] = [];
  readonly rows = new Map<string, FollowedStream>();
  counted = 0;
  readonly lost: string[] = [];
  landed = 0;
  readonly #scanner = new ChunkScanner(SUMMARY_PLAN, HOOKS);
  readonly #machine = realMachine();
  #lastId = 0;

  constructor(root: string) {
    this.follower = new Follower(
      this.#machine,
      {
        roots: [root],
        kindOf: () => 'log',
        from: 'start',
        rotateWaitMs: 0,
        maxChunkBytes: CHUNK_BYTES,
        maxDescriptors: 10,
      },
      [],
    );
    this.source = new FollowSource({
      follower: this.follower,
      rows: [],
      plans: new Map(),
      formats: ['plain'],
      timezone: 'UTC',
      onLanded: () => {
        this.landed += 1;
      },
    });
  }

  scan(): void {
    this.#machine.pass(2000);
    for (const row of this.source.scan().rows) this.rows.set(row.key, row);
  }

  cut(): Chunk | null {
    const step = this.source.next();
    if (step.type !== 'chunk') return null;
    const chunk = this.#named(step.span);
    this.open.push(chunk);
    return chunk;
  }

  read(chunk: Chunk): ChunkReport {
    const plan = this.source.planOf(chunk.file);
    const task = { chunk, attempt: 1, mode: 'parse', injected: null } as const;
    return this.#scanner.scan(task, plan, fileBytes(this.source.descriptorOf(chunk.file) ?? -1, plan, chunk));
  }

  take(chunk: Chunk): void {
    if (this.source.descriptorOf(chunk.file) === null) this.giveUp(chunk, READ);
    else this.source.take(chunk, this.read(chunk));
    this.taken.add(chunk.id);
    this.land();
  }

  giveUp(chunk: Chunk, fault: Fault): void {
    this.open = this.open.filter(({ id }) => id !== chunk.id);
    this.source.giveUp(chunk, fault);
    this.land();
  }

  /** Replaces a chunk by two. */
  split(chunk: Chunk, at: number): readonly Chunk[] {
    const parts = [this.#named({ ...chunk, end: at }), this.#named({ ...chunk, start: at })];
    this.open = [...this.open.filter(({ id }) => id !== chunk.id), ...parts];
    return parts;
  }

  land(): void {
    for (const landing of this.source.takeLandings()) {
      for (const chunk of landing.chunks) {
        this.settled.push(chunk.id);
        this.open = this.open.filter(({ id }) => id !== chunk.id);
        this.source.settle(chunk);
      }
      if (landing.type === 'void') continue;
      const before = this.rows.get(landing.row.key);
      let at = before?.generation === landing.generation ? before.offset : 0;
      for (const piece of landing.pieces) {
        const [from, to] =
          piece.type === 'read' ? [piece.report.readFrom, piece.report.readTo] : [piece.range.start, piece.range.end];
        expect(from).to.equal(at);
        at = to;
        if (piece.type === 'read') this.counted += piece.report.account.totalLines();
        else this.lost.push(piece.fault.code);
      }
      expect(landing.row.offset).to.equal(at);
      this.rows.set(landing.row.key, landing.row);
      this.source.committed(landing.row.key);
    }
  }

  #named(span: ChunkSpan): Chunk {
    this.#lastId += 1;
    return { ...span, id: String(this.#lastId) };
  }
}

const lineOf = (number: number): string =>
  `2024-01-24 10:15:32.${String(number % 1000).padStart(3, '0')} INFO line ${number}\n`;

describe('sources/follow/follow-source', () => {
  const { path: scratch } = useScratch();
  let driver: Driver;
  let runs = 0;
  afterEach(() => driver.follower.close());

  /** A path in the directory of the run at hand. */
  const path = (name = ''): string => scratch(`${runs}/${name}`);

  function start(lines: number): Driver {
    runs += 1;
    mkdirSync(path());
    writeFileSync(path('app.log'), Array.from({ length: lines }, (_, index) => lineOf(index)).join(''));
    driver = new Driver(path());
    driver.scan();
    driver.scan();
    return driver;
  }

  /** Cuts all that there is. */
  function cutAll(): readonly Chunk[] {
    const chunks: Chunk[] = [];
    for (let chunk = driver.cut(); chunk !== null; chunk = driver.cut()) chunks.push(chunk);
    return chunks;
  }

  it('lands what is in once all before it is in', () => {
    start(9);
    const [first, second, third] = cutAll() as [Chunk, Chunk, Chunk];
    const counted = [third, second, first].map((chunk) => {
      driver.take(chunk);
      return driver.counted;
    });

    expect(counted).to.deep.equal([0, 0, 9]);
    expect(driver.settled).to.deep.equal([first.id, second.id, third.id]);
  });

  it('has what cannot be read cut again, with all behind it, and settles those at once', () => {
    start(9);
    const [first, second, third] = cutAll() as [Chunk, Chunk, Chunk];
    driver.take(third);
    driver.giveUp(first, READ);
    const settled = [...driver.settled];
    driver.scan();
    const again = cutAll();
    for (const chunk of [second, ...again]) driver.take(chunk);

    expect(settled).to.deep.equal([third.id]);
    expect([again.length, driver.counted, driver.open]).to.deep.equal([3, 9, []]);
  });

  it('lands a line that kills whoever reads it as lost, also where nothing else is in', () => {
    start(1);
    const [chunk] = cutAll() as [Chunk];
    driver.giveUp(chunk, DEATH);

    expect([driver.counted, driver.lost, driver.landed]).to.deep.equal([0, ['MR_ERR_THREAD_EXIT'], 1]);
    expect([...driver.rows.values()].map(({ offset }) => offset)).to.deep.equal([lineOf(0).length]);
  });

  it('does not count what was read of a file that was truncated and written anew meanwhile', () => {
    start(2);
    const [chunk] = cutAll() as [Chunk];
    const report = driver.read(chunk);
    truncateSync(path('app.log'));
    appendFileSync(path('app.log'), [7, 8, 9].map(lineOf).join(''));
    driver.source.take(chunk, report);
    driver.land();
    driver.scan();
    for (const next of cutAll()) driver.take(next);

    expect([driver.counted, driver.settled.length, driver.open]).to.deep.equal([3, 2, []]);
  });

  it('is drained once all that was cut is settled', async () => {
    start(6);
    const [first, second] = cutAll() as [Chunk, Chunk];
    let isDrained = false;
    const drained = driver.source.stop().then(() => {
      isDrained = true;
    });
    driver.take(first);
    await Promise.resolve();
    const between = isDrained;
    driver.take(second);
    await drained;

    expect([between, isDrained, driver.source.next()]).to.deep.equal([false, true, { type: 'drained' }]);
  });

  it('counts each line once and settles each chunk once, whatever comes back in which order, twice, in parts or not at all', () => {
    const anyStep = fc.record({
      what: fc.constantFrom('append', 'rename', 'scan', 'cut', 'take', 'take', 'again', 'split', 'fail'),
      which: fc.nat(1000),
      much: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 10, maxLength: 60 }), (steps) => {
        start(3);
        let lines = 3;
        let renames = 0;
        for (const { what, which, much } of steps) {
          const chunk = driver.open[which % Math.max(1, driver.open.length)];
          if (what === 'append') {
            for (let count = 0; count < much; count += 1) appendFileSync(path('app.log'), lineOf((lines += 1)));
          } else if (what === 'rename') {
            renames += 1;
            renameSync(path('app.log'), path(`app.log.${renames}`));
            writeFileSync(path('app.log'), lineOf((lines += 1)));
          } else if (what === 'scan') driver.scan();
          else if (what === 'cut') driver.cut();
          else if (chunk === undefined) continue;
          else if (what === 'take') driver.take(chunk);
          else if (driver.taken.has(chunk.id)) continue;
          else if (what === 'fail') driver.giveUp(chunk, READ);
          else if (what === 'again') for (let count = 0; count < 2; count += 1) driver.take(chunk);
          else if (chunk.end - chunk.start > 1)
            driver.take(
              driver.split(chunk, chunk.start + 1 + (which % (chunk.end - chunk.start - 1)))[much % 2] as Chunk,
            );
        }
        for (let round = 0; round < 6 || (round < 50 && driver.follower.backlogBytes > 0); round += 1) {
          driver.scan();
          cutAll();
          for (const chunk of driver.open) driver.take(chunk);
        }
        const found = [driver.counted, driver.open.length, new Set(driver.settled).size === driver.settled.length];
        driver.follower.close();

        expect(found).to.deep.equal([lines, 0, true]);
      }),
      { numRuns: inMode(40, 2000) },
    );
  }).timeout(inMode(20_000, 600_000));
});

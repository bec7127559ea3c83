/** Faults of files: those of RELIABILITY.md that are the follower's and are not a matter of rotation. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, truncateSync } from 'node:fs';
import { expect } from 'chai';
import { SEARCH_BYTES } from '../../../src/sources/follow/cut-growth.js';
import { NODE_FILES } from '../../../src/sources/follow/follow-files.js';
import { FollowRun, realMachine } from '../../support/follow-run.js';
import { inMode } from '../../support/long-mode.js';
import { useScratch } from '../../support/scratch.js';

const MIB = 1024 * 1024;

describe('sources/follow faults', function () {
  this.timeout(inMode(10_000, 60_000));
  const { path, write } = useScratch();
  let run: FollowRun;
  let bytesRead = 0;
  beforeEach(() => (bytesRead = 0));
  afterEach(() => run.follower.close());

  /** A follower of the scratch directory of which what it reads is counted. */
  function startCounting(options: ConstructorParameters<typeof FollowRun>[1] = {}): void {
    const read: typeof NODE_FILES.read = (descriptor, target, position) => {
      const count = NODE_FILES.read(descriptor, target, position);
      bytesRead += count;
      return count;
    };
    run = new FollowRun(path(), options, realMachine({ ...NODE_FILES, read }));
  }

  for (const code of ['EIO', 'ESTALE']) {
    for (const call of ['read', 'statOpen', 'open'] as const) {
      it(`reads on where ${call} failed with ${code} for a while, and leaves no file open`, () => {
        let isBroken = false;
        const breakable = <Args extends unknown[], Value>(action: (...args: Args) => Value) => {
          return (...args: Args): Value => {
            if (isBroken) throw Object.assign(new Error(code), { code });
            return action(...args);
          };
        };
        write('app.log', 'one\n');
        const files = { ...NODE_FILES, [call]: breakable(NODE_FILES[call] as (...args: unknown[]) => unknown) };
        run = new FollowRun(path(), {}, realMachine(files));
        run.follow();
        run.crash();
        isBroken = true;
        appendFileSync(path('app.log'), 'two\n');
        write('new.log', 'three\n');
        run.step();
        run.wait(2000);
        run.step();
        const broken = run.follower.openFiles;
        isBroken = false;
        run.wait(30_000);
        run.follow();

        expect(broken).to.equal(0);
        expect(run.lines.sort()).to.deep.equal(['one', 'three', 'two']);
        expect([...run.follower.passedOver.unreadable]).to.deep.equal([]);
        expect(run.gaps).to.deep.equal([]);
      });
    }
  }

  it('searches a long line for its end once, a part in each scan', () => {
    const size = inMode(150, 600) * MIB;
    startCounting();
    write('app.log', 'one\n');
    truncateSync(path('app.log'), size);
    const chunks: (readonly [number, number])[] = [];
    const most = stepAll(size / SEARCH_BYTES + 3, chunks);
    appendFileSync(path('app.log'), '\ntwo\n');
    stepAll(2, chunks);

    expect(chunks).to.deep.equal([
      [0, 4],
      [4, size + 1],
      [size + 1, size + 5],
    ]);
    expect(most).to.be.below(SEARCH_BYTES + MIB);
    expect(bytesRead).to.be.below(size + MIB);
  });

  for (const from of ['start', 'end'] as const) {
    it(`does not read a sparse file of a tebibyte as one line (from ${from})`, () => {
      write('app.log', 'one\n');
      truncateSync(path('app.log'), 2 ** 40);
      startCounting({ from });
      run.step();
      run.read();

      expect(run.lines).to.deep.equal(from === 'start' ? ['one'] : []);
      expect(bytesRead).to.be.below(SEARCH_BYTES + MIB);
    });
  }

  /** Steps and cuts; the most bytes that one step read. */
  function stepAll(steps: number, chunks: (readonly [number, number])[]): number {
    let most = 0;
    for (let step = 0; step < steps; step += 1) {
      const before = bytesRead;
      run.step();
      for (let chunk = run.follower.next(); chunk !== null; chunk = run.follower.next()) {
        chunks.push([chunk.start, chunk.end]);
      }
      most = Math.max(most, bytesRead - before);
    }
    return most;
  }

  it('takes a file that sed replaced for another one', () => {
    write('app.log', 'one\ntwo\n');
    startCounting();
    run.follow();
    execFileSync('sed', ['-i', 's/one/1/', path('app.log')]);
    run.follow();

    expect(run.lines).to.deep.equal(['one', 'two', '1', 'two']);
  });

  it('counts many files that appear at once, with few open at a time', () => {
    const count = inMode(1000, 10_000);
    startCounting({ maxDescriptors: 64 });
    run.step();
    for (let number = 0; number < count; number += 1)
      write(`${number % 10}/${number}.log`, `all of them begin alike ${number}\n`);
    run.follow();

    expect(run.lines.sort()).to.deep.equal(
      [...Array(count).keys()].map((number) => `all of them begin alike ${number}`).sort(),
    );
    expect(run.follower.openFiles).to.be.at.most(64);
  });
});

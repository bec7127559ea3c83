import { chmodSync, closeSync, fstatSync, readdirSync, renameSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { byteStringOf } from '../../src/domain/byte-string.js';
import { hash32 } from '../../src/domain/hash.js';
import { discover } from '../../src/sources/discover.js';
import { type PlannedJob, planJob, seedOf } from '../../src/sources/plan-job.js';
import { asNobody } from '../support/as-nobody.js';
import { useScratch } from '../support/scratch.js';

const OPTIONS = { formats: ['plain'], timezone: 'Europe/Berlin', startedAt: 1_700_000_000_000 };

describe('sources/plan-job', () => {
  const { path, write, fifo } = useScratch();
  const jobs: PlannedJob[] = [];

  /** Plans what the names stand for, after `meanwhile` happened to what was found. */
  function plan(names: readonly string[], meanwhile: () => void = () => undefined): PlannedJob {
    const found = discover(names);
    meanwhile();
    const job = planJob(found, OPTIONS);
    jobs.push(job);
    return job;
  }

  function messages({ failures }: PlannedJob): string[] {
    return failures.map(({ error }) => error.message);
  }

  afterEach(() => {
    for (const job of jobs.splice(0)) closeAll(job);
  });

  it('fixes of a file its size, seed and reference instant', () => {
    const content = 'x'.repeat(5000);
    write('app.log', content);
    utimesSync(path('app.log'), 1000, 2000.5);

    const { plans, inputs, failures, passedOver } = plan([path('app.log')]);

    expect(plans).to.deep.equal([
      {
        index: 0,
        path: path('app.log'),
        startsAt: 0,
        sizeBytes: 5000,
        seed: hash32(byteStringOf(Buffer.from(content.slice(0, 1024)))),
        formats: ['plain'],
        timezone: 'Europe/Berlin',
        referenceAt: 2_000_500,
        endPolicy: 'final',
      },
    ]);
    expect(inputs.map(({ kind }) => kind)).to.deep.equal(['file']);
    expect({ failures, passedOver }).to.deep.equal({ failures: [], passedOver: [] });
  });

  it('plans a FIFO as a stream of the start of the job, without opening it', () => {
    const { plans, inputs } = plan([fifo('pipe')]);

    expect(plans).to.deep.equal([
      {
        index: 0,
        path: path('pipe'),
        startsAt: 0,
        sizeBytes: null,
        seed: 0,
        formats: ['plain'],
        timezone: 'Europe/Berlin',
        referenceAt: 1_700_000_000_000,
        endPolicy: 'final',
      },
    ]);
    expect(inputs.map(({ kind }) => kind)).to.deep.equal(['stream']);
  });

  it('gives the same seed to the same first KiB', () => {
    expect(seedOf(Buffer.alloc(2000, 'a'))).to.equal(seedOf(Buffer.alloc(1024, 'a')));
    expect(seedOf(Buffer.alloc(1024, 'a'))).not.to.equal(seedOf(Buffer.alloc(1023, 'a')));
  });

  it('numbers the readable inputs without a gap, in byte order', () => {
    for (const name of ['b.log', 'a.log', 'c.log']) write(name, name);
    write('aa', gzipSync('x'));

    const { plans } = plan(['c.log', 'aa', 'b.log', 'a.log'].map((name) => path(name)));

    expect(plans.map((each) => [each.index, each.path])).to.deep.equal([
      [0, path('a.log')],
      [1, path('b.log')],
      [2, path('c.log')],
    ]);
  });

  it('lists a binary that was named, and passes over one that was found', () => {
    write('app.log', 'x');
    write('old.log', gzipSync('x'));
    const what = 'is no text log but a gzip file: try zcat FILE | millrace analyze -';

    const named = plan([path('app.log'), path('old.log')]);
    const found = plan([path()]);

    expect(messages(named)).to.deep.equal([`${path('old.log')} ${what}`]);
    expect(messages(found)).to.deep.equal([]);
    expect(found.passedOver).to.deep.equal([{ path: path('old.log'), why: `it ${what}` }]);
  });

  it('lists a binary that was found where there is nothing else', () => {
    write('old.log', gzipSync('x'));

    expect(messages(plan([path()]))).to.deep.equal([
      `${path('old.log')} is no text log but a gzip file: try zcat FILE | millrace analyze -`,
    ]);
  });

  it('lists files that may not be read, or vanished meanwhile', () => {
    for (const name of ['app.log', 'closed.log', 'gone.log']) write(name, 'x');
    chmodSync(path('closed.log'), 0);

    const found = discover([path()]);
    rmSync(path('gone.log'));
    const job = asNobody(() => planJob(found, OPTIONS));
    jobs.push(job);

    expect(messages(job)).to.deep.equal([
      `Cannot read ${path('closed.log')}: permission denied`,
      `Cannot read ${path('gone.log')}: it does not exist any more`,
    ]);
    expect(job.plans.map((each) => each.path)).to.deep.equal([path('app.log')]);
  });

  it('opens neither a FIFO nor a link that took the place of a file that was found', () => {
    write('fifo.log', 'x');
    write('link.log', 'x');
    write('secret', 'x');

    const job = plan([path()], () => {
      rmSync(path('fifo.log'));
      fifo('fifo.log');
      rmSync(path('link.log'));
      symlinkSync(path('secret'), path('link.log'));
    });

    expect(messages(job)).to.deep.equal([
      `Cannot read ${path('fifo.log')}: it was replaced meanwhile`,
      `Cannot read ${path('link.log')}: too many symbolic links`,
    ]);
    expect(job.plans).to.deep.equal([]);
  });

  it('reads on in the file that it planned, whatever gets its name', () => {
    write('app.log', 'before');
    write('new.log', 'after!!');

    const { inputs } = plan([path('app.log')]);
    renameSync(path('new.log'), path('app.log'));

    const [input] = inputs;
    expect(input?.kind === 'file' && input.descriptor !== null && fstatSync(input.descriptor).size).to.equal(6);
  });

  it('keeps 256 files open and plans any number', () => {
    for (let index = 0; index < 300; index += 1) write(`${index}.log`, 'x');

    const { inputs, plans } = plan([path()]);

    expect(plans).to.have.length(300);
    expect(inputs.filter((input) => input.kind === 'file' && input.descriptor !== null)).to.have.length(256);
  });

  it('leaves no descriptor open behind what it refuses', () => {
    write('old.log', gzipSync('x'));
    const before = readdirSync('/proc/self/fd').length;

    plan([path('old.log')]);

    expect(readdirSync('/proc/self/fd').length).to.equal(before);
  });

  it('reads the files of /proc, which state no size, as streams, and says which cannot be read', () => {
    const { plans, failures } = plan(['/proc/self/status', '/proc/self/mem']);

    expect(plans.map((each) => [each.path, each.sizeBytes])).to.deep.equal([['/proc/self/status', null]]);
    expect(failures.map(({ error }) => error.message)).to.deep.equal([
      'Cannot read /proc/self/mem: input/output error',
    ]);
  });
});

function closeAll({ inputs }: PlannedJob): void {
  for (const input of inputs) if (input.kind === 'file' && input.descriptor !== null) closeSync(input.descriptor);
}

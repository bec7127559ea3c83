import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { logLines } from '../support/log-lines.js';
import { runMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

describe('integration: the own log', () => {
  const { path, write } = useScratch();

  async function logOf(args: readonly string[]): Promise<LogLine[]> {
    const { stderr } = await runMillrace(['analyze', ...args]);
    return stderr
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as LogLine); // written by the log
  }

  it('is empty off a terminal where nothing is wrong', async () => {
    const file = write('app.log', logLines(100));

    for (const form of [[], ['--json'], ['--csv']]) expect(await logOf([file, ...form])).to.deep.equal([]);
    expect(await logOf([file, '--chaos', 'crash=0.5,seed=1'])).to.deep.equal([]);
  });

  it('tells as debug of every actor, each line an object', async () => {
    const file = write('app.log', logLines(100));

    const lines = await logOf([file, '--log-level', 'debug']);

    const births = lines.filter(({ message }) => message === 'Actor spawned').map((line) => String(line['path']));
    const ends = lines.filter(({ message }) => message === 'Actor stopped').map((line) => String(line['path']));
    expect(births.filter((actor) => !actor.includes('worker-'))).to.deep.equal([
      '/supervisor',
      '/supervisor/analyzer',
      '/supervisor/coordinator',
    ]);
    expect(births.some((actor) => actor.startsWith('/supervisor/coordinator/worker-'))).to.equal(true);
    expect([...ends].sort()).to.deep.equal([...births].sort());
  });

  it('tells as info of Workers that crash and of files that are passed over, as warning of those that are missing', async () => {
    write('logs/app.log', logLines(100));
    write('logs/old.log.gz', gzipSync('x'));
    const args = [path('logs'), path('nope'), '--chaos', 'crash=1', '--log-format', 'json'];

    const lines = await logOf([...args, '--log-level', 'info']);
    const warnings = await logOf([...args, '--log-level', 'warn']);

    const crashes = lines.filter(({ message }) => message === 'Actor crashed');
    expect(crashes.map(({ error }) => error)).to.deep.equal(
      [1, 2, 3].map((attempt) => ({
        code: 'MR_ERR_CHAOS_CRASH',
        message: `Chaos: the attempt ${attempt} at byte 0 was made to fail`,
      })),
    );
    expect(lines.find(({ message }) => message === 'Input passed over')).to.include({
      level: 'info',
      path: path('logs/old.log.gz'),
      reason: 'it is compressed',
    });
    expect(warnings.map(({ level, message, error }) => ({ level, message, error }))).to.deep.equal([
      {
        level: 'warn',
        message: 'Input not readable',
        error: {
          code: 'MR_ERR_INPUT_MISSING',
          message: `${path('nope')} does not exist; check the name, or quote the pattern if it is one`,
        },
      },
    ]);
  });
});

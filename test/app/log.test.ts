import { expect } from 'chai';
import type { Log, LogOptions } from '../../src/app/log.js';
import { failure } from '../../src/domain/errors.js';
import { startNode } from '../support/run-millrace.js';

const LOG = new URL('../../src/app/log.js', import.meta.url).href;
const ERRORS = new URL('../../src/domain/errors.js', import.meta.url).href;

/** Lines that a log of these options writes to standard error while `use` runs, in a process of its own. */
async function linesOf(options: LogOptions, use: (log: Log, fail: typeof failure) => void): Promise<string[]> {
  const script = `
    import { openLog } from '${LOG}';
    import { failure } from '${ERRORS}';
    (${use.toString()})(openLog(${JSON.stringify(options)}), failure);`;
  const { code, stdout, stderr } = await startNode(['--input-type=module', '--eval', script]).done;
  expect([code, stdout]).to.deep.equal([0, '']);
  return stderr.split('\n').slice(0, -1);
}

/** A line as data, its time checked and taken off. */
function dataOf(line: string): unknown {
  const { timestamp, ...rest } = JSON.parse(line) as { timestamp: string }; // written by the log
  expect(new Date(timestamp).toISOString()).to.equal(timestamp);
  return rest;
}

describe('app/log', () => {
  it('writes one JSON object for each call, all to standard error', async () => {
    const lines = await linesOf({ level: 'debug', format: 'json' }, (log) => {
      log.error('First', { count: 1 });
      log.warn('Second', { path: 'a\nb\u001b[31m' });
      log.info('Third', { nested: { list: [1, null] } });
      log.debug('Fourth');
    });

    expect(lines.map(dataOf)).to.deep.equal([
      { level: 'error', message: 'First', count: 1 },
      { level: 'warn', message: 'Second', path: 'a\nb\u001b[31m' },
      { level: 'info', message: 'Third', nested: { list: [1, null] } },
      { level: 'debug', message: 'Fourth' },
    ]);
  });

  it('keeps what an error says, whatever was thrown and whatever the field is called', async () => {
    const lines = await linesOf({ level: 'info', format: 'json' }, (log, fail) => {
      log.error('Ours', { error: fail('MR_ERR_THREAD_EXIT', [3]) });
      log.error('Foreign', { error: new TypeError('no such thing') });
      log.error('A text', { error: 'just text' });
      log.error('Nothing', { error: undefined });
      log.error('A fault', { error: { code: 'MR_ERR_CHUNK_READ', message: 'as data' } });
      log.error('Elsewhere', { cause: new Error('deep') });
    });

    expect(lines.map(dataOf)).to.deep.equal([
      {
        level: 'error',
        message: 'Ours',
        error: { code: 'MR_ERR_THREAD_EXIT', message: 'A scan thread exited with code 3' },
      },
      {
        level: 'error',
        message: 'Foreign',
        error: { code: 'MR_ERR_UNEXPECTED', message: 'Unexpected: TypeError: no such thing' },
      },
      { level: 'error', message: 'A text', error: { code: 'MR_ERR_UNEXPECTED', message: 'Unexpected: just text' } },
      { level: 'error', message: 'Nothing', error: { code: 'MR_ERR_UNEXPECTED', message: 'Unexpected: undefined' } },
      { level: 'error', message: 'A fault', error: { code: 'MR_ERR_CHUNK_READ', message: 'as data' } },
      {
        level: 'error',
        message: 'Elsewhere',
        cause: { code: 'MR_ERR_UNEXPECTED', message: 'Unexpected: Error: deep' },
      },
    ]);
  });

  it('is cut off below its level', async () => {
    const lines = await linesOf({ level: 'warn', format: 'json' }, (log) => {
      log.error('Seen');
      log.warn('Seen, too');
      log.info('Not seen');
      log.debug('Not seen');
    });

    expect(lines).to.have.length(2);
  });

  it('is short and safe on a terminal', async () => {
    const lines = await linesOf({ level: 'info', format: 'pretty' }, (log) => {
      log.warn('Input not readable', { path: 'a\nb\u001b[31m.log', tries: 2, error: new Error('bad\u202e') });
    });

    expect(lines.map((line) => line.replace(/^\d\d:\d\d:\d\d\.\d{3} /, ''))).to.deep.equal([
      'warn  Input not readable path=a\\nb\\x1b[31m.log tries=2 error={"code":"MR_ERR_UNEXPECTED","message":"Unexpected: Error: bad\\u202e"}',
    ]);
  });
});

import { createHash } from 'node:crypto';
import { readFileSync, statSync, truncateSync } from 'node:fs';
import { expect } from 'chai';
import { logFile } from '../../bench/log-file.js';
import { writeDistinctLog } from '../../bench/make-distinct.js';
import { useScratch } from '../support/scratch.js';

const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('bench/log-file', () => {
  const scratch = useScratch();

  it('uses a log again that is there', () => {
    const first = logFile('mixed', 100_000, scratch.path());
    const { ino, mtimeMs } = statSync(first.path);

    expect(logFile('mixed', 100_000, scratch.path())).to.deep.equal(first);
    expect(statSync(first.path)).to.include({ ino, mtimeMs });
  });

  it('writes a log anew that was cut, with the same bytes', () => {
    const { path, bytes } = logFile('json', 100_000, scratch.path());
    const hash = hashOf(path);
    truncateSync(path, 5000);

    expect(logFile('json', 100_000, scratch.path()).bytes).to.equal(bytes);
    expect(hashOf(path)).to.equal(hash);
  });

  it('gives every line of the distinct log a path and a client of its own', () => {
    const path = scratch.path('distinct.log');
    writeDistinctLog(path, 50_001);

    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    const clients = new Set(lines.map((line) => line.split(' ')[0]));
    const paths = new Set(lines.map((line) => line.split(' ')[6]));
    expect([lines.length, clients.size, paths.size]).to.deep.equal([50_001, 50_001, 50_001]);
  });
});

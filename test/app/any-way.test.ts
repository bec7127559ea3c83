/** However the work is cut, ordered, repeated or made to fail, and wherever the bytes come from: one answer. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { SummaryReport } from '../../src/report/summary-report.js';
import { manyPaths, mixedLog, tenYears } from '../support/make-logs.js';
import { answerOf, runAnalysis } from '../support/run-analysis.js';

describe('app: any way gives the same answer', () => {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-any-way-'));

  after(() => rmSync(directory, { recursive: true }));

  function fileOf(name: string, content: string): string {
    const path = join(directory, name);
    writeFileSync(path, content, 'latin1');
    return path;
  }

  it('for any size of chunks, number of workers and chaos', async () => {
    const path = fileOf('mixed.log', mixedLog(3000, 11));
    const once = answerOf(await runAnalysis([path], { workers: '1', chunkBytes: 1 << 30 }));

    await fc.assert(
      fc.asyncProperty(
        fc.record({
          chunkBytes: fc.oneof(fc.integer({ min: 3000, max: 400_000 }), fc.constant(1 << 20)),
          workers: fc.integer({ min: 1, max: 4 }).map(String),
          chaos: fc.constantFrom(
            'seed=1',
            'crash=0.3',
            'exit=0.2',
            'slow=0.02,duplicate=0.6',
            'crash=0.2,exit=0.1,duplicate=0.2',
          ),
          seed: fc.nat({ max: 1000 }),
        }),
        async ({ chunkBytes, workers, chaos, seed }) => {
          const report = await runAnalysis([path], { chunkBytes, workers, chaos: `${chaos},seed=${seed}` });

          expect(answerOf(report)).to.deep.equal(once);
        },
      ),
      { numRuns: 12 },
    );
  }).timeout(60_000);

  it('with lines that kill their threads: just these are quarantined, wherever chunks begin and end', async () => {
    const path = fileOf('poison.log', mixedLog(1200, 9));
    const isPoison = (line: string): boolean => line.includes('Order 77');
    const poisoned = mixedLog(1200, 9).split('\n').filter(isPoison).length;
    const options = { chaos: 'poison=Order 77' };
    const once = await runAnalysis([path], { ...options, workers: '1', chunkBytes: 1 << 30 });

    for (const [chunkBytes, workers] of [
      [4000, '3'],
      [33_333, '2'],
    ] as const) {
      const report = await runAnalysis([path], { ...options, chunkBytes, workers });

      expect(answerOf(report)).to.deep.equal(answerOf(once));
      expect([report.quarantined, report.coverage.complete]).to.deep.equal([poisoned, true]);
    }
    expect(poisoned).to.be.greaterThan(3);
  }).timeout(60_000);

  for (const [name, content] of [
    ['200,000 paths, beyond what is counted exactly', () => manyPaths(200_000)],
    ['ten years, over which windows widen', () => tenYears(6000)],
  ] as const) {
    it(`for ${name}`, async () => {
      const path = fileOf('large.log', content());
      const once = await runAnalysis([path], { workers: '1', chunkBytes: 1 << 30 });

      const cut = await runAnalysis([path], {
        workers: '3',
        chunkBytes: 700_000,
        chaos: 'crash=0.2,duplicate=0.3,seed=5',
      });

      expect(answerOf(cut)).to.deep.equal(answerOf(once));
      expect(cut.coverage.complete).to.equal(true);
    }).timeout(60_000);
  }

  it('as a file and as a stream, through the ring of slots', async () => {
    const path = fileOf('stream.log', mixedLog(20_000, 3));
    const asFile = await runAnalysis([path], { chunkBytes: 200_000 });

    const asStream = await runPiped(path);

    expect(answerOf(asStream)).to.deep.equal(answerOf(asFile));
  }).timeout(30_000);

  it('but a digit that is changed in one line, wherever it stands, changes the digest', async () => {
    const content = mixedLog(200, 5);
    const before = await runAnalysis([fileOf('before.log', content)]);
    const digits = [...content.matchAll(/\d/g)].map(({ index }) => index);
    const places = Array.from({ length: 12 }, (_, step) => digits[Math.floor((step * digits.length) / 12)] ?? 0);

    const digests = new Set([before.coverage.digest]);
    for (const at of places) {
      const changed = `${content.slice(0, at)}${(Number(content[at]) + 1) % 10}${content.slice(at + 1)}`;
      digests.add((await runAnalysis([fileOf('after.log', changed)])).coverage.digest);
    }

    expect(digests.size).to.equal(places.length + 1);
  }).timeout(30_000);

  it('and the order of the files, or their names, changes nothing but the list of files', async () => {
    const parts = [mixedLog(500, 1), mixedLog(700, 2)];
    const there = parts.map((content, index) => fileOf(`a${index}.log`, content));
    const back = [...parts].reverse().map((content, index) => fileOf(`b${index}.log`, content));

    const [one, other] = [await runAnalysis(there), await runAnalysis(back)];

    expect(other.coverage.digest).to.equal(one.coverage.digest);
    expect(other.files.map(({ lines }) => lines)).to.deep.equal(one.files.map(({ lines }) => lines).reverse());
  }).timeout(30_000);
});

/** The command, with the file on its standard input in pieces of a pipe. */
function runPiped(path: string): Promise<SummaryReport> {
  const main = new URL('../../src/app/main.js', import.meta.url).pathname;
  const script = `cat "$0" | "$1" "$2" analyze - --json --timezone UTC --chunk-size 200000`;
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', script, path, process.execPath, main]);
    let output = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (part: string) => (output += part));
    child.on('error', reject);
    child.on('close', () => resolve(JSON.parse(output) as SummaryReport));
  });
}

import { expect } from 'chai';
import type { SummaryReport } from '../../src/report/summary-report.js';
import { runMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

const UUID = '550e8400-e29b-41d4-a716-446655440000';
const LOG = [`/users/1/orders/${UUID}?full=1`, '/users/2/orders/3', '/users/2/orders/3', 'https://host:443/a%2F5/v2']
  .map((target, second) => `10.0.0.1 - - [24/Jan/2024:10:15:0${second} +0000] "GET ${target} HTTP/1.1" 200 5\n`)
  .join('');

/** What a report says of paths, the most frequent first. */
interface Paths {
  readonly folding: SummaryReport['folding'];
  readonly top: readonly (readonly [key: string, count: number])[];
  readonly distinct: number | undefined;
  readonly digest: string | null;
}

describe('integration: folding of ids in paths', () => {
  const { write } = useScratch();

  async function pathsOf(...options: string[]): Promise<Paths> {
    const { stdout } = await runMillrace(['analyze', write('access.log', LOG), '--json', ...options]);
    const { folding, top, distinct, coverage } = JSON.parse(stdout) as SummaryReport; // written by ourselves
    const keys = top['path'] ?? [];
    return {
      folding,
      top: keys.map(({ key, count }) => [key, count]),
      distinct: distinct['path']?.estimate,
      digest: coverage.digest,
    };
  }

  it('counts routes unless it is switched off, and the digest tells which', async () => {
    const [{ digest, ...folded }, { digest: otherDigest, ...plain }] = [
      await pathsOf(),
      await pathsOf('--no-fold-ids'),
    ];

    expect([folded, plain]).to.deep.equal([
      {
        folding: 'ids',
        top: [
          ['/users/:id/orders/:id', 3],
          ['/a%2F5/v2', 1],
        ],
        distinct: 2,
      },
      {
        folding: 'none',
        top: [
          ['/users/2/orders/3', 2],
          ['/a%2F5/v2', 1],
          [`/users/1/orders/${UUID}`, 1],
        ],
        distinct: 3,
      },
    ]);
    expect(digest).to.not.equal(otherDigest);
  });

  it('has another digest for either, also where no path has an id', async () => {
    const log = write('app.log', '2024-01-24 10:15:32.123 INFO Request processed in 127ms\n');
    const digestOf = async (...options: string[]): Promise<string | undefined> =>
      /"digest": "(\w+)"/.exec((await runMillrace(['analyze', log, '--json', ...options])).stdout)?.[1];

    const digests = [await digestOf(), await digestOf('--no-fold-ids'), await digestOf()];

    expect(new Set(digests).size).to.equal(2);
    expect(digests[2]).to.equal(digests[0]);
  });

  it('says in the text report what :id stands for', async () => {
    const log = write('access.log', LOG);
    const note = '  :id stands for any id; --no-fold-ids counts each path as it is\n';

    const [folded, plain] = [await runMillrace(['analyze', log]), await runMillrace(['analyze', log, '--no-fold-ids'])];

    expect(folded.stdout)
      .to.match(/^\/users\/:id\/orders\/:id +3 /m)
      .and.to.include(note);
    expect(plain.stdout)
      .to.match(/^\/users\/2\/orders\/3 +2 /m)
      .and.to.not.include(':id');
  });
});

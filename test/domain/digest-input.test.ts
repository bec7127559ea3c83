import { expect } from 'chai';
import fc from 'fast-check';
import { Account } from '../../src/domain/account.js';
import { type DigestParts, digestInput } from '../../src/domain/digest-input.js';
import { Summary } from '../../src/domain/summary/summary.js';
import { encodeSummary } from '../../src/domain/summary/summary-codec.js';
import { anyAccountAction } from '../support/any-account.js';
import { entryOf } from '../support/any-entry.js';
import { SUMMARY_PLAN } from '../support/plan-of.js';

function accountOf(...bytes: number[]): Account {
  const account = new Account();
  for (const length of bytes) account.addParsed('plain', length);
  return account;
}

function parts(given: Partial<DigestParts> = {}): DigestParts {
  return {
    summary: encodeSummary(new Summary(SUMMARY_PLAN)),
    accounts: [accountOf(10), accountOf(20, 30)],
    timezone: 'UTC',
    windowMs: 60_000,
    formats: ['plain', 'json'],
    folding: 'ids',
    windowedKeys: [],
    ...given,
  };
}

const hexOf = (given: DigestParts): string => Buffer.from(digestInput(given)).toString('hex');

describe('domain/digest-input', () => {
  it('starts with its name', () => {
    expect([...digestInput(parts())].slice(0, 4)).to.deep.equal([3, 0x6d, 0x72, 0x31]);
  });

  it('does not see the order of files and formats', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyAccountAction), { maxLength: 6 }), (files) => {
        const accounts = files.map((actions) => {
          const account = new Account();
          for (const action of actions) action(account);
          return account;
        });

        expect(hexOf(parts({ accounts: accounts.toReversed(), formats: ['json', 'plain'] }))).to.equal(
          hexOf(parts({ accounts })),
        );
      }),
    );
  });

  const otherSummary = new Summary(SUMMARY_PLAN);
  otherSummary.add(entryOf({}), 1);
  const changes: Record<string, Partial<DigestParts>> = {
    'the summary': { summary: encodeSummary(otherSummary) },
    'the bytes of a file': { accounts: [accountOf(10), accountOf(20, 31)] },
    'the lines of a file': { accounts: [accountOf(10), accountOf(50)] },
    'which file holds a line': { accounts: [accountOf(10, 20), accountOf(30)] },
    'the number of files': { accounts: [accountOf(10), accountOf(20, 30), accountOf()] },
    'the zone': { timezone: 'Europe/Berlin' },
    'the width asked for': { windowMs: 1000 },
    'the formats': { formats: ['plain'] },
    'the folding': { folding: 'none' },
    'the dimensions of which keys are counted per window': { windowedKeys: ['path'] },
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`sees ${what}`, () => {
      expect(hexOf(parts(change))).to.not.equal(hexOf(parts()));
    });
  }
});

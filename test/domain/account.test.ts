import { expect } from 'chai';
import { Account, BYTE_CLASSES, LINE_CLASSES } from '../../src/domain/account.js';
import { ByteWriter } from '../../src/domain/byte-writer.js';
import { Counters } from '../../src/domain/counters.js';
import { Tally } from '../../src/domain/tally.js';
import { type AccountAction, anyAccountAction } from '../support/any-account.js';
import { bytesFrom, itIsCanonical, readAll } from '../support/merge-laws.js';

describe('domain/account', () => {
  itIsCanonical<AccountAction, Account>({
    item: anyAccountAction,
    maxItems: 30,
    empty: () => new Account(),
    add: (account, action) => action(account),
    merge: (target, source) => target.merge(source),
    encode: bytesFrom,
    decode: (bytes) => readAll(bytes, Account.decode),
  });

  it('puts every byte and every line in one class', () => {
    const account = new Account();
    account.addParsed('plain', 50);
    account.addParsed('java', 200, 3);
    account.addMalformed('no timestamp', 10);
    account.addMalformed('invalid JSON', 20);
    account.addMalformed('no timestamp', 30);
    account.addEmpty(1);
    account.addOversize(70_000);
    account.addQuarantined(40);
    account.addNul(4096);

    expect(LINE_CLASSES.map((lineClass) => [lineClass, account.lines(lineClass)])).to.deep.equal([
      ['parsed', 4],
      ['malformed', 3],
      ['empty', 1],
      ['oversize', 1],
      ['quarantined', 1],
    ]);
    expect(BYTE_CLASSES.map((byteClass) => [byteClass, account.bytes(byteClass)])).to.deep.equal([
      ['parsed', 250],
      ['malformed', 60],
      ['empty', 1],
      ['oversize', 70_000],
      ['quarantined', 40],
      ['nul', 4096],
    ]);
    expect([account.totalLines(), account.totalBytes()]).to.deep.equal([10, 74_447]);
    expect([...account.formats()]).to.deep.equal([
      ['java', 3],
      ['plain', 1],
    ]);
    expect([...account.reasons()]).to.deep.equal([
      ['no timestamp', 2],
      ['invalid JSON', 1],
    ]);
  });

  const contradictions = [
    { title: 'parsed lines without a format', line: 0, bytes: 9, message: 'formats do not add up to parsed lines' },
    { title: 'malformed lines without a reason', line: 1, bytes: 9, message: 'reasons do not add up' },
    { title: 'lines without bytes', line: 2, bytes: 0, message: 'empty lines without bytes' },
  ];
  for (const { title, line, bytes, message } of contradictions) {
    it(`refuses ${title}`, () => {
      const lines = new Counters(5);
      const byteCounts = new Counters(6);
      lines.add(line);
      byteCounts.add(line, bytes);
      const writer = new ByteWriter();
      for (const part of [lines, byteCounts, new Tally(), new Counters(7)]) part.encode(writer);
      for (const contentWord of [0, 0]) writer.varint(contentWord);

      expect(() => readAll(writer.finish(), Account.decode)).to.throw(message);
    });
  }
});

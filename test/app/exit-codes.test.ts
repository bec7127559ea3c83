import { expect } from 'chai';
import { EXIT, type ExitCode, exitCodeOf } from '../../src/app/exit-codes.js';

describe('app/exit-codes', () => {
  it('is 0 where nothing else holds', () => {
    expect(exitCodeOf([])).to.equal(0);
    expect(exitCodeOf([0])).to.equal(0);
  });

  it('lets the graver of any two win: 130 and 143, 70, 4, 5, 3, 9, 8, 7, 6, 1, 2, 0', () => {
    const order: readonly ExitCode[] = [130, 143, 70, 4, 5, 3, 9, 8, 7, 6, 1, 2, 0];

    for (const [index, graver] of order.entries()) {
      for (const lesser of order.slice(index)) {
        expect([exitCodeOf([graver, lesser]), exitCodeOf([lesser, graver])]).to.deep.equal([graver, graver]);
      }
    }
  });

  it('has one meaning for each code', () => {
    expect(EXIT).to.deep.equal({
      fine: 0,
      nothingToReport: 1,
      usage: 2,
      inputUnreadable: 3,
      outputUnwritable: 4,
      coverageIncomplete: 5,
      noDaemon: 6,
      alreadyRunning: 7,
      commandFailed: 8,
      checkFailed: 9,
      internal: 70,
      interrupted: 130,
      terminated: 143,
    });
  });
});

import { expect } from 'chai';
import { nearestName } from '../../src/app/nearest-name.js';

const NAMES = ['chunk-size', 'fold-ids', 'top', 'window', 'workers', 'color'];

describe('app/nearest-name', () => {
  const table: readonly (readonly [string, string | null])[] = [
    ['worker', 'workers'],
    ['wrokers', 'workers'],
    ['wokrers', 'workers'],
    ['Workers', 'workers'],
    ['chunkSize', 'chunk-size'],
    ['chunk_size', 'chunk-size'],
    ['foldIDs', 'fold-ids'],
    ['colour', 'color'],
    ['tpo', 'top'],
    ['WORKERS', 'workers'],
    ['--top', 'top'],
    ['tab', null],
    ['to', null],
    ['windows-update', null],
    ['zebra', null],
    ['', null],
  ];
  for (const [found, nearest] of table) {
    it(nearest === null ? `takes '${found}' for none` : `takes '${found}' for '${nearest}'`, () => {
      expect(nearestName(found, NAMES)).to.equal(nearest);
    });
  }

  it('takes the first of two that are as near', () => {
    expect(nearestName('rat', ['cat', 'bat'])).to.equal('cat');
  });

  it('takes the nearest of several', () => {
    expect(nearestName('log-leval', ['log-format', 'log-levels', 'log-level'])).to.equal('log-level');
  });
});

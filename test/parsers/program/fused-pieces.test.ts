/** Runs of pieces that the machine does in one instruction: only where that is what the pieces do one by one. */
import { expect } from 'chai';
import { blanks, bytes, literal, optional, quoted, quotedRequest, status, word } from '../../../src/parsers/format.js';
import { dashesAt, onlyFirstByteOf, resultAt, spacedQuotedAt } from '../../../src/parsers/program/fused-pieces.js';

const blank = literal(' ');
const ident = word(null);
const user = word('user');

describe('parsers/program/fused-pieces', () => {
  it('takes words between literals for lone dashes', () => {
    const pieces = [word('clientIp'), blank, ident, blank, user, literal(' ['), status];

    expect(dashesAt(pieces, 1)).to.deep.equal({ text: ' - - [', count: 5 });
  });

  it('ends the dashes before a literal that does not end a word, and before a word that ends at a dash', () => {
    expect(dashesAt([blank, ident, literal(' ['), user, literal('] ')], 0)).to.deep.equal({ text: ' - [', count: 3 });
    expect(dashesAt([blank, ident, blank, word(null, '(-'), blank], 0)).to.deep.equal({ text: ' - ', count: 3 });
  });

  it('finds no dashes without a word, and none that are longer than eight bytes', () => {
    expect(dashesAt([blank, status], 0)).to.equal(null);
    expect(dashesAt([ident, blank], 0)).to.equal(null);
    expect(dashesAt([literal(' --- '), ident, literal(' [(')], 0)).to.equal(null);
  });

  it('finds a request with its status and size, and no other run', () => {
    expect(resultAt([blank, quotedRequest, blank, status, optional(blank, bytes)], 1)).to.equal(4);
    expect(resultAt([quotedRequest, blank, status], 0)).to.equal(0);
    expect(resultAt([quotedRequest, literal('  '), status, optional(blank, bytes)], 0)).to.equal(0);
    expect(resultAt([quotedRequest, blank, status, optional(blanks, bytes)], 0)).to.equal(0);
    expect(resultAt([quotedRequest, blank, status, optional(blank, bytes, blank)], 0)).to.equal(0);
  });

  it('finds a quoted text behind a blank, whether somebody keeps it or not', () => {
    expect(spacedQuotedAt([blank, quoted('referrer')], 0)).to.equal('referrer');
    expect(spacedQuotedAt([blank, quoted(null)], 0)).to.equal(null);
    expect(spacedQuotedAt([literal('  '), quoted(null)], 0)).to.equal(undefined);
    expect(spacedQuotedAt([blank, ident], 0)).to.equal(undefined);
  });

  it('knows the byte that pieces begin with where there is one', () => {
    expect(onlyFirstByteOf([literal(', '), ident])).to.equal(44);
    expect(onlyFirstByteOf([status])).to.equal(null);
    expect(onlyFirstByteOf([ident])).to.equal(null);
  });
});

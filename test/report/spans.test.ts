import { expect } from 'chai';
import type { Line } from '../../src/report/spans.js';
import { cutLine, flow, labelled, printLines, span, wrap } from '../../src/report/spans.js';

const plain = (lines: readonly Line[], columns = 100): string => printLines(lines, columns, false);

describe('report/spans', () => {
  it('escapes whatever becomes a span', () => {
    expect(span('\u001b[1m', 'bad')).to.deep.equal({ text: '\\x1b[1m', tone: 'bad' });
  });

  it('cuts a line in the span that does not fit, keeping the tones before', () => {
    const line = [span('abc', 'strong'), span('def'), span('ghi')];

    expect(cutLine(line, 9)).to.deep.equal(line);
    expect(cutLine(line, 7)).to.deep.equal([span('abc', 'strong'), span('def'), span('…')]);
    expect(cutLine(line, 6)).to.deep.equal([span('abc', 'strong'), span('de…')]);
    expect(cutLine(line, 3)).to.deep.equal([span('ab…', 'strong')]);
  });

  it('breaks between items, then between words, then within a word', () => {
    const items = ['one', 'two', 'three four', 'fivesixseven'].map((text) => [span(text)]);

    expect(plain(flow(items, 22))).to.equal('one · two · three four\nfivesixseven\n');
    expect(plain(flow(items, 9))).to.equal('one · two\nthree\nfour\nfivesixs…\n');
  });

  it('labels the first line only and cuts a label that is too long', () => {
    const lines = labelled('a-very-long-label', wrap('alpha beta', 6));

    expect(plain(lines)).to.equal('a-very-lon… alpha\n            beta\n');
    expect(labelled('none', [])).to.deep.equal([]);
  });

  it('joins neighbours of one tone in colour mode and drops blanks at the end', () => {
    const line = [span('a', 'bad'), span('b', 'bad'), span('c'), span('  ', 'quiet')];

    expect(printLines([line], 10, true)).to.equal('\u001b[31mab\u001b[0mc\n');
    expect(printLines([line], 10, false)).to.equal('abc\n');
  });
});

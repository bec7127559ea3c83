import { expect } from 'chai';
import { withSection } from '../../bench/results.js';

const DOCUMENT = '# Results\n\nHow to run.\n\n## One\n\nold\n\n### Detail\n\nold, too\n\n## One, large\n\nkept\n';

describe('bench/results', () => {
  it('puts a section in the place of the one with its heading, down to the next of its level', () => {
    expect(withSection(DOCUMENT, 'One', 'new\n')).to.equal(
      '# Results\n\nHow to run.\n\n## One\n\nnew\n\n## One, large\n\nkept\n',
    );
  });

  it('adds a section at the end where none has its heading', () => {
    expect(withSection(DOCUMENT, 'Two', 'new')).to.equal(`${DOCUMENT}\n## Two\n\nnew\n`);
  });
});

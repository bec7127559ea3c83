import { expect } from 'chai';
import fc from 'fast-check';
import { pathFilter } from '../../../src/sources/follow/path-filter.js';

/** Of the given paths, those that are taken for logs. */
function logsOf(include: readonly string[], exclude: readonly string[], paths: readonly string[]): readonly string[] {
  const kindOf = pathFilter({ include, exclude });
  return paths.filter((path) => kindOf(path) !== 'other');
}

describe('sources/follow/path-filter', () => {
  const paths = ['app.log', 'web/access', 'web/app.log', 'web/old/access', 'web/.hidden', 'web/access\n.1'];

  it('takes what is included, in any directory where the glob has no slash, and else what bears the name of a log', () => {
    expect(logsOf([], [], paths)).to.deep.equal(['app.log', 'web/app.log']);
    expect(logsOf(['access'], [], paths)).to.deep.equal(['web/access', 'web/old/access']);
    expect(logsOf(['*/access*'], [], paths)).to.deep.equal(['web/access', 'web/access\n.1']);
    expect(logsOf(['**/acc?ss', '{app,none}.log'], [], paths)).to.deep.equal(paths.slice(0, 4));
    expect(logsOf(['web/**'], [], paths)).to.deep.equal([...paths.slice(1, 4), 'web/access\n.1']);
    expect(logsOf(['web/.*'], [], paths)).to.deep.equal(['web/.hidden']);
  });

  it('takes nothing that is excluded', () => {
    expect(logsOf([], ['web/**'], paths)).to.deep.equal(['app.log']);
    expect(logsOf(['**'], ['access*', '*.log'], paths)).to.deep.equal([]);
    expect(logsOf(['web/.*'], ['*idden'], paths)).to.deep.equal([]);
  });

  it('knows compressed logs by their ends', () => {
    const kindOf = pathFilter({ include: ['access*'], exclude: [] });

    expect(['access', 'access.1.gz', 'web/access.zst', 'app.gz'].map(kindOf)).to.deep.equal([
      'log',
      'compressed log',
      'compressed log',
      'other',
    ]);
  });

  it('compares bytes, whatever they are', () => {
    const [utf8, latin1] = [Buffer.from('caf\xe9.trace').toString('latin1'), 'caf\xe9.trace'];

    expect(logsOf(['caf\xe9.trace'], [], [utf8, latin1])).to.deep.equal([utf8]);
    expect(logsOf(['caf?.trace'], [], [utf8, latin1])).to.deep.equal([latin1]);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.string({ minLength: 1 }), (bytes, glob) => {
        const name = Buffer.from(bytes).toString('latin1').replaceAll(/[./]/g, '');
        expect(pathFilter({ include: [glob], exclude: [glob] })(name)).to.equal('other');
        expect(pathFilter({ include: ['**'], exclude: [] })(`x${name}`)).not.to.equal('other');
      }),
    );
  });
});

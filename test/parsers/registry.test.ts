import { expect } from 'chai';
import { FORMAT_NAMES, formatNamed } from '../../src/parsers/registry.js';

describe('parsers/registry', () => {
  it('finds each format by its name, and says which there are when there is none of a name', () => {
    expect(FORMAT_NAMES.map((name) => formatNamed(name).name)).to.deep.equal(FORMAT_NAMES);
    expect(() => formatNamed('plane'))
      .to.throw(`No format is called 'plane'; known are ${FORMAT_NAMES.join(', ')}`)
      .with.property('code', 'MR_ERR_FORMAT_UNKNOWN');
  });
});

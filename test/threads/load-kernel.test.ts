import { expect } from 'chai';
import { compileProgram } from '../../src/parsers/program/compile-program.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { loadKernel } from '../../src/threads/load-kernel.js';

describe('threads/load-kernel', () => {
  for (const formats of [FORMAT_NAMES, ['plain'], ['combined']]) {
    it(`has the program of ${formats.join(', ')}, whether it lies ready or is compiled now`, async () => {
      const { program } = await loadKernel(formats);

      expect(program).to.deep.equal(compileProgram(formats));
    });
  }
});

import { expect } from 'chai';
import fc from 'fast-check';
import { parseRequest } from '../../src/repl/protocol.js';

describe('repl/protocol', () => {
  it('reads each kind of request', () => {
    expect(
      ['{"id":1,"line":"status"}', '{"id":2,"complete":"st"}', '{"cancel":1}'].map((line) => parseRequest(line)),
    ).to.deep.equal([
      { isValid: true, request: { id: 1, line: 'status' } },
      { isValid: true, request: { id: 2, complete: 'st' } },
      { isValid: true, request: { cancel: 1 } },
    ]);
  });

  it('says what is wrong with a line, and whose it is where that is known', () => {
    const wrong = [
      '',
      'nonsense',
      '[]',
      'null',
      '{}',
      '{"id":-1,"line":"x"}',
      '{"id":1.5,"line":"x"}',
      '{"id":7}',
      '{"id":8,"line":3}',
    ];
    const id = 'expected "id", a whole number of 0 to 2^53 - 1';
    const object = (found: string): string => `expected a JSON object, found ${JSON.stringify(found)}`;

    expect(wrong.map((line) => parseRequest(line))).to.deep.equal([
      { isValid: false, id: null, problem: object('') },
      { isValid: false, id: null, problem: object('nonsense') },
      { isValid: false, id: null, problem: object('[]') },
      { isValid: false, id: null, problem: object('null') },
      { isValid: false, id: null, problem: id },
      { isValid: false, id: null, problem: id },
      { isValid: false, id: null, problem: id },
      { isValid: false, id: 7, problem: 'expected "line" or "complete", a text' },
      { isValid: false, id: 8, problem: 'expected "line" or "complete", a text' },
    ]);
  });

  it('answers any text and any JSON, and shows little of it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
        const parsed = parseRequest(line);
        if (!parsed.isValid) expect(parsed.problem.length).to.be.below(150);
      }),
    );
  });
});

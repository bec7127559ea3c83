import { expect } from 'chai';
import type { ByteString } from '../../src/domain/byte-string.js';
import { createTwins } from '../support/twins.js';

const PLAN = { formats: ['json', 'logfmt'], timezone: 'Europe/Berlin', referenceAt: Date.UTC(2024, 5, 1) };

/** One kernel reads all of these lines, each of them behind each of the others: what one made it remember, another one meets. */
function expectAlike(lines: readonly ByteString[]): void {
  const differenceOf = createTwins(PLAN);
  for (const before of lines) {
    for (const line of lines) {
      expect(differenceOf(before)).to.equal(null);
      expect(differenceOf(line)).to.equal(null);
    }
  }
}

/** The lines that a line is cut to at each of its bytes. */
function heads(line: ByteString): readonly ByteString[] {
  return Array.from({ length: line.length }, (_, length) => line.slice(0, length + 1));
}

describe('scanner/assembly/key-memo', () => {
  const object = '{"level":"warn","msg":"x","method":"GET","status":200,"size":17}';
  const pairs = 'level=warn msg="x y" method=GET status=200 size=17';

  it('tells keys from those that they begin or end with', () => {
    expectAlike([object, ...['metho', 'methods', 'Method', 'etho', 'a'].map((key) => object.replace('method', key))]);
    expectAlike([pairs, ...['metho', 'methods', 'Method', 'etho', 'a'].map((key) => pairs.replace('method', key))]);
  });

  it('tells long keys apart by each of their bytes', () => {
    const name = 'httpRequest.requestMethod';
    const keys = Array.from(name, (_, index) => `${name.slice(0, index)}_${name.slice(index + 1)}`);

    expectAlike([name, ...keys].map((key) => `{"msg":"x","${key}":"GET"}`));
    expectAlike([name, ...keys].map((key) => `msg=x ${key}=GET`));
  });

  it('reads keys with escapes as what they mean', () => {
    expectAlike([
      object,
      object.replace('method', 'm\\u0065thod'),
      object.replace('method', 'method\\n'),
      object.replace('level', '\\u006cevel'),
      object.replace('"size"', '"\\u0073ize"'),
      object.replace('"size"', '"size\\"'),
    ]);
  });

  it('takes keys in any order, and more than once', () => {
    expectAlike([
      object,
      '{"msg":"x","level":"warn","method":"GET"}',
      '{"method":"GET","msg":"x","level":"warn"}',
      '{"level":"warn","level":"info","msg":"x","msg":"y"}',
      '{"level":"warn","msg":"x","msg":"z","level":"debug"}',
    ]);
    expectAlike([
      pairs,
      'msg="x y" level=warn method=GET',
      'level=warn level=info msg=x msg=y',
      'level=warn msg msg=x level',
      'level=warn msg=x msg level=error',
    ]);
  });

  it('knows a key by the objects around it', () => {
    expectAlike([
      '{"msg":"x","req":{"method":"GET","url":"/a"},"res":{"statusCode":200}}',
      '{"msg":"x","res":{"method":"PUT","url":"/b"},"req":{"statusCode":404}}',
      '{"msg":"x","req":"y","res":"z","method":"PATCH"}',
      '{"msg":"x","req":{"method":{"method":"GET"},"url":"/a"}}',
      '{"msg":"x","foo":{"method":"GET","url":"/c","req":{"method":"HEAD"}},"method":"POST"}',
      '{"msg":"x","foo":"y","method":"DELETE"}',
      '{"msg":"x","http":{"response":{"status_code":201,"body":{"bytes":7}}}}',
      '{"msg":"x","http":{"request":{"method":"OPTIONS","body":{"bytes":8}},"response":{"bytes":9}}}',
      '{"msg":"x","http":{"request":{},"response":{"status_code":500}}}',
      '{"msg":"x","a":[{"method":"GET"},{"method":"PUT"}],"method":"POST"}',
      '{"msg":"x","a":[1],"http":{"foo":1,"status":302}}',
      '{"msg":"x","req":{"url":"/d","method":"GET"}}',
      '{"msg":"x","http":{"status":404}}',
      '{"msg":"x","\\u0072eq":{"method":"GET"}}',
      '{"msg":"x","\\u0072eq":{"url":"/e"}}',
      '{"http":{"method":"GET"},"msg":"x"}',
      '{"http":{"msg":"y"},"msg":"x","method":"TRACE"}',
    ]);
  });

  it('accepts no line that lacks a mark or has one too many', () => {
    expectAlike([
      object,
      object.replace('","msg', '""msg'),
      object.replace('"msg":', '"msg"'),
      object.replace('"msg":', '"msg":,'),
      object.replace('"msg":', '"msg":  '),
      object.replace('"msg":', '"msg" :\t'),
      object.replace(',"msg"', ' , "msg"'),
      object.replace('{', '{,'),
      object.replace('{', '{ '),
      object.replace('}', ',}'),
      object.replace('}', ' }'),
      object.replace('}', '} x'),
      '{"msg":"x","a":1,"b":2}',
      '{"msg":"x","a":{"b":2}}',
      '{"msg":"x","a":{,"b":2}}',
      '{"msg":"x","a":1"b":2}',
      '{,"level":"warn"}',
      '{ "level":"warn"}',
      '{"level":"warn"',
    ]);
    expectAlike([
      pairs,
      pairs.replace(' method', 'method'),
      pairs.replace(' method', '  method'),
      pairs.replace(' method', '\tmethod'),
      pairs.replace('method=', 'method ='),
      pairs.replace('method=', 'method= '),
      pairs.replace('method=', 'method=='),
      pairs.replace('method', '1method'),
      `${pairs} `,
      `${pairs} foo`,
      `foo ${pairs}`,
      ` ${pairs}`,
    ]);
  });

  it('takes no first key for one that follows another where the first is not remembered', () => {
    const long = 'k'.repeat(40);

    expectAlike([
      `{"${long}":1,"level":"warn"}`,
      '{,"level":"warn"}',
      '{"level":"warn"}',
      '{"level":1,"level":"info"}',
    ]);
    expectAlike([`{"\\u0061":1,"level":"warn"}`, '{,"level":"warn"}', '{"a":1,"level":"warn"}']);
    expectAlike([`${long}=1 level=warn`, ' level=warn msg=x', 'level=warn msg=x']);
  });

  it('reads no byte behind the end of a line', () => {
    expectAlike([object, ...heads(object)]);
    expectAlike([pairs, ...heads(pairs)]);
  });

  it('reads more keys than it can remember', () => {
    const differenceOf = createTwins(PLAN);
    const numbers = Array.from({ length: 1500 }, (_, index) => index);
    const lines = numbers.flatMap((number) => [
      object,
      `{"a${number % 7}":{"b${number % 11}":{"c${number}":1,"msg":"x"}},"k${number}":"y","level":"info"}`,
      `{"req":{"a${number % 5}":{},"method":"GET"},"c${number % 3}":1,"method":"PUT","msg":"x"}`,
      `a${number % 6}=1 b${number % 5}=2 c${number}=3 level=info`,
      pairs,
    ]);

    for (const line of lines) expect(differenceOf(line)).to.equal(null);
  });

  it('gives no place of the line at hand to another key where there is no room for more', () => {
    const differenceOf = createTwins(PLAN);
    const members = Array.from({ length: 800 }, (_, index) => `"k${index}":{"method":"GET","url":"/a"}`).join();
    const inner = `"req":{"a":{${members}},"url":"/b","method":"PUT"}`;

    for (const before of ['', '"a":1,', '"a":1,"b":2,', '"a":1,"b":2,"c":3,']) {
      const lines = [`{${before}${inner},"url":"/c","msg":"x"}`, object, '{,"level":"warn"}', '{"x":1,"level":"warn"}'];
      for (const line of lines) expect(differenceOf(line)).to.equal(null);
    }
  });
});

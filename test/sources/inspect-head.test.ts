import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { binaryKind, HEAD_BYTES } from '../../src/sources/inspect-head.js';
import { Random } from '../support/random.js';

const LINE = '2024-01-24 10:15:32.123 INFO Request processed in 127ms\n';

function randomBytes(count: number, seed: number): Buffer {
  const random = new Random(seed);
  return Buffer.from(Array.from({ length: count }, () => random.below(256)));
}

describe('sources/inspect-head', () => {
  const texts: Record<string, Buffer> = {
    'nothing at all': Buffer.alloc(0),
    'a log line': Buffer.from(LINE),
    'a log that starts with a hole of NULs': Buffer.concat([Buffer.alloc(60_000), Buffer.from(LINE)]),
    'only NULs': Buffer.alloc(HEAD_BYTES),
    'Latin-1': Buffer.from('Größe überschritten, Zähler für Ö: 3\n'.repeat(20), 'latin1'),
    'UTF-8 without a single ASCII letter': Buffer.from('日本語の記録、エラー\n'.repeat(20)),
    'UTF-8 with a byte order mark': Buffer.from(`\ufeff${LINE}`),
    'colours, tabs, form feeds and carriage returns': Buffer.from('\x1b[31mred\x1b[0m\tx\f\r\n'.repeat(50)),
    'a few stray control bytes': Buffer.from(`${LINE.repeat(3)}\x01\x02\x7f`),
  };
  for (const [name, head] of Object.entries(texts)) {
    it(`takes ${name} for text`, () => {
      expect(binaryKind(head)).to.equal(null);
    });
  }

  const binaries: Record<string, readonly [Buffer, string]> = {
    'a gzip file': [gzipSync(LINE), 'a gzip file: try zcat FILE | millrace analyze -'],
    'a zstd file': [Buffer.from('28b52ffd0400', 'hex'), 'a zstd file: try zstdcat FILE | millrace analyze -'],
    'an xz file': [Buffer.from('fd377a585a0000', 'hex'), 'an xz file: try xzcat FILE | millrace analyze -'],
    'a bzip2 file': [Buffer.from('BZh91AY&SY'), 'a bzip2 file: try bzcat FILE | millrace analyze -'],
    'a program': [Buffer.from('7f454c460201', 'hex'), 'a program'],
    'UTF-16 text': [
      Buffer.from(`\ufeff${LINE}`, 'utf16le'),
      'UTF-16 text: try iconv -f UTF-16 -t UTF-8 FILE | millrace analyze -',
    ],
    'small integers': [Buffer.from(Int32Array.from({ length: 100 }, (_, index) => index).buffer), 'binary data'],
  };
  for (const [name, [head, kind]] of Object.entries(binaries)) {
    it(`tells ${name}, and how to read it`, () => {
      expect(binaryKind(head)).to.equal(kind);
    });
  }

  it('takes random bytes, such as what is encrypted, for binary data', () => {
    const kinds = Array.from({ length: 200 }, (_, seed) => binaryKind(randomBytes(2048, seed + 1)));

    expect(kinds.filter((kind) => kind === null)).to.have.length(0);
  });
});

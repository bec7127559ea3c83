/** A report is canonical: of one chunk both engines make the same bytes, however the input is cut and read. */
import { expect } from 'chai';
import type { StreamSlot } from '../../src/domain/chunk.js';
import { MAX_LINE_BYTES } from '../../src/parsers/line-limits.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { slotBytes } from '../../src/threads/chunk-bytes.js';
import { createEngineTwins } from '../support/engine-twins.js';
import { inMode } from '../support/long-mode.js';
import { memoryBytes } from '../support/memory-bytes.js';
import { planOf } from '../support/plan-of.js';

/** Bytes of a block as the engines read them: the kernel's, and the reference parser's. */
const BLOCKS = [512 * 1024, 256 * 1024] as const;
const KERNEL_BLOCK = BLOCKS[0];
const PLAN = planOf({ formats: FORMAT_NAMES });
const LINE = '2024-01-24 10:15:32.123 INFO took 127ms';
const ACCESS = '192.0.2.7 - - [24/Jan/2024:10:15:33 +0000] "GET /users/42 HTTP/1.1" 503 5 "-" "x"';
const JSON_LINE = '{"time":"2024-01-24T10:16:32Z","level":"error","logger":"a.b","path":"/x","took":5}';

/** Small files in which something begins or ends at almost every byte. */
const SMALL_FILES: Readonly<Record<string, Buffer>> = {
  nothing: Buffer.from(''),
  'newlines and blank lines': Buffer.from('\n\n \n\t \n\r\n \r\n\r\r\n\n'),
  'no final newline': Buffer.from(`${LINE}\n${LINE}`),
  'a final return': Buffer.from(`${LINE}\r\n${LINE}\r`),
  'ends of all kinds': Buffer.from(`${LINE}\r\n${ACCESS}\n\r\nno log line\r\n\r${JSON_LINE}\r\n`),
  'NULs everywhere': Buffer.from(`\0\0${LINE}\n\0\n\0\0\0\n${LINE}\0\n\0 \0\n${LINE}\n\0\0\r\n\0`),
  'NULs only': Buffer.from('\0\0\0\0\0'),
  'NULs at the end of a line that is cut off': Buffer.from(`${LINE}\0\0\0`),
  'a byte order mark': Buffer.from(`\ufeff${LINE}\n\ufeff${LINE}\n`),
  'a byte order mark alone': Buffer.from('\ufeff'),
  'a byte order mark behind NULs': Buffer.from(`\0\ufeff${LINE}\n`),
  'parts of a byte order mark': Buffer.from('\xef\n\xef\xbb\n\xbb\xbf', 'latin1'),
  'cut UTF-8': Buffer.from(`gr\xc3\n\xe2\x82\n${LINE} \xf0\x9f\x9a\n\xff\xfe\n\xc3`, 'latin1'),
  'four formats': Buffer.from(`${LINE}\n${ACCESS}\n${JSON_LINE}\n<13>Jan 24 10:15:32 web-1 su: x\n`),
  'bad lines of one kind': Buffer.from('what\nwhat\nwhat\nwhat\n2024-01-24\n10:15:32 x\n{"a"\n{"a":1}\n'),
};

/** The borders around a place at which something may go wrong. */
function around(...places: readonly number[]): readonly number[] {
  return places.flatMap((place) => [place - 1, place, place + 1]).filter((place) => place >= 0);
}

/** A line with a message so long that the line has `lengthBytes` bytes before its end. */
function lineOf(lengthBytes: number, filler = 'x'): string {
  return `${LINE} ${filler.repeat(lengthBytes)}`.slice(0, lengthBytes);
}

describe('threads/kernel-engine', function () {
  this.timeout(inMode(60_000, 600_000));
  const twins = createEngineTwins();

  for (const [title, content] of Object.entries(SMALL_FILES)) {
    it(`reports what the reference does of each half of: ${title}`, () => {
      for (let place = 0; place <= content.length; place += 1) {
        expect(twins.differenceIn(PLAN, content, [place])).to.equal(null);
      }
    });

    it(`reports it also where a read returns but a few bytes of: ${title}`, () => {
      for (const maxReadBytes of [1, 2, 3, 16, 17]) {
        expect(twins.differenceIn(PLAN, content, [], maxReadBytes)).to.equal(null);
        expect(twins.differenceIn(PLAN, content, [Math.floor(content.length / 2)], maxReadBytes)).to.equal(null);
      }
    });
  }

  it('reports what the reference does of every range of a file in which each byte ends something', () => {
    const content = Buffer.from('\ufeffa\r\n\0\0\n\n \n\0x\0\r\r\n\xc3\n\0\0');
    for (let start = 0; start <= content.length; start += 1) {
      for (let end = start; end <= content.length; end += 1) {
        const range = { start, end };
        expect(twins.difference({ bytes: memoryBytes(content), range, plan: PLAN })).to.equal(null);
      }
    }
  });

  it('knows lines just below, at and above the limit from each other as the reference does', () => {
    for (const length of [-2, -1, 0, 1, 2].map((more) => MAX_LINE_BYTES + more)) {
      for (const end of ['\n', '\r\n', '\r\r\n', '', '\r', '\0']) {
        for (const before of ['', '\0', `${LINE}\n`, `${LINE}\n\0\0`]) {
          const behind = end.endsWith('\n') ? `${ACCESS}\nx` : '';
          const content = Buffer.from(before + lineOf(length) + end + behind);
          expect(twins.differenceIn(PLAN, content, []), JSON.stringify({ length, end, before })).to.equal(null);
        }
      }
    }
  });

  it('reads lines of many blocks, and what lies around them, as the reference does', () => {
    for (const blocks of [1, 2, 3, 5, 8]) {
      for (const more of [-1, 0, 1]) {
        const content = Buffer.from(`${LINE}\n${'y'.repeat(blocks * KERNEL_BLOCK + more)}\n${LINE}\n`);
        const [start, end] = [LINE.length + 1, content.length - LINE.length - 1];
        expect(twins.differenceIn(PLAN, content, [])).to.equal(null);
        for (const place of around(start, end, KERNEL_BLOCK)) {
          expect(twins.differenceIn(PLAN, content, [Math.min(place, content.length)])).to.equal(null);
        }
      }
    }
  });

  it('reads lines that fill blocks to the byte, and to a byte less and more, as the reference does', () => {
    for (const block of BLOCKS) {
      for (const more of [-17, -16, -2, -1, 0, 1]) {
        for (const end of ['\n', '\r\n']) {
          const line = lineOf(block + more - end.length) + end;
          const content = Buffer.from(`${line}${line}${LINE}\n${line}`);
          expect(twins.differenceIn(PLAN, content, [])).to.equal(null);
          expect(twins.differenceIn(PLAN, content, around(block, 2 * block))).to.equal(null);
        }
      }
    }
  });

  it('skips runs of NUL at the ends of blocks and over many of them as the reference does', () => {
    for (const length of around(
      1,
      16,
      KERNEL_BLOCK - LINE.length - 1,
      KERNEL_BLOCK,
      3 * KERNEL_BLOCK,
      MAX_LINE_BYTES,
    )) {
      const nuls = Buffer.alloc(length);
      for (const behind of ['', '\n', `${LINE}\n`, ` \0\n${LINE}`]) {
        const content = Buffer.concat([Buffer.from(`${LINE}\n`), nuls, Buffer.from(behind)]);
        const border = LINE.length + 1;
        expect(twins.differenceIn(PLAN, content, [])).to.equal(null);
        expect(twins.differenceIn(PLAN, content, [Math.min(border + 1, content.length)])).to.equal(null);
        expect(twins.differenceIn(PLAN, content, [border + length])).to.equal(null);
        expect(twins.differenceIn(PLAN, content.subarray(border), [], KERNEL_BLOCK - 1)).to.equal(null);
      }
    }
  });

  it('takes the head of an over-long line from its own bytes, wherever it lies in its blocks', () => {
    const head = 'the head of a line that is too long, ';
    for (const before of [0, 1, KERNEL_BLOCK - 100, KERNEL_BLOCK - 1, KERNEL_BLOCK]) {
      const first = before === 0 ? '' : `${lineOf(before - 1, 'z')}\n`;
      const content = Buffer.from(`${first}\0${head}${'y'.repeat(MAX_LINE_BYTES + KERNEL_BLOCK)}\n${head}\n`);
      expect(twins.differenceIn(PLAN, content, [])).to.equal(null);
      expect(twins.differenceIn(PLAN, content, [before])).to.equal(null);
      expect(twins.differenceIn(PLAN, content, [], 65_521)).to.equal(null);
    }
  });

  it('makes of slots of a stream what the reference does, dropped bytes included', () => {
    const long = lineOf(MAX_LINE_BYTES + 1);
    for (const content of [`${LINE}\n${ACCESS}\n`, LINE, '', '\n', `${LINE}\n${long}`, `\ufeff${LINE}\n`]) {
      const data = Buffer.from(content);
      const buffer = new SharedArrayBuffer(Math.max(1, data.length));
      data.copy(new Uint8Array(buffer));
      for (const [offset, nulBytes] of [
        [0, 0],
        [0, 3],
        [7, 0],
        [2 ** 32 + 5, KERNEL_BLOCK + 1],
      ] as const) {
        for (const spilledBytes of content.endsWith(long) ? [0, 1, 2, 3 * KERNEL_BLOCK] : [0]) {
          const isSpillTerminated = spilledBytes > 1;
          const slot: StreamSlot = {
            index: 0,
            offset,
            nulBytes,
            lengthBytes: data.length,
            spilledBytes,
            isSpillTerminated,
          };
          const bytes = slotBytes(buffer, slot);
          const given = { bytes, slot, plan: PLAN };
          expect(twins.difference(given), JSON.stringify(slot)).to.equal(null);
          const middle = { start: offset + 1, end: Math.max(offset + 1, bytes.end - 1) };
          expect(twins.difference({ ...given, range: middle }), JSON.stringify(slot)).to.equal(null);
        }
      }
    }
  });

  it('counts offsets beyond 2^32 and close to 2^53 as the reference does', () => {
    const content = Buffer.from(`${LINE}\nwhat\n${ACCESS}\n${JSON_LINE}\n`);
    for (const offset of [2 ** 31 - 20, 2 ** 32 - 20, 2 ** 32, 2 ** 40 + 1, Number.MAX_SAFE_INTEGER - content.length]) {
      for (const place of [0, 1, LINE.length + 1, content.length]) {
        const range = { start: offset + place, end: offset + content.length };
        const bytes = memoryBytes(content, undefined, offset);
        expect(twins.difference({ bytes, range, plan: PLAN }), String(offset)).to.equal(null);
      }
    }
  });
});

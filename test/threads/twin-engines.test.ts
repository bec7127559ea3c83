import { expect } from 'chai';
import type { ByteString } from '../../src/domain/byte-string.js';
import type { ChunkTask } from '../../src/domain/chunk-dispatcher.js';
import { ReferenceEngine } from '../../src/threads/reference-engine.js';
import type { ScanHooks } from '../../src/threads/scan-engine.js';
import { anyKernelEngine } from '../support/any-kernel-engine.js';
import { memoryBytes } from '../support/memory-bytes.js';
import { planOf, SUMMARY_PLAN } from '../support/plan-of.js';
import { Random } from '../support/random.js';

const HOOKS: ScanHooks = {
  onLine: () => undefined,
  onInjected: () => undefined,
  poison: null,
  onPoison: () => undefined,
};

const reference = new ReferenceEngine(SUMMARY_PLAN, HOOKS);
/** One for all tests, as a thread has one for all its chunks. */
const kernel = anyKernelEngine(SUMMARY_PLAN, HOOKS);

/** Expects that both engines make the same report of a chunk. */
function expectSame(lines: readonly ByteString[]): void {
  const bytes = Buffer.from(`${lines.join('\n')}\n`, 'latin1');
  const task: ChunkTask = {
    chunk: { id: 'c', file: 0, slot: null, start: 0, end: bytes.length },
    attempt: 1,
    mode: 'parse',
    injected: null,
  };
  const plan = planOf({ sizeBytes: bytes.length, formats: ['json'] });
  const [expected, found] = [reference, kernel].map((engine) => engine.scan(task, plan, memoryBytes(bytes)));

  expect(Buffer.compare(found ?? bytes, expected ?? bytes)).to.equal(0);
}

interface Keys {
  readonly path?: ByteString;
  readonly method?: ByteString;
  readonly client?: ByteString;
  readonly logger?: ByteString;
}

/** A line with these keys; `number` settles all else. */
function lineOf({ path, method, client, logger }: Keys, number: number): ByteString {
  const time = new Date(Date.UTC(2024, 0, 24) + 7000 * (number % 10_000)).toISOString();
  const level = number % 17 === 0 ? 'error' : 'info';
  const duration = number % 5 === 0 ? undefined : (number * number) % 1_000_003;
  const bytes = number % 3 === 0 ? undefined : number;
  return JSON.stringify({ time, level, path, method, client_ip: client, logger, duration_ms: duration, bytes });
}

const LENGTHS = [0, 1, 7, 8, 9, 15, 16, 17, 23, 24, 25, 31, 32, 33, 40, 47, 48, 49, 63, 64, 65, 1000];
const LONG_LENGTHS = [...LENGTHS, 1023, 1024, 1025, 3000];
const LETTERS = Array.from('aab/\0\xff');

/** A key that shares its head with many others. */
function anyKey(random: Random, lengths = LENGTHS): ByteString {
  const letter = random.oneOf(LETTERS);
  const end = random.oneOf(['', 'b', '\0', '\0\0', '\xe9', '/1', '-2', '.', '/17.html']);
  return letter.repeat(random.oneOf(lengths)) + end;
}

/** A segment of a path that may be an id, or nearly one. */
function anySegment(random: Random): ByteString {
  const digits = Array.from('0123456789');
  const hex = [...digits, ...Array.from('abcdefABCDEF')];
  const letters = random.oneOf([
    digits,
    hex,
    [...hex, '-'],
    [...Array.from('ghzGHZ'), ...digits, '_'],
    [...hex, '.', '%'],
  ]);
  const text = Array.from({ length: random.oneOf([0, 1, 3, 15, 16, 20, 36, 63, 64, 65, 80]) }, () =>
    random.oneOf(letters),
  );
  return text.join('') + random.oneOf(['', '', '', '.js', '.html', '.1', '.x', ':id']);
}

describe('threads: the kernel and the reference make the same report', function () {
  this.timeout(60_000);

  it('of keys of every shape and length', () => {
    const random = new Random(11);
    const lines = Array.from({ length: 6000 }, (_, number) =>
      lineOf(
        { path: anyKey(random, LONG_LENGTHS), client: anyKey(random), logger: anyKey(random, LONG_LENGTHS) },
        number,
      ),
    );

    expectSame(lines);
  });

  it('of paths with ids and what looks like ids', () => {
    const random = new Random(12);
    const path = (): ByteString =>
      Array.from({ length: 1 + random.below(6) }, () => anySegment(random)).join('/') + random.oneOf(['', '/']);
    const lines = Array.from({ length: 20_000 }, (_, number) => lineOf({ path: `/${path()}` }, number));

    expectSame(lines);
  });

  it('of more keys than are kept, short and long', () => {
    const random = new Random(13);
    const lines = Array.from({ length: 60_000 }, (_, number) => {
      const path = `/item-x${random.below(70_000)}${number % 7 === 0 ? '/and-more'.repeat(6) : ''}`;
      const client = `10.${random.below(2)}.${random.below(150)}.${random.below(150)}`;
      return lineOf({ path, client, method: random.oneOf(['GET', 'PUT']) }, number);
    });

    expectSame(lines);
    expectSame(lines.slice(0, 100));
  });

  it('of exactly as many keys as are kept, and of one more', () => {
    const line = (number: number): ByteString => lineOf({ client: `c${number}`, logger: `l${number}` }, number);
    const lines = Array.from({ length: 16_385 }, (_, number) => line(number));

    expectSame(lines);
    expectSame(lines.slice(0, 16_384));
  });

  it('of more durations of keys than wait to be counted', () => {
    const random = new Random(14);
    const lines = Array.from({ length: 680_000 }, (_, number) =>
      JSON.stringify({ method: random.oneOf(['GET', 'PUT', 'POST']), t: number, duration_ms: random.below(900) }),
    );

    expectSame(lines);
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { ByteReader } from '../../src/domain/byte-reader.js';
import { ByteWriter } from '../../src/domain/byte-writer.js';
import { MillraceError } from '../../src/domain/errors.js';

/** A structure under test: how it is made, filled, merged, and turned into its canonical bytes and back. */
export interface Subject<Item, Structure> {
  readonly item: fc.Arbitrary<Item>;
  /** Most items of one example. */
  readonly maxItems: number;
  readonly empty: () => Structure;
  readonly add: (structure: Structure, item: Item) => void;
  readonly merge: (target: Structure, source: Structure) => void;
  readonly encode: (structure: Structure) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => Structure;
}

interface Encodable {
  encode(writer: ByteWriter): void;
}

/** Canonical bytes of a structure that writes itself. */
export function bytesFrom(structure: Encodable): Uint8Array {
  const writer = new ByteWriter();
  structure.encode(writer);
  return writer.finish();
}

/** Reads all of `bytes`. */
export function readAll<Structure>(bytes: Uint8Array, decode: (reader: ByteReader) => Structure): Structure {
  const reader = new ByteReader(bytes);
  const structure = decode(reader);
  reader.end();
  return structure;
}

/** One way to cut items into chunks and to merge those: what must not change the result. */
interface Course<Item> {
  readonly shuffled: readonly Item[];
  readonly chunkOf: readonly number[];
  readonly picks: readonly number[];
}

/** Adds the tests that hold for every canonical structure. */
export function itIsCanonical<Item, Structure>(subject: Subject<Item, Structure>): void {
  const items = fc.array(subject.item, { maxLength: subject.maxItems });
  const hex = (structure: Structure): string => Buffer.from(subject.encode(structure)).toString('hex');
  const of = (all: readonly Item[]): Structure => filled(subject, all);

  it('gives the same bytes for every chunking, order and merge tree, with and without encoding in between', () => {
    fc.assert(
      fc.property(items.chain(anyCourse), ({ all, course }) => {
        expect(hex(merged(subject, course))).to.equal(hex(of(all)));
      }),
    );
  });

  it('merges associatively, commutatively and with the empty one as neutral', () => {
    fc.assert(
      fc.property(items, items, items, (a, b, c) => {
        const join = (left: Structure, right: Structure): Structure => joined(subject, left, right);

        expect(hex(join(join(of(a), of(b)), of(c)))).to.equal(hex(join(of(a), join(of(b), of(c)))));
        expect(hex(join(of(a), of(b)))).to.equal(hex(join(of(b), of(a))));
        expect(hex(join(of(a), subject.empty()))).to.equal(hex(of(a)));
        expect(hex(join(subject.empty(), of(a)))).to.equal(hex(of(a)));
      }),
    );
  });

  it('leaves the merged source as it was and shares nothing with it', () => {
    fc.assert(
      fc.property(items, items, (a, b) => {
        const source = of(a);
        const target = joined(subject, subject.empty(), source);

        for (const item of b) subject.add(target, item);

        expect(hex(source)).to.equal(hex(of(a)));
      }),
    );
  });

  it('decodes what it encodes, also in the middle of its life', () => {
    fc.assert(
      fc.property(items, items, (a, b) => {
        const copy = subject.decode(subject.encode(of(a)));
        expect(hex(copy)).to.equal(hex(of(a)));

        for (const item of b) subject.add(copy, item);

        expect(hex(copy)).to.equal(hex(of([...a, ...b])));
      }),
    );
  });

  it('refuses damaged bytes as corrupt or reads what encodes to the same bytes', () => {
    fc.assert(
      fc.property(items, fc.array(anyDamage, { minLength: 1, maxLength: 3 }), (all, damages) => {
        const bytes = damages.reduce(damaged, subject.encode(of(all)));

        expectCorruptOrCanonical(bytes, (found) => subject.encode(subject.decode(found)));
      }),
      { numRuns: 300 },
    );
  });
}

/** Expects that decoding and encoding gives the bytes again, or throws MR_ERR_SUMMARY_CORRUPT and nothing else. */
export function expectCorruptOrCanonical(bytes: Uint8Array, recode: (bytes: Uint8Array) => Uint8Array): void {
  let again: Uint8Array;
  try {
    again = recode(bytes);
  } catch (error) {
    if (error instanceof MillraceError && error.code === 'MR_ERR_SUMMARY_CORRUPT') return;
    throw error;
  }
  expect(Buffer.from(again).toString('hex')).to.equal(Buffer.from(bytes).toString('hex'));
}

/** One thing that goes wrong with bytes on their way. */
export const anyDamage = fc.record({
  kind: fc.constantFrom('truncate', 'overwrite', 'insert', 'remove', 'grow'), // grow: a count becomes the largest
  at: fc.nat(),
  byte: fc.oneof(fc.constantFrom(0, 1, 127, 128, 255), fc.nat(255)),
});

type Damage = typeof anyDamage extends fc.Arbitrary<infer Value> ? Value : never;

export function damaged(bytes: Uint8Array, { kind, at, byte }: Damage): Uint8Array {
  const place = at % (bytes.length + 1);
  const before = [...bytes.subarray(0, place)];
  const after = [...bytes.subarray(place)];
  switch (kind) {
    case 'truncate':
      return Uint8Array.from(before);
    case 'overwrite':
      return Uint8Array.from([...before, byte, ...after.slice(1)]);
    case 'insert':
      return Uint8Array.from([...before, byte, ...after]);
    case 'remove':
      return Uint8Array.from([...before, ...after.slice(1)]);
    case 'grow':
      return Uint8Array.from([...before, 255, 255, 255, 255, 255, 255, 255, 15, ...after.slice(1)]);
  }
}

function anyCourse<Item>(all: readonly Item[]): fc.Arbitrary<{ all: readonly Item[]; course: Course<Item> }> {
  const course = fc.record({
    shuffled: fc.shuffledSubarray([...all], { minLength: all.length }),
    chunkOf: fc.array(fc.nat(6), { minLength: all.length, maxLength: all.length }),
    picks: fc.array(fc.nat(), { minLength: 14, maxLength: 14 }),
  });
  return course.map((found) => ({ all, course: found }));
}

function merged<Item, Structure>(subject: Subject<Item, Structure>, course: Course<Item>): Structure {
  const { shuffled, chunkOf, picks } = course;
  const parts = [0, 1, 2, 3, 4, 5, 6].map((chunk) =>
    filled(
      subject,
      shuffled.filter((_, index) => chunkOf[index] === chunk),
    ),
  );
  for (const pick of picks) {
    const [target] = parts.splice(pick % parts.length, 1);
    if (target === undefined) break;
    const [source] = parts.splice((pick >>> 8) % Math.max(1, parts.length), 1);
    if (source !== undefined) subject.merge(target, pick % 2 === 0 ? source : recoded(subject, source));
    parts.push(target);
  }
  return parts.reduce((left, right) => joined(subject, left, right));
}

function filled<Item, Structure>(subject: Subject<Item, Structure>, items: readonly Item[]): Structure {
  const structure = subject.empty();
  for (const item of items) subject.add(structure, item);
  return structure;
}

function joined<Item, Structure>(subject: Subject<Item, Structure>, left: Structure, right: Structure): Structure {
  const target = subject.empty();
  subject.merge(target, left);
  subject.merge(target, right);
  return target;
}

function recoded<Item, Structure>(subject: Subject<Item, Structure>, structure: Structure): Structure {
  return subject.decode(subject.encode(structure));
}

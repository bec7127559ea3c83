import { expect } from 'chai';
import { byteStringOf } from '../../src/domain/byte-string.js';
import { putClient, putPath } from '../../src/generate/key-writer.js';
import { LineBlock } from '../../src/generate/line-block.js';
import { makeRoutes, type Route } from '../../src/generate/routes.js';
import { Random } from '../../src/generate/random.js';
import { generatedLog } from '../support/generated-log.js';

function textOf(put: (block: LineBlock) => void): string {
  const block = new LineBlock(200);
  put(block);
  return byteStringOf(block.bytes.subarray(0, block.at));
}

const pathOf = (route: Route, number: number): string => textOf((block) => putPath(block, route, number));
const clientOf = (number: number): string => textOf((block) => putClient(block, number));

/** Numbers from all over the range. */
const NUMBERS = Array.from({ length: 50_000 }, (_, index) => (index < 25_000 ? index : 16_000_000 - index));

describe('generate/key-writer', () => {
  const { routes } = makeRoutes(
    { ...generatedLog({ sizeBytes: 1 }).truth.options, routes: 1000, distinct: 5 },
    new Random(1),
  );
  const routeWith = (id: Route['id']): Route | undefined => routes.find((route) => route.id === id);

  for (const id of ['number', 'uuid', 'name'] as const) {
    it(`gives each number another path with a ${id}`, () => {
      const route = routeWith(id);
      const paths = route === undefined ? [] : NUMBERS.map((number) => pathOf(route, number));

      expect(new Set(paths).size).to.equal(NUMBERS.length);
    });
  }

  it('gives each number another client', () => {
    expect(new Set(NUMBERS.map(clientOf)).size).to.equal(NUMBERS.length);
  });

  it('writes them as logs have them', () => {
    const shown = (['none', 'number', 'uuid', 'name'] as const).map((id) => {
      const route = routeWith(id);
      return route === undefined ? null : pathOf(route, 7);
    });

    expect(shown).to.deep.equal([
      '/',
      '/products/1007',
      '/products/ref/f1bbcd88-779b-49b1-b779-f1bb00000007',
      '/products/by-name/higagaga',
    ]);
    expect([clientOf(0), clientOf(7)]).to.deep.equal(['10.55.121.177', '2001:db8:bbc:d88::1']);
  });

  it('has no two routes of one template', () => {
    expect(new Set(routes.map(({ template }) => template)).size).to.equal(routes.length);
  });
});

describe('generate/line-block', () => {
  for (const value of [0, 7, 10, 99, 100, 999_999_999, 1_000_000_000, 4_294_967_296, 123_456_789_012_345]) {
    it(`writes ${value}`, () => {
      expect(textOf((block) => block.decimal(value))).to.equal(String(value));
    });
  }
});

import { expect } from 'chai';
import fc from 'fast-check';
import { foldPath } from '../../../src/domain/summary/fold-path.js';

const UUID = '550e8400-e29b-41d4-a716-446655440000';

/** What is folded: path -> route. The cases stand by the clauses of the rule. */
const FOLDED: Readonly<Record<string, readonly (readonly [path: string, route: string])[]>> = {
  digits: [
    ['/users/123', '/users/:id'],
    ['/users/7/', '/users/:id/'],
    [`/users/123/orders/${UUID}`, '/users/:id/orders/:id'],
    ['/1/2/3', '/:id/:id/:id'],
    ['//0//', '//:id//'],
    [`/${'9'.repeat(5000)}/x`, '/:id/x'],
    ['/blog/2024/01/a-title', '/blog/:id/:id/a-title'],
  ],
  'UUIDs of either case': [
    [`/o/${UUID}`, '/o/:id'],
    [`/o/${UUID.toUpperCase()}/lines`, '/o/:id/lines'],
    ['/o/00000000-0000-0000-0000-000000000000', '/o/:id'],
    ['/o/AbcdefAb-cdef-Abcd-efAb-cdefAbcdefA1', '/o/:id'],
  ],
  'hashes of 16 hex bytes or more': [
    ['/trace/00f067aa0ba902b7', '/trace/:id'],
    ['/doc/507F1F77BCF86CD799439011', '/doc/:id'],
    ['/commit/da39a3ee5e6b4b0d3255bfef95601890afd80709.diff', '/commit/:id.diff'],
    ['/x/aaaaaaaaaaaaaaa1', '/x/:id'],
  ],
  tokens: [
    ['/ulid/01HMZX3V9K7QJ2B8T5RWCDE6FG', '/ulid/:id'],
    ['/ksuid/2bPqL7xW0vKd9RtY3mZsAe5HjUc', '/ksuid/:id'],
    ['/nano/V1StGXR8_Z5jdHi6B-myT', '/nano/:id'],
    ['/cuid/tz4a98xxat96iws9zmbrgj3a', '/cuid/:id'],
    ['/pay/pi_3Mt2wzL8kVq9Xc1Rb7Hs5nJd', '/pay/:id'],
    ['/base32/mfzw6y3lmn4ggzlsmuqhg2lo', '/base32/:id'],
  ],
  'stems before an extension, which stays': [
    ['/users/123.json', '/users/:id.json'],
    ['/img/42.webp', '/img/:id.webp'],
    ['/clip/9.mp4', '/clip/:id.mp4'],
    ['/page/9.xhtml', '/page/:id.xhtml'],
    ['/src/9.ts', '/src/:id.ts'],
    [`/avatars/${UUID}.png`, '/avatars/:id.png'],
  ],
  'ids anywhere, also where a target is of an odd form': [
    ['123', ':id'],
    ['123/x', ':id/x'],
    ['users/5', 'users/:id'],
    ['http://host/users/5', 'http://host/users/:id'],
  ],
};

/** What stays as it is. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  'what has no digit': ['', '/', '//', '*', '/users', '/deadbeefdeadbeefdead', '/getCustomerInformationByAccount'],
  'what is folded already': ['/users/:id', '/:id.json', '/:id/:id'],
  'versions and short names': ['/v1', '/2fa', '/api/v2.1/x', '/1.0.0', '/docs/10.x', '/mp3', '/h264', '/3d', '/c++11'],
  'slugs and names with numbers': [
    '/how-to-build-a-house-in-2024',
    '/2024-01-24-release-notes-for-v2',
    '/top-10-laptops-below-1000-in-2024',
    '/Windows-11-Pro-X64-v23H2',
    '/GetCustomerInformationV12',
    '/quarterly_report_2024_Q1_v3_final',
    '/i18n-l10n-and-a11y-of-b2b-apps',
  ],
  'prefixed numbers': ['/order-12345', '/page-2', '/user_77', '/id:5', '/INV2024001'],
  'short hashes and tokens': ['/3f2a9c1b', '/00f067aa0ba902b', '/dQw4w9WgXcQ', '/V1StGXR8_Z5jdHi6B-m'],
  'assets with a hash in their name': [
    '/app.3f2a9c1b.js',
    '/app-3f2a9c1b4d5e6f70.js',
    '/12.min.js',
    '/V1StGXR8_Z5jdHi6B-myT.js',
  ],
  'no extensions': ['/12.', '/.12', '/12.c', '/12.3a', '/12.abcdef', '/12.tar.gz', '/12.a-b', '/10.0.0.1', '/a.12'],
  'escapes and other bytes': ['/%31', '/12%20', '/12;v=1', '/1,2', '/-5', '/+5', '/1~', '/\u00e41', '/1\u0000', '/١'],
  'not quite UUIDs': [
    '/11111111a-111-1111-1111-111111111111',
    '/11111111-111-1a111-1111-111111111111',
    '/11111111-1111-111-1a111-111111111111',
    '/11111111-1111-1111-111-1a11111111111',
    '/550e8400-e29b-41d4-a716-44665544000',
    '/550e8400_e29b_41d4_a716_446655440000',
    '/550e8400-e29b-41d4-a716-44665544000g',
  ],
};

const anyStem = fc.oneof(
  fc.nat().map(String),
  fc.uuid(),
  fc.stringMatching(/^[0-9a-f]{14,18}$/),
  fc.stringMatching(/^[A-Za-z0-9_-]{18,24}$/),
  fc.string({ unit: fc.constantFrom('a', 'Z', '0', 'f', '9', '-', '_', '.', ':', '%'), maxLength: 40 }),
  fc.string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)), maxLength: 12 }),
);
/** Any bytes without a slash, ids and near misses before all. */
const anySegment = fc
  .tuple(anyStem, fc.constantFrom('', '', '.json', '.x', '.7z'))
  .map(([stem, extension]) => `${stem}${extension}`.replaceAll('/', ''));
const anySegments = fc.array(anySegment, { minLength: 1, maxLength: 6 });

describe('domain/summary/fold-path', () => {
  for (const [what, cases] of Object.entries(FOLDED)) {
    it(`folds ${what}`, () => {
      expect(cases.map(([path]) => [path, foldPath(path)])).to.deep.equal(cases);
    });
  }

  for (const [what, paths] of Object.entries(KEPT)) {
    it(`keeps ${what}`, () => {
      expect(paths.map(foldPath)).to.deep.equal(paths);
    });
  }

  it('holds a token against its least bytes, digits, turns and most separators', () => {
    const edges = {
      '20 bytes': 'kL1kL1kLkkkkkkkkkkkk',
      '19 bytes': 'kL1kL1kLkkkkkkkkkkk',
      '2 digits': 'kLkLkLkLkL1kkkkkkkk1',
      '1 digit': 'kLkLkLkLkL1kkkkkkkkk',
      '5 turns in 20': 'k1k1kLkkkkkkkkkkkkkk',
      '5 turns in 21': 'k1k1kLkkkkkkkkkkkkkkk',
      '2 separators in 20': 'k1k1k1kkk_kkkk-kkkkk',
      '3 separators in 20': 'k1k1k1kkk_kk-kk-kkkk',
      'no turn from upper to lower': 'k1k1Lkkkkkkkkkkkkkkk',
      'no turn over a separator': 'k1k1_1_kkkkkkkkkkkkk',
    };

    expect(Object.entries(edges).map(([edge, token]) => [edge, foldPath(token) === ':id'])).to.deep.equal([
      ['20 bytes', true],
      ['19 bytes', false],
      ['2 digits', true],
      ['1 digit', false],
      ['5 turns in 20', true],
      ['5 turns in 21', false],
      ['2 separators in 20', true],
      ['3 separators in 20', false],
      ['no turn from upper to lower', false],
      ['no turn over a separator', false],
    ]);
  });

  it('folds a folded path to itself', () => {
    fc.assert(
      fc.property(anySegments, (segments) => {
        const folded = foldPath(segments.join('/'));

        expect(foldPath(folded)).to.equal(folded);
      }),
    );
  });

  it('judges each segment alone', () => {
    fc.assert(
      fc.property(anySegments, (segments) => {
        expect(foldPath(segments.join('/'))).to.equal(segments.map(foldPath).join('/'));
      }),
    );
  });

  it('keeps the number of segments and at most doubles the bytes', () => {
    fc.assert(
      fc.property(anySegments, (segments) => {
        const path = segments.join('/');
        const folded = foldPath(path);

        expect(folded.split('/').length).to.equal(segments.length);
        expect(folded.length).to.be.at.most(2 * path.length + 1);
      }),
    );
  });

  it('is the rule as regular expressions would say it', () => {
    fc.assert(
      fc.property(anySegment, (segment) => {
        expect(foldPath(segment)).to.equal(foldedByTheBook(segment));
      }),
      { numRuns: 2000 },
    );
  });
});

/** The rule a second time, slow and in another way. */
function foldedByTheBook(segment: string): string {
  const [, stem = '', extension = ''] = /^([^.]*)(\.[A-Za-z][A-Za-z0-9]{1,4})?$/.exec(segment) ?? [];
  const occurrences = (pattern: RegExp): number => [...stem.matchAll(pattern)].length;
  const turns = occurrences(/(?<=[0-9])[A-Za-z]|(?<=[A-Za-z])[0-9]|(?<=[a-z])[A-Z]/g);
  const isToken =
    extension === '' &&
    /^[A-Za-z0-9_-]{20,}$/.test(stem) &&
    occurrences(/[0-9]/g) >= 2 &&
    8 * occurrences(/[_-]/g) <= stem.length &&
    4 * turns >= stem.length;
  const isUuid = /^[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$/.test(stem);
  const isId = isToken || isUuid || /^[0-9]+$/.test(stem) || /^[0-9A-Fa-f]{16,}$/.test(stem);
  return isId && /[0-9]/.test(stem) ? `:id${extension}` : segment;
}

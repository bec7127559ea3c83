/** The house: who may import whom, and which parts of the world are reached from where. */
import { posix } from 'node:path';
import { expect } from 'chai';
import { codeOf, filesIn, textOf } from './support/repository.js';

/** Folder -> what it may import besides itself, in the words of docs/architecture.md; `node` is all of `node:`. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  generate: ['domain'],
  parsers: ['domain'],
  scanner: ['domain', 'parsers'],
  threads: ['domain', 'parsers', 'scanner', 'node'],
  sources: ['domain', 'parsers', 'node', 'picomatch', 'tinyglobby'],
  machines: ['domain', 'xstate'],
  actors: ['domain', 'machines', 'nanoid', 'xstate'],
  store: ['domain', 'libsql', 'node'],
  report: ['domain'],
  repl: ['domain', 'report', 'node'],
  app: ['everything'],
};

/** What is imported in one place only: a file, or a folder with its slash. */
const RESERVED: Readonly<Record<string, string>> = {
  nact: 'actors/system.ts',
  winston: 'app/log.ts',
  libsql: 'store/connection.ts',
  commander: 'app/command-line.ts',
  yaml: 'app/config-yaml.ts',
  'node:crypto': 'app/',
  'node:worker_threads': 'threads/',
};

/** What a pure folder knows nothing of: clocks, chance, timers, and the process that it runs in. */
const IMPURE =
  /(?<![.\w'])(?:(?:process|performance|console|crypto|globalThis|Buffer)\.|Date\.now|new Date\(\)|Math\.random|set(?:Timeout|Interval|Immediate)\()|'node:/g;
const PURE = ['domain', 'parsers', 'scanner', 'generate', 'machines', 'report'];

/** Where what the user set may be read. */
const SETTINGS = ['app/command-line.ts', 'app/config.ts', 'app/main.ts'];

const FILES = filesIn('src', '.ts');
const folderOf = (file: string): string => file.slice(0, file.indexOf('/'));

/** What a file imports, statically or not: paths below `src/`, or names of packages. */
function importsOf(file: string): string[] {
  const code = codeOf(`src/${file}`);
  const found = [
    ...code.matchAll(/^(?:import|export)\b(?:[^;']*?\bfrom)?\s*'([^']+)'/gm),
    ...code.matchAll(/\bimport\(\s*'([^']+)'/g),
  ];
  return found.map(([, target = '']) =>
    target.startsWith('.') ? posix.join(posix.dirname(file), target).replace(/\.js$/, '.ts') : target,
  );
}

function mayImport(file: string, target: string): boolean {
  const home = RESERVED[target];
  if (home !== undefined) return file === home || (home.endsWith('/') && file.startsWith(home));
  const what = target.startsWith('node:') ? 'node' : (target.split('/')[0] ?? '');
  const allowed = ALLOWED[folderOf(file)] ?? [];
  return what === folderOf(file) || allowed.includes(what) || allowed.includes('everything');
}

describe('architecture', () => {
  it('has a rule for every folder, and no folder less', () => {
    expect([...new Set(FILES.map(folderOf))].sort()).to.deep.equal(Object.keys(ALLOWED).sort());
  });

  it('is described by the table of docs/architecture.md', () => {
    const rows = textOf('docs/architecture.md').matchAll(/^\| `(\w+)`\s*\| ([^|]+?)\s*\|/gm);
    const written = [...rows].map(([, folder = '', words = '']) => [
      folder,
      words === 'nothing' ? [] : words.split(', '),
    ]);

    expect(Object.fromEntries(written)).to.deep.equal(ALLOWED);
  });

  for (const folder of Object.keys(ALLOWED)) {
    it(`lets ${folder} import only what it may`, () => {
      const forbidden = FILES.filter((file) => folderOf(file) === folder).flatMap((file) =>
        importsOf(file)
          .filter((target) => !mayImport(file, target))
          .map((target) => `${file} -> ${target}`),
      );

      expect(forbidden).to.deep.equal([]);
    });
  }

  for (const [target, home] of Object.entries(RESERVED)) {
    it(`imports ${target} in ${home} only, and there`, () => {
      const importers = FILES.filter((file) => importsOf(file).includes(target));

      expect([...new Set(importers.map((file) => (file.startsWith(home) ? home : file)))]).to.deep.equal([home]);
    });
  }

  for (const folder of PURE) {
    it(`keeps ${folder} free of clocks, chance, timers and the process`, () => {
      const impure = filesIn(`src/${folder}`, '.ts').flatMap((file) =>
        [...codeOf(`src/${folder}/${file}`).matchAll(IMPURE)].map(([what]) => `${file}: ${what}`),
      );

      expect(impure).to.deep.equal([]);
    });
  }

  it(`reads the environment and the arguments in ${SETTINGS.join(' and ')} only`, () => {
    const readers = FILES.filter((file) => /\bprocess\.(?:env|argv)\b/.test(codeOf(`src/${file}`)));

    expect(readers.filter((file) => !SETTINGS.includes(file))).to.deep.equal([]);
  });
});

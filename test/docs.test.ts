/** The documents say what the code does: every code and message, no other, and no link into the void. */
import { existsSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { expect } from 'chai';
import { ERROR_CODES } from '../src/domain/errors.js';
import { codeOf, filesIn, ROOT, textOf } from './support/repository.js';

const SOURCES = filesIn('src', '.ts').map((file) => `src/${file}`);
const DOCUMENTS = [
  ...filesIn('docs', '.md').map((file) => `docs/${file}`),
  ...readdirSync(ROOT).filter((file) => file.endsWith('.md')),
];

/** The inboxes, and the headings of their tables. */
const RECEIVERS = {
  'To the Supervisor': 'SupervisorMessage',
  'To the Coordinator': 'CoordinatorMessage',
  'To a Worker': 'WorkerMessage',
  'To the Analyzer': 'AnalyzerMessage',
  'To the Analyzer of a daemon': 'LiveAnalyzerMessage',
  'To the Watcher': 'WatcherMessage',
  'To the Archivist': 'ArchivistMessage',
} as const;

/** The cells of all tables under a heading, or of the whole document; without heads and rules. */
function rowsOf(document: string, heading?: string): string[][] {
  const text = textOf(document);
  const section = heading === undefined ? text : (text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '');
  return [...section.matchAll(/^\|(.*)\|$/gm)]
    .map(([, row = '']) => row.split('|').map((cell) => cell.trim()))
    .filter(([first = '']) => first.startsWith('`'));
}

const unquoted = (cell: string | undefined): string => (cell ?? '').replaceAll('`', '');

/** Folders of `src/` in which `failure` is called with a code. */
function foldersThatRaise(code: string): string[] {
  const call = new RegExp(`\\bfailure\\(\\s*'${code}'`);
  return [...new Set(SOURCES.filter((path) => call.test(codeOf(path))).map((path) => path.split('/')[1] ?? ''))];
}

/** Interface -> `type` of each message that is declared in `src/actors/messages/`. */
function declaredMessages(): Map<string, string> {
  const found = new Map<string, string>();
  for (const path of SOURCES.filter((source) => source.startsWith('src/actors/messages/'))) {
    const declared = codeOf(path).matchAll(/^export interface (\w+) \{\s*readonly type: '([\w.]+)'/gm);
    for (const [, name = '', type = ''] of declared) found.set(name, type);
  }
  return found;
}

/** The names that a union of types is made of, through other unions of messages. */
function membersOf(union: string): string[] {
  for (const path of SOURCES.filter((source) => source.startsWith('src/actors/messages/'))) {
    const body = new RegExp(`^export type ${union} =([^;]*);`, 'm').exec(codeOf(path))?.[1];
    if (body !== undefined)
      return body.split('|').flatMap((part) => (part.trim() === '' ? [] : membersOf(part.trim())));
  }
  return [union];
}

/** The `type` of each member of a union that is written out, up to the next declaration. */
function typesIn(path: string, union: string): string[] {
  const body = codeOf(path).split(`export type ${union} =`)[1]?.split('\nexport ')[0] ?? '';
  return [...body.matchAll(/readonly type: '([\w.]+)'/g)].map(([, type = '']) => type);
}

const firstsOf = (rows: string[][]): string[] => rows.map(([first]) => unquoted(first)).sort();

describe('docs/errors.md', () => {
  it('lists each code of the table once, and no other', () => {
    expect(firstsOf(rowsOf('docs/errors.md'))).to.deep.equal([...ERROR_CODES].sort());
  });

  it('names for each code the folders that raise it, so that each is raised', () => {
    const written = rowsOf('docs/errors.md').map(([code, , folders = '']) => [unquoted(code), folders.split(', ')]);

    const raised = ERROR_CODES.map((code) => [code, foldersThatRaise(code)]);
    expect(Object.fromEntries(written)).to.deep.equal(Object.fromEntries(raised));
  });

  it('leaves no cell empty', () => {
    const gaps = rowsOf('docs/errors.md').filter((row) => row.length !== 5 || row.includes(''));

    expect(gaps).to.deep.equal([]);
  });
});

describe('docs/messages.md', () => {
  const declared = declaredMessages();
  const rowOf = (name: string): string => `${declared.get(name) ?? '?'} ${name}`;
  const writtenRows = (heading: string): string[] =>
    rowsOf('docs/messages.md', heading).map(([type, name]) => `${unquoted(type)} ${unquoted(name)}`);

  for (const [heading, inbox] of Object.entries(RECEIVERS)) {
    it(`lists under '${heading}' all that ${inbox} accepts, and nothing else`, () => {
      expect(writtenRows(heading).sort()).to.deep.equal(membersOf(inbox).map(rowOf).sort());
    });
  }

  it("lists under 'To whoever asked' each message that is in no inbox", () => {
    const accepted = new Set(Object.values(RECEIVERS).flatMap(membersOf));

    const others = [...declared.keys()].filter((name) => !accepted.has(name));
    expect(writtenRows('To whoever asked').sort()).to.deep.equal(others.map(rowOf).sort());
  });

  it('lists each fact that is noted, and no other', () => {
    const facts = typesIn('src/actors/messages/facts.ts', 'JobFact');

    expect(facts).to.not.deep.equal([]);
    expect(firstsOf(rowsOf('docs/messages.md', 'Facts'))).to.deep.equal(facts.sort());
  });

  it('lists each event of the job machine, and no other', () => {
    const events = typesIn('src/machines/job-machine.ts', 'JobEvent');

    expect(events).to.not.deep.equal([]);
    expect(firstsOf(rowsOf('docs/messages.md', 'Events of the job machine'))).to.deep.equal(events.sort());
  });

  it('has a heading for each inbox', () => {
    const inboxes = SOURCES.filter((path) => path.startsWith('src/actors/messages/')).flatMap((path) =>
      [...codeOf(path).matchAll(/^export type (\w+) =/gm)].map(([, name = '']) => name),
    );
    const parts = ['JobFact', 'ResultMessage']; // what is noted in `job.noted`, and a part of the Analyzer's inbox

    expect(inboxes.sort()).to.deep.equal([...Object.values(RECEIVERS), ...parts].sort());
  });
});

describe('docs', () => {
  it('has no relative link that leads to no file', () => {
    const broken = DOCUMENTS.flatMap((document) =>
      [...textOf(document).matchAll(/\]\((?!\w+:|#)([^)\s#]+)/g)]
        .map(([, target = '']) => posix.join(posix.dirname(document), target))
        .filter((target) => !existsSync(`${ROOT}${target}`))
        .map((target) => `${document} -> ${target}`),
    );

    expect(broken).to.deep.equal([]);
  });

  it('has each decision that the code and the documents cite by its number', () => {
    const decisions = filesIn('docs/decisions', '.md').map((file) => file.slice(0, 4));

    const cited = [...SOURCES, ...DOCUMENTS].flatMap((path) =>
      [...textOf(path).matchAll(/decisions\/(\d{4})/g)].map(([, number = '']) => number),
    );
    expect(cited.filter((number) => !decisions.includes(number))).to.deep.equal([]);
  });

  it('mentions no error code that does not exist', () => {
    const codes: readonly string[] = ERROR_CODES;

    const mentioned = DOCUMENTS.flatMap((path) => textOf(path).match(/\bMR_ERR_[A-Z]\w*/g) ?? []);
    expect(mentioned.filter((code) => !codes.includes(code))).to.deep.equal([]);
  });
});

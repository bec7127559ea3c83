import { expect } from 'chai';
import fc from 'fast-check';
import { MillraceError } from '../../src/domain/errors.js';
import { type Command, CommandTable, splitWords } from '../../src/repl/command-table.js';

const command = (name: string, words: readonly string[] = []): Command => ({
  name,
  usage: '',
  help: `does ${name}`,
  run: () => Promise.resolve(name),
  complete: () => words,
});

const table = new CommandTable([command('windows', ['--last', '--json']), command('workers'), command('status')]);

function problemOf(run: () => unknown): [string, string] | null {
  try {
    run();
    return null;
  } catch (error) {
    return error instanceof MillraceError ? [error.code, error.message] : ['', String(error)];
  }
}

describe('repl/command-table', () => {
  it('lists the commands by name', () => {
    expect(table.help()).to.deep.equal([
      { name: 'status', usage: '', help: 'does status' },
      { name: 'windows', usage: '', help: 'does windows' },
      { name: 'workers', usage: '', help: 'does workers' },
    ]);
  });

  it('finds a command and its arguments', () => {
    const { command: found, args } = table.find('  windows --last "15 m" \'\' x ');

    expect([found.name, args]).to.deep.equal(['windows', ['--last', '15 m', '', 'x']]);
  });

  it('proposes the nearest name for one that it does not know, and none where all are far', () => {
    expect(['wrokers', 'statu', 'xyzzy', '', 'a'].map((name) => problemOf(() => table.find(name)))).to.deep.equal([
      ['MR_ERR_COMMAND_UNKNOWN', "No command is called 'wrokers'; did you mean workers?"],
      ['MR_ERR_COMMAND_UNKNOWN', "No command is called 'statu'; did you mean status?"],
      ['MR_ERR_COMMAND_UNKNOWN', "No command is called 'xyzzy'; help lists all"],
      ['MR_ERR_COMMAND_UNKNOWN', "No command is called ''; help lists all"],
      ['MR_ERR_COMMAND_UNKNOWN', "No command is called 'a'; help lists all"],
    ]);
  });

  it('knows no names that objects have', () => {
    expect(problemOf(() => table.find('constructor'))?.[0]).to.equal('MR_ERR_COMMAND_UNKNOWN');
    expect(problemOf(() => table.find('__proto__'))?.[0]).to.equal('MR_ERR_COMMAND_UNKNOWN');
  });

  it('completes names, and what a command offers', () => {
    expect(
      ['', 'w', 'wo', 'nope', 'windows ', 'windows --l', 'workers x', 'nope x'].map((text) => table.complete(text)),
    ).to.deep.equal([
      ['status', 'windows', 'workers'],
      ['windows', 'workers'],
      ['workers'],
      [],
      ['--json', '--last'],
      ['--last'],
      [],
      [],
    ]);
  });

  it('refuses quotes that are not closed, or touch a word', () => {
    expect(['say "a', "say 'a", 'say a"b"', 'say "a"b'].map((line) => problemOf(() => splitWords(line)))).to.deep.equal(
      [
        ['MR_ERR_COMMAND_QUOTE', 'A quote is not closed, or touches a word: "\\"a"'],
        ['MR_ERR_COMMAND_QUOTE', 'A quote is not closed, or touches a word: "\'a"'],
        ['MR_ERR_COMMAND_QUOTE', 'A quote is not closed, or touches a word: "a\\"b\\""'],
        ['MR_ERR_COMMAND_QUOTE', 'A quote is not closed, or touches a word: "\\"a\\"b"'],
      ],
    );
  });

  it('splits what was joined with quotes, and fails on nothing else', () => {
    const anyWord = fc.string().map((text) => text.replaceAll('"', ''));
    fc.assert(
      fc.property(fc.array(anyWord), (words) => {
        expect(splitWords(words.map((word) => `"${word}"`).join(' '))).to.deep.equal(words);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (line) => {
        expect(['MR_ERR_COMMAND_QUOTE', undefined]).to.include(problemOf(() => splitWords(line))?.[0]);
      }),
    );
  });
});

import { expect } from 'chai';
import { settingOptions } from '../../src/app/setting-options.js';
import {
  fallbackText,
  fallbackWords,
  SETTING_NAMES,
  settingNamed,
  settingsOf,
  variableOf,
} from '../../src/app/settings.js';
import { textOf } from '../support/repository.js';
import { runMillrace } from '../support/run-millrace.js';

/** The table of docs/config.md as the settings make it. */
function tableOfSettings(): string {
  const rows = SETTING_NAMES.map((name) => {
    const setting = settingNamed(name);
    return [
      `\`${name}\``,
      `\`${variableOf(name)}\``,
      setting.type,
      fallbackWords(setting),
      setting.of.length === 3 ? 'all' : setting.of.join(', '),
      setting.help,
    ];
  });
  return [['setting', 'variable', 'type', 'default', 'of', 'meaning'], Array<string>(6).fill('---'), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

describe('app/settings', () => {
  it('are the table of docs/config.md', () => {
    const rows = textOf('docs/config.md').match(/^\| setting \|[\s\S]*?(?=\n\n)/m) ?? [];

    expect(rows[0]).to.equal(tableOfSettings());
  });

  it('have the values by default that they would take from anybody', () => {
    const wrong = SETTING_NAMES.filter((name) => {
      const setting = settingNamed(name);
      const text = fallbackText(setting);
      return text !== null && setting.parse(name, text) === undefined;
    });

    expect(wrong).to.deep.equal([]);
  });

  it('have names that no two share, as options, letters and variables', () => {
    const flags = settingOptions().flatMap((option) => option.flags.replace(/ <.*/, '').split(', '));
    const variables = SETTING_NAMES.map(variableOf);

    expect([new Set(flags).size, new Set(variables).size]).to.deep.equal([flags.length, variables.length]);
    expect(variables).to.include('MILLRACE_KEYS_PER_WINDOW');
  });

  for (const command of ['analyze', 'backtest'] as const) {
    it(`are options of ${command}, in the words of the table, and those of others are not`, async () => {
      const { stdout } = await runMillrace([command, '--help']);

      const help = stdout.replaceAll(/\s+/g, ' ');
      const own = settingsOf(command);
      const wrong = settingOptions().filter(
        ({ name, flags, description, isShown }) =>
          help.includes(`${flags} ${description} `) !== (isShown && own.includes(name)),
      );
      expect(wrong).to.deep.equal([]);
    });
  }

  it('make of a switch two options, of which help shows the one that changes something', () => {
    const switches = settingOptions().filter(({ flags }) => /quiet|color/.test(flags));

    expect(switches.map(({ flags, isShown }) => [flags, isShown])).to.deep.equal([
      ['-q, --quiet', true],
      ['--no-quiet', false],
      ['--color', false],
      ['--no-color', true],
    ]);
  });
});

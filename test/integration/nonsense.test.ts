import { expect } from 'chai';
import { logLines } from '../support/log-lines.js';
import { runMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

const HELP = '(try millrace analyze --help)';

describe('integration: nonsense on the command line', () => {
  const { path, write } = useScratch();

  const table: readonly (readonly [readonly string[], string])[] = [
    [['analyze'], `missing required argument 'inputs' ${HELP}`],
    [['analyse', 'FILE'], "unknown command 'analyse' (Did you mean analyze?)"],
    [['analyze', 'FILE', '--jsn'], "unknown option '--jsn' (Did you mean --json?)"],
    [['analyze', 'FILE', '--bogus'], `unknown option '--bogus' ${HELP}`],
    [['analyze', 'FILE', '--\x1b[31m'], `unknown option '--\\x1b[31m' ${HELP}`],
    [['analyze', 'FILE', '--json', '--csv'], `option '--json' cannot be used with option '--csv' ${HELP}`],
    [['analyze', 'FILE', '--top'], `option '-n, --top <count>' argument missing ${HELP}`],
    [
      ['analyze', 'FILE', '--log-level', 'loud'],
      "--log-level wants one of error, warn, info, debug, found 'loud' (MR_ERR_OPTION_INVALID)",
    ],
    [
      ['analyze', 'FILE', '--window', '0.5s'],
      "--window wants whole seconds, at most 28 days, such as 10s or 5m, found '0.5s' (MR_ERR_OPTION_INVALID)",
    ],
    [
      ['analyze', 'FILE', '--window', 'x\n'],
      "--window wants a time such as 10s, 5m or 1h, found 'x\\n' (MR_ERR_OPTION_INVALID)",
    ],
    [
      ['analyze', 'FILE', '--workers', '0'],
      "--workers wants a whole number from 1 to 256, found '0' (MR_ERR_OPTION_INVALID)",
    ],
    [
      ['analyze', 'FILE', '--chaos', 'monkey=1'],
      "--chaos wants name=value pairs of crash, exit, hang, slow, duplicate (0 to 1), seed and poison=TEXT, found 'monkey=1' (MR_ERR_CHAOS_INVALID)",
    ],
    [['config', 'shwo'], "unknown command 'shwo' (Did you mean show?)"],
    [['config', 'show', '--bogus'], "unknown option '--bogus' (try millrace config --help)"],
    [
      ['config', 'show', '--top', 'many'],
      "--top wants a whole number from 0 to 10000, found 'many' (MR_ERR_OPTION_INVALID)",
    ],
  ];
  for (const [args, sentence] of table) {
    it(`is one sentence and exit code 2: ${JSON.stringify(args.slice(0, 4).join(' '))}`, async () => {
      write('app.log', logLines(1));

      const run = await runMillrace(args.map((arg) => (arg === 'FILE' ? path('app.log') : arg)));

      expect(run).to.deep.equal({ code: 2, signal: null, stdout: '', stderr: `millrace: ${sentence}\n` });
    });
  }
});

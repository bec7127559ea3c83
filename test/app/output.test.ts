import { closeSync, openSync } from 'node:fs';
import { expect } from 'chai';
import { startNode } from '../support/run-millrace.js';

const OUTPUT = new URL('../../src/app/output.js', import.meta.url).href;
const BYTES = 3_000_000;

/** Writes much, says on standard error how that ended, and exits at once, as the command does. */
const SCRIPT = `
  import { writeOut } from '${OUTPUT}';
  await writeOut('x'.repeat(${BYTES})).then(
    () => process.stderr.write('written'),
    (error) => process.stderr.write(error.code + ': ' + error.message),
  );
  process.exit(0);`;

const ARGUMENTS = ['--input-type=module', '--eval', SCRIPT];

describe('app/output', () => {
  it('is done when all is out, also to a pipe that is read slowly', async () => {
    const { stdout, stderr, code } = await startNode(ARGUMENTS).done;

    expect([stdout.length, stderr, code]).to.deep.equal([BYTES, 'written', 0]);
  });

  it('takes a pipe that was closed for a reader who has enough', async () => {
    const running = startNode(ARGUMENTS);
    running.process.stdout?.destroy();

    const { stderr, code } = await running.done;

    expect([stderr, code]).to.deep.equal(['written', 0]);
  });

  it('says why it could not write', async () => {
    const full = openSync('/dev/full', 'w');

    const { stderr, code } = await startNode(ARGUMENTS, { stdout: full }).done;
    closeSync(full);

    expect([stderr, code]).to.deep.equal(['MR_ERR_OUTPUT_WRITE: Cannot write the report: no space left on device', 0]);
  });
});

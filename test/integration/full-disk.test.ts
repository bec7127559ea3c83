import { closeSync, openSync } from 'node:fs';
import { expect } from 'chai';
import { logLines } from '../support/log-lines.js';
import { expectSentences } from '../support/report-of.js';
import { runMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

describe('integration: a full disk', () => {
  const { write } = useScratch();

  for (const form of [[], ['--json'], ['--csv']]) {
    it(`is one sentence and exit code 4: analyze ${form.join(' ')}`, async () => {
      const file = write('app.log', logLines(10));
      const full = openSync('/dev/full', 'w');

      const { code, stderr } = await runMillrace(['analyze', file, ...form], { stdout: full });
      closeSync(full);

      expectSentences(stderr, ['Cannot write the report: no space left on device (MR_ERR_OUTPUT_WRITE)']);
      expect(code).to.equal(4);
    });
  }
});

import { expect } from 'chai';
import { displayWidth } from '../../src/report/display-width.js';
import { renderAnswer } from '../../src/report/daemon/render-answer.js';
import type { AlertRow, DaemonReport, StatusReport } from '../../src/report/daemon/reports.js';

const PLAIN = { widthColumns: 100, useColor: false };

const STATUS: StatusReport = {
  schema: 'millrace.status/1',
  pid: 4711,
  version: '1.2.3',
  state: 'degraded',
  fault: { code: 'MR_ERR_STORE_FAILED', message: 'The state in /var/lib/millrace cannot be used: the disk is full' },
  startedAt: '2024-01-24T09:00:00.000Z',
  uptimeSeconds: 10_800,
  timezone: 'UTC',
  roots: ['/var/log/\x1b[2Japp'],
  stateFolder: '/var/lib/millrace',
  firing: null,
  gaps: null,
  recent: null,
  files: 1,
  backlogBytes: 5_000_000,
  lagMs: 61_000,
  openDescriptors: 2,
  workers: 1,
  committed: { bytes: 0, lines: 0, malformed: 0, requests: 0, errors: 0, at: null },
  rssBytes: 90_000_000,
  incarnations: 3,
};

const FIRING: AlertRow = {
  name: 'slow',
  rule: 'p95 > 800 by path',
  key: '/a\nb',
  state: 'firing',
  since: '2024-01-24T11:00:00.000Z',
  firedAt: '2024-01-24T11:05:00.000Z',
  worst: 1234.5,
  unit: 'ms',
};

describe('report/daemon: text', () => {
  it('says what is wrong first, and what is not known', () => {
    expect(renderAnswer(STATUS, PLAIN)).to.equal(`\
millrace 1.2.3 is degraded · pid 4711 · since 2024-01-24 09:00:00 UTC (3 h)
fault       The state in /var/lib/millrace cannot be used: the disk is full (MR_ERR_STORE_FAILED)
alerts      not known now
gaps        not known now
last 5 min  not known now
behind      4.77 MiB · the oldest for 1 min 1 s
counted     0 lines · 0 B · 0 requests · 0 errors · 0 malformed
process     1 file followed · 2 open · 1 worker · 85.8 MiB memory · begun anew 2 times
watches     /var/log/\\x1b[2Japp
state       /var/lib/millrace
`);
  });

  it('names the alerts that fire, five of them, with their keys', () => {
    const text = renderAnswer({ ...STATUS, firing: Array.from({ length: 7 }, () => FIRING) }, PLAIN);

    const line = 'slow of /a\\nb fires since 2024-01-24 11:05:00, at worst 1,235 ms';
    expect(text.split('\n').slice(2, 8)).to.deep.equal([
      `alerts      ${line}`,
      ...Array.from({ length: 4 }, () => `            ${line}`),
      '            and 2 more: millrace exec alerts',
    ]);
  });

  it('colours only where asked to, and keeps within the width', () => {
    const reports: readonly DaemonReport[] = [
      { ...STATUS, firing: [FIRING] },
      { schema: 'millrace.alerts/1', timezone: 'UTC', total: 1, alerts: [FIRING], omitted: 3 },
      { schema: 'millrace.help/1', commands: [{ name: 'x', usage: 'Y'.repeat(60), help: 'does it '.repeat(20) }] },
      { schema: 'millrace.done/1', done: 'reloaded', needRestart: ['timezone', 'state', 'format', 'keys'] },
    ];
    for (const report of reports) {
      const lines = renderAnswer(report, { widthColumns: 50, useColor: false }).split('\n');
      expect(lines.filter((line) => displayWidth(line) > 50)).to.deep.equal([]);
      expect(lines.join('')).to.not.include('\x1b');
    }
    expect(renderAnswer(STATUS, { widthColumns: 100, useColor: true })).to.include('\x1b[31mdegraded\x1b[0m');
  });

  it('shows what it does not know as JSON, safe to print', () => {
    expect(renderAnswer({ schema: 'millrace.other/9', text: '\x1b' }, PLAIN)).to.equal(
      '{\n  "schema": "millrace.other/9",\n  "text": "\\u001b"\n}\n',
    );
    expect([renderAnswer(null, PLAIN), renderAnswer('x', PLAIN)]).to.deep.equal(['null\n', '"x"\n']);
  });
});

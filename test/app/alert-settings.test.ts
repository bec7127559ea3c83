import { expect } from 'chai';
import type { AlertSetting } from '../../src/app/alert-settings.js';
import type { Layer } from '../../src/app/config-layers.js';
import { layerOfYaml } from '../../src/app/config-yaml.js';
import { parseRule } from '../../src/domain/alerts/parse-rule.js';
import { MAX_RULES } from '../../src/domain/alerts/parse-rules.js';

const read = (text: string): Layer => layerOfYaml('c.yaml', text, 'user');
const alertsOf = (layer: Layer): readonly AlertSetting[] =>
  layer.flatMap((said) => ('alerts' in said ? said.alerts : []));
const faultsOf = (layer: Layer): string[] =>
  layer.flatMap((said) => ('code' in said ? [`${said.message} (${said.code})`] : []));
const ruleOf = (text: string): AlertSetting => ({ rule: parseRule(text, ''), exec: null, webhook: null });

const HOOKS =
  'hooks are read from files of the user and the system, and from named ones (--config), not from that of the project';

describe('app/alert-settings', () => {
  it('reads alerts as rules, as rules with names, and as maps with hooks', () => {
    const layer = read(`\
top: 3
alerts:
- errorsPerMinute > 30 for 2m
- "slow: p95 > 800 for 5m by path"
- silent: no lines for 10m
- name: broken
  rule: malformed > 5 %
  exec: [/usr/bin/notify, --title, "a b"]
  webhook: https://example.org/hook?key=1
- {rule: "many: errorRate > 2 %", exec: /bin/page}
`);

    expect(faultsOf(layer)).to.deep.equal([]);
    expect(layer.at(-1)).to.deep.equal({
      alerts: [
        ruleOf('errorsPerMinute > 30 for 2m'),
        ruleOf('slow: p95 > 800 for 5m by path'),
        ruleOf('silent: no lines for 10m'),
        {
          rule: { ...parseRule('malformed > 5 %', ''), name: 'broken' },
          exec: ['/usr/bin/notify', '--title', 'a b'],
          webhook: 'https://example.org/hook?key=1',
        },
        { rule: parseRule('many: errorRate > 2 %', ''), exec: ['/bin/page'], webhook: null },
      ],
      origin: { layer: 'user', file: 'c.yaml', line: 2 },
    });
  });

  for (const text of ['alerts:', 'alerts: []', 'alerts: ""']) {
    it(`takes ${JSON.stringify(text)} for no alerts`, () => {
      const alerts = { alerts: [], origin: { layer: 'user', file: 'c.yaml', line: 1 } };
      expect(read(text)).to.deep.equal([alerts]);
    });
  }

  const faults: readonly (readonly [string, readonly string[]])[] = [
    ['alerts: many', ['c.yaml:1:9: alerts wants a list of rules (MR_ERR_CONFIG_INVALID)']],
    ['alerts: {a: b}', ['c.yaml:1:9: alerts wants a list of rules (MR_ERR_CONFIG_INVALID)']],
    [
      'alerts:\n- errorsPerMinute > fast',
      ["c.yaml:2:3, column 19: expected a number, found 'fast' (MR_ERR_RULE_INVALID)"],
    ],
    [
      'alerts:\n- rule: p95 > fast\n  exec: x',
      ["c.yaml:2:9, column 7: expected a number, found 'fast' (MR_ERR_RULE_INVALID)"],
    ],
    [
      'alerts:\n- [p95 > 1]',
      ['c.yaml:2:3: an alert is a rule, or a map with a rule; found a list (MR_ERR_CONFIG_INVALID)'],
    ],
    ['alerts:\n- name: slow', ['c.yaml:2:3: an alert wants a rule (MR_ERR_CONFIG_INVALID)']],
    [
      'alerts:\n- rule: p95 > 1\n  excec: x',
      ["c.yaml:3:3: an alert has no 'excec'; known are name, rule, exec, webhook (MR_ERR_CONFIG_INVALID)"],
    ],
    ['alerts:\n- rule: p95 > 1\n  rule: p95 > 2', ["c.yaml:3:3: 'rule' is set twice (MR_ERR_CONFIG_INVALID)"]],
    ['alerts:\n- p95 > 1\n- p95 > 1', ["c.yaml:3:3: two alerts have the name 'p95 > 1' (MR_ERR_CONFIG_INVALID)"]],
    [
      'alerts:\n- name: "a: b"\n  rule: p95 > 1',
      ['c.yaml:2:9: a name is a text without a colon (MR_ERR_CONFIG_INVALID)'],
    ],
    ['alerts:\n- name: a\n  rule: "b: p95 > 1"', ['c.yaml:2:9: the rule has a name already (MR_ERR_CONFIG_INVALID)']],
    [
      'alerts:\n- rule: p95 > 1\n  exec: []',
      ["c.yaml:3:9 wants a program, or a list of it and its arguments, found '[]' (MR_ERR_OPTION_INVALID)"],
    ],
    [
      'alerts:\n- rule: p95 > 1\n  webhook: ftp://token@example.org',
      ["c.yaml:3:12 wants a URL that begins with http:// or https://, found 'something else' (MR_ERR_OPTION_INVALID)"],
    ],
    ['alerts: [p95 > 1]\nalerts: []', ["c.yaml:2:1: 'alerts' is set twice, first in line 1 (MR_ERR_CONFIG_INVALID)"]],
    [
      'alerts:\n- rule: &a p95 > 1',
      [
        'c.yaml:2:12: anchors are not read in settings (MR_ERR_CONFIG_INVALID)',
        'c.yaml:2:3: an alert wants a rule (MR_ERR_CONFIG_INVALID)',
      ],
    ],
  ];
  for (const [text, expected] of faults) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(faultsOf(read(text))).to.deep.equal(expected);
    });
  }

  it('reads the alerts beside a wrong one', () => {
    expect(alertsOf(read('alerts:\n- p95 > fast\n- no lines for 5m'))).to.deep.equal([ruleOf('no lines for 5m')]);
  });

  it('takes no hooks, of an alert or of all, from a file that lies in a project', () => {
    const text = 'alert-exec: /bin/x\nalerts:\n- rule: p95 > 1\n  exec: /bin/x\n  webhook: http://x\n';

    expect(faultsOf(layerOfYaml('c.yaml', text, 'project'))).to.deep.equal(
      ['1:1', '4:3', '5:3'].map((place) => `c.yaml:${place}: ${HOOKS} (MR_ERR_CONFIG_INVALID)`),
    );
    expect(faultsOf(layerOfYaml('c.yaml', text, 'project', true))).to.deep.equal([]);
  });

  it(`reads at most ${MAX_RULES} alerts`, () => {
    const rules = Array.from({ length: MAX_RULES + 2 }, (_, index) => `- errorsPerMinute > ${index}\n`);

    const layer = read(`alerts:\n${rules.join('')}`);
    expect([alertsOf(layer).length, faultsOf(layer)]).to.deep.equal([
      MAX_RULES,
      [`c.yaml:${MAX_RULES + 2}:3: at most ${MAX_RULES} alerts (MR_ERR_CONFIG_INVALID)`],
    ]);
  });
});

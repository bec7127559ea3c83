/** The parser against what others read of their own lines. Counts are ours; lines and values stay in the collection. */
import { expect } from 'chai';
import { encodeText } from '../../src/domain/byte-string.js';
import type { LineParser } from '../../src/parsers/parse-line.js';
import { describeWith } from '../support/capability.js';
import { type CorpusCase, corpusParser, lineCases, missesOf, type Part } from '../support/corpora.js';

/**
 * Labels of lines that are of our formats: how many there are, and in how many each part differs. The counts may only
 * fall. What is missed on purpose: addresses of clients in the text of messages, and levels that are guessed from prose.
 */
const KNOWN_MISSES: Readonly<Record<string, readonly [lines: number, misses: Partial<Record<Part, number>>]>> = {
  syslog_3164: [377, { clientIp: 58, level: 2 }],
  syslog_5424: [38, {}],
  postgres: [98, {}],
  mysql_error: [113, { clientIp: 4 }],
  log4j: [91, { level: 1 }],
  apache_error: [89, { clientIp: 16, timestamp: 1 }],
  redis: [75, { line: 2 }],
  kibana_json: [63, {}],
  hdfs: [60, {}],
  spark_log4j: [60, {}],
  thunderbird_syslog: [60, {}],
  mongodb_json: [60, {}],
  windows_cbs: [58, {}],
  nginx_access: [52, { clientIp: 5, status: 3, method: 3, path: 1 }],
  kafka_log4j: [43, {}],
  tomcat_juli: [27, {}],
  bunyan_json: [24, {}],
  generic_log: [25, { level: 2 }],
  'dovecot-logs': [20, { clientIp: 20 }],
  'endlessh-logs': [14, { clientIp: 14 }],
  elasticsearch_deprecation: [14, {}],
  fireflyiii: [13, { clientIp: 13 }],
  elasticsearch_deprecation_json: [13, {}],
  elasticsearch_audit_json: [12, { clientIp: 12 }],
  mongodb_text: [12, { durationMs: 5 }],
  elasticsearch_server_json: [11, {}],
  elasticsearch_slowlog_json: [11, {}],
  nginx_error: [11, { method: 3, clientIp: 3 }],
  apache_access: [10, {}],
  'grafana-logs': [9, {}],
  elasticsearch_audit: [9, { clientIp: 9 }],
  'couchdb-log-node': [8, { clientIp: 8 }],
  clef: [3, {}],
  traefik_clf: [7, {}],
  traefik_json: [6, { clientIp: 1 }],
  wildfly: [6, {}],
  glog: [4, {}],
  klog: [1, {}],
  logcat: [5, { level: 1 }],
  logfmt_log: [5, {}],
  rust_tracing_log: [5, {}],
  apache_combined: [4, {}],
  apache_common: [2, {}],
  nginx_combined: [4, {}],
  nginx_ingress: [2, {}],
  nginx_main: [1, {}],
  caddy_json: [4, {}],
  access_log: [4, {}],
  jetty_access: [5, {}],
  zookeeper_log4j: [3, {}],
  logstash_plain: [1, {}],
  logstash_plain_json: [3, {}],
  zap_console: [1, {}],
  pino_json: [1, {}],
  bind9: [2, {}],
  jvm_gc: [64, {}],
  'home-assistant-logs': [11, { clientIp: 11 }],
  'odoo-logs': [6, { clientIp: 6 }],
  'gitea-logs': [7, { clientIp: 7 }],
  'miniflux-logs': [2, {}],
  parse_json_upstream: [2, {}],
  'sshesame-logs': [12, { clientIp: 12 }],
  'stirling-pdf-logs': [12, { clientIp: 12 }],
  'proxmox-logs': [9, { clientIp: 9 }],
  'jellyseerr-logs': [5, { clientIp: 5 }],
  'overseerr-logs': [5, { clientIp: 5 }],
  'nextcloud-logs': [5, {}],
  vmw_log: [46, { line: 1, level: 1 }],
  'sftpgo-logs': [10, { clientIp: 6 }],
};

/** Labels with lines that their own parser refuses -> our format for them, and how many of them it accepts. */
const REFUSED: Readonly<Record<string, readonly [format: string, lines: number, accepted: number]>> = {
  apache_combined: ['combined', 1, 0],
  apache_common: ['common', 2, 0],
  bunyan_json: ['json', 1, 0],
  clef: ['json', 4, 0],
  syslog_3164: ['syslog3164', 1, 0],
  syslog_5424: ['syslog5424', 42, 11], // too long names, and what stands in structured data, are not checked
};

describeWith('the samples of ../shared/corpora', 'parsers/corpora', () => {
  let cases: ReadonlyMap<string, readonly CorpusCase[]> = new Map();
  let parser: LineParser;

  before(() => {
    cases = lineCases();
    parser = corpusParser();
  });

  const casesOf = (label: string, isRefused: boolean): readonly CorpusCase[] =>
    (cases.get(label) ?? []).filter(({ expect: { parse } }) => (parse === 'fail') === isRefused);

  for (const [label, [lines, known]] of Object.entries(KNOWN_MISSES)) {
    it(`reads lines of ${label} as their source does`, () => {
      const ofLabel = casesOf(label, false);
      const misses: Partial<Record<Part, number>> = {};
      for (const part of ofLabel.flatMap((each) => missesOf(parser, each))) misses[part] = (misses[part] ?? 0) + 1;

      expect(ofLabel.length).to.equal(lines);
      expect(worse(misses, known)).to.deep.equal({});
    });
  }

  for (const [label, [format, lines, accepted]] of Object.entries(REFUSED)) {
    it(`accepts ${accepted} of ${lines} lines of ${label} that their own parser refuses`, () => {
      const results = casesOf(label, true).map(({ line }) => parser.parse(encodeText(line)));

      expect(results.length).to.equal(lines);
      expect(results.filter((result) => 'format' in result && result.format === format).length).to.be.at.most(accepted);
    });
  }
});

/** The parts with more misses than are known. */
function worse(misses: Partial<Record<Part, number>>, known: Partial<Record<Part, number>>): object {
  return Object.fromEntries(Object.entries(misses).filter(([part, count]) => count > (known[part as Part] ?? 0)));
}

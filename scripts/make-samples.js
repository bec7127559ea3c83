// Writes the logs of samples/: small, deterministic, and made to look like a quiet shop with one bad quarter of an hour.
import { mkdirSync, writeFileSync } from 'node:fs';

let state = 20240124;
function random() {
  state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 13), 0x297a2d39);
  mixed ^= mixed >>> 16;
  return (mixed >>> 0) / 2 ** 32;
}
const pick = (list) => list[Math.floor(random() ** 2 * list.length)];
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const latencyMs = (medianMs) => Math.max(1, Math.round(medianMs * Math.exp(0.7 * normal())));

const START = Date.UTC(2024, 0, 24, 9, 0, 0);
const BURST = [START + 47 * 60_000, START + 56 * 60_000];
const inBurst = (at) => at >= BURST[0] && at < BURST[1];
const pad = (number, width = 2) => String(number).padStart(width, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function iso(at) {
  return new Date(at).toISOString().replace('T', ' ').replace('Z', '');
}
function clf(at) {
  const d = new Date(at);
  const time = `${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}:${pad(d.getUTCSeconds())}`;
  return `${pad(d.getUTCDate())}/${MONTHS[d.getUTCMonth()]}/${d.getUTCFullYear()}:${time} +0000`;
}

const ROUTES = [
  ['GET', '/', 9],
  ['GET', '/products', 24],
  ['GET', '/products/search?q=lamp', 61],
  ['GET', '/api/cart', 18],
  ['POST', '/api/cart', 33],
  ['GET', '/assets/app.js', 2],
  ['GET', '/assets/app.css', 2],
  ['POST', '/api/checkout', 140],
  ['GET', '/api/orders', 75],
  ['GET', '/account', 28],
  ['GET', '/favicon.ico', 1],
];
const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_2) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2 Safari/605.1.15',
  'curl/8.5.0',
];

function accessLog() {
  const lines = [];
  for (let at = START; at < START + 90 * 60_000; at += Math.round(4200 * -Math.log(1 - random()) + 60)) {
    const [method, target, medianMs] = pick(ROUTES);
    const isBad = inBurst(at) && target === '/api/checkout' && random() < 0.6;
    const isMissing = !isBad && random() < 0.02;
    const status = isBad ? 502 : isMissing ? 404 : method === 'POST' ? 201 : random() < 0.05 ? 304 : 200;
    const tookMs = isBad ? latencyMs(2900) : latencyMs(medianMs);
    const bytes = status === 304 ? 0 : Math.round(Math.exp(7.5 + 1.2 * normal()));
    const client = `10.${Math.floor(random() * 4)}.${Math.floor(random() * 8)}.${Math.floor(random() ** 3 * 250) + 1}`;
    const path = isMissing ? '/wp-login.php' : target;
    lines.push([
      at + tookMs,
      `${client} - - [${clf(at)}] "${method} ${path} HTTP/1.1" ${status} ${bytes} "-" "${pick(AGENTS)}" ${(tookMs / 1000).toFixed(3)}`,
    ]);
  }
  return lines.sort((a, b) => a[0] - b[0]).map(([, line]) => line);
}

function appLog() {
  const lines = [];
  for (let at = START; at < START + 90 * 60_000; at += Math.round(6500 * -Math.log(1 - random()) + 40)) {
    const draw = random();
    if (inBurst(at) && draw < 0.4) lines.push(`${iso(at)} ERROR Payment gateway did not answer, retrying in 5s`);
    else if (draw < 0.04) lines.push(`${iso(at)} WARN Cache nearly full: ${60 + Math.floor(random() * 39)} % used`);
    else if (draw < 0.05)
      lines.push(`${iso(at)} ERROR Order ${Math.floor(random() * 9000) + 1000} rejected by the warehouse`);
    else if (draw < 0.3) lines.push(`${iso(at)} DEBUG Session ${Math.floor(random() * 1e6).toString(36)} refreshed`);
    else lines.push(`${iso(at)} INFO Order ${Math.floor(random() * 9000) + 1000} processed in ${latencyMs(85)}ms`);
    if (random() < 0.004) lines.push('2024-01-24 WARN');
    if (random() < 0.003) lines.push('disk full while writing this li');
  }
  return lines;
}

function mixedLog() {
  const lines = [];
  for (let index = 0; index < 240; index += 1) {
    const at = START + index * 15_000;
    const tookMs = latencyMs(40);
    const zoneless = clf(at).replace(' +0000', `.${pad(at % 1000, 3)}`);
    lines.push(
      [
        `${iso(at)} INFO Job ${index} finished in ${tookMs}ms`,
        JSON.stringify({
          timestamp: iso(at),
          level: index % 40 === 1 ? 'ERROR' : 'INFO',
          message: 'Job stored',
          duration_ms: tookMs,
        }),
        `192.0.2.${(index % 20) + 1} - - [${zoneless}] GET /api/jobs HTTP/1.1 ${index % 30 === 2 ? 503 : 200} ${tookMs}ms`,
      ][index % 3],
    );
  }
  return lines;
}

mkdirSync(new URL('../samples/', import.meta.url), { recursive: true });
const LOGS = { 'access.log': accessLog(), 'app.log': appLog(), 'mixed.log': mixedLog() };
for (const name of Object.keys(LOGS)) {
  writeFileSync(new URL(`../samples/${name}`, import.meta.url), `${LOGS[name].join('\n')}\n`);
}

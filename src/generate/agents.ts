/** What clients say of themselves: user agents, one for each client, and referrers. */
import { bytesOf } from '../domain/byte-string.js';

const SYSTEMS = [
  'Windows NT 10.0; Win64; x64',
  'Macintosh; Intel Mac OS X 10_15_7',
  'X11; Linux x86_64',
  'X11; Ubuntu; Linux x86_64',
  'Linux; Android 10; K',
  'iPhone; CPU iPhone OS 17_2 like Mac OS X',
];
const RELEASES = Array.from({ length: 16 }, (_, index) => 108 + index);

const BROWSERS: readonly string[] = SYSTEMS.flatMap((system) =>
  RELEASES.flatMap((release) => [
    `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${release}.0.0.0 Safari/537.36`,
    `Mozilla/5.0 (${system}; rv:${release}.0) Gecko/20100101 Firefox/${release}.0`,
  ]),
);
const BOTS: readonly string[] = [
  'ExampleBot/2.1 (+https://bot.example/about)',
  'ShopCrawler/1.0 (compatible; +https://crawler.example)',
  'curl/8.5.0',
  'python-requests/2.31.0',
  'Go-http-client/2.0',
  'FeedFetcher/4.2; uptime check',
];
/** One client in so many is a bot. */
const BOT_EVERY = 6;

const AGENTS = BROWSERS.map(bytesOf);
const BOT_AGENTS = BOTS.map(bytesOf);

/** The user agent of a client: always the same one. */
export function agentOf(client: number): Uint8Array {
  const agents = client % BOT_EVERY === BOT_EVERY - 1 ? BOT_AGENTS : AGENTS;
  return agents[(Math.imul(client + 1, 0x85ebca6b) >>> 8) % agents.length] ?? bytesOf('-');
}

/** Of eight requests two state no referrer. */
export const REFERRERS: readonly Uint8Array[] = [
  '-',
  '-',
  'https://shop.example/',
  'https://shop.example/products?page=2&sort=price',
  'https://shop.example/search?q=desk+lamp&from=suggestions&page=1',
  'https://shop.example/products/by-name/kilotavu?campaign=spring-2024',
  'https://search.example/results?query=cheap+desk+lamp&language=en',
  'https://news.example/2024/01/the-ten-best-lamps-for-a-small-desk.html',
].map(bytesOf);

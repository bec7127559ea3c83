/**
 * Access logs of web servers.
 * Sources: Apache HTTP Server, "Log Files" and mod_log_config; nginx, ngx_http_log_module; W3C, "Logging in W3C httpd".
 */
import {
  blanks,
  bytes,
  either,
  extras,
  type Format,
  literal,
  optional,
  type Piece,
  quoted,
  quotedRequest,
  request,
  stamp,
  status,
  word,
} from '../format.js';
import { CONTAINER } from './container.js';

const blank = literal(' ');

/** ` ident user [time`. */
const WHO_AND_WHEN: readonly Piece[] = [blank, word(null), blank, word('user'), literal(' ['), stamp('clf', 'iso')];

/**
 * `client ident user [time]`, without the ident, with a blank in the user's name, or with `vhost:port` or a container in
 * front. Several proxies may stand for the client.
 */
const START: readonly Piece[] = [
  either(
    [word('clientIp', ','), optionalProxies(), ...WHO_AND_WHEN],
    [word('clientIp'), blank, word('user'), literal(' ['), stamp('clf', 'iso')],
    [word('clientIp'), literal(' - '), word('user'), blank, word(null), literal(' ['), stamp('clf', 'iso')],
    [word('virtualHost'), blank, word('clientIp'), ...WHO_AND_WHEN],
    [...CONTAINER, word('clientIp'), ...WHO_AND_WHEN],
  ),
  literal('] '),
];

function optionalProxies(): Piece {
  const proxy = optional(literal(', '), word(null, ','));
  return optional(literal(', '), word(null, ','), proxy, proxy);
}

const RESULT: readonly Piece[] = [quotedRequest, blank, status, optional(blank, bytes)];

/** `… "GET / HTTP/1.1" 200 2326`: the Common Log Format, also with a response time behind it. */
export const COMMON: Format = {
  name: 'common',
  title: 'Common Log Format (Apache, nginx, Tomcat), also with a response time at the end',
  layouts: [[...START, ...RESULT, extras]],
};

/** Common plus `"referrer" "user agent"`, and the unquoted `… GET / HTTP/1.1 200 105ms`. */
export const COMBINED: Format = {
  name: 'combined',
  title:
    'Combined Log Format (Apache, nginx), also with host, request time, forwarded-for; or with the request unquoted',
  layouts: [
    [...START, ...RESULT, blank, quoted('referrer'), blank, quoted('userAgent'), extras],
    [...START, request, blanks, status, optional(blanks, bytes), extras],
  ],
};

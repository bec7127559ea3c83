/** The two forms of syslog. Sources: RFC 3164 (BSD syslog), RFC 5424 (the syslog protocol), RFC 6587 (octet counting). */
import {
  ahead,
  blanks,
  either,
  type Format,
  header,
  literal,
  maybeBlanks,
  message,
  optional,
  priority,
  stamp,
  structuredData,
  tag,
  word,
} from '../format.js';

const blank = literal(' ');

/** `<34>Oct 11 22:14:15 host su[230]: text`, without the priority, the host or the process id as it comes. */
export const SYSLOG_3164: Format = {
  name: 'syslog3164',
  title: 'BSD syslog (RFC 3164), as in /var/log/syslog, also with ISO stamps',
  layouts: [
    [
      optional(priority),
      stamp('bsd', 'bsdYear'),
      blank,
      either([tag], [word('host', '[('), blank, tag]),
      maybeBlanks,
      header,
      message,
    ],
    [optional(priority), stamp('rfc3339'), blank, word('host', '[('), blank, tag, maybeBlanks, header, message],
    [
      optional(priority),
      stamp('bsd', 'bsdYear'),
      blank,
      either([literal('--- ')], [word('host', '[('), blank]),
      ahead('last message repeated '),
      message,
    ],
    [priority, stamp('bsd', 'bsdYear', 'iso'), blanks, header, message],
  ],
};

/** `<165>1 2003-10-11T22:14:15.003Z host app 8710 ID47 [id name="value"] text`. */
export const SYSLOG_5424: Format = {
  name: 'syslog5424',
  title: 'syslog protocol (RFC 5424), also with octet counts',
  layouts: [
    [
      optional(word(null, '<'), blank),
      priority,
      word(null),
      blank,
      either([stamp('iso')], [literal('-')]),
      blank,
      word('host'),
      blank,
      word('process'),
      blank,
      word('pid'),
      blank,
      word(null),
      blank,
      structuredData,
      maybeBlanks,
      message,
    ],
  ],
};

/** Keys of HTTP requests and responses, as data; the first of a list counts most. Sources: as in `field-keys.ts`. */

export const STATUS_KEYS = [
  'status',
  'statusCode',
  'status_code',
  'res.statusCode',
  'res.status',
  'response.status',
  'response.statusCode',
  'http.response.status_code',
  'http.status_code',
  'http.status',
  'httpRequest.status',
  'DownstreamStatus',
  'OriginStatus',
  'StatusCode',
  'response_code',
  'http_status',
  'httpStatus',
];

export const BYTES_KEYS = [
  'body_bytes_sent',
  'bytes_sent',
  'bytes',
  'http.response.body.bytes',
  'http.response.bytes',
  'response_size',
  'responseSize',
  'httpRequest.responseSize',
  'DownstreamContentSize',
  'size',
  'res.contentLength',
  'content_length',
  'res.headers.content-length',
];

export const TARGET_KEYS = [
  'url.original',
  'req.url',
  'request.uri',
  'request.url',
  'http.url',
  'httpRequest.requestUrl',
  'request_uri',
  'requestUri',
  'url',
  'uri',
  'url.path',
  'path',
  'RequestPath',
  'request_path',
  'requestPath',
  'http_path',
  'http.target',
  'http.path',
];

export const REQUEST_KEYS = ['request', 'request_line', 'requestLine', 'http_request'];

import { describe, expect, test } from 'vitest';
import { LINE_PATTERNS, readLine } from '../../../../main/core/evidence/mapping/lines.ts';

describe('a line of a log', () => {
  test.each([
    [
      'access_log',
      '203.0.113.9 - frank [04/Mar/2026:09:26:48 +0000] "GET /cart?x=1 HTTP/1.1" 503 312 "-" "curl/8.5"',
      {
        time: '04/Mar/2026:09:26:48 +0000',
        address: '203.0.113.9',
        user: 'frank',
        method: 'GET',
        path: '/cart?x=1',
        status: '503',
        bytes: '312',
        referrer: '-',
        agent: 'curl/8.5',
      },
    ],
    [
      'syslog_5424',
      '<34>1 2026-03-04T09:26:48.003Z web-1 checkout 77 ID47 [x@1 a="b"] cannot reach the database',
      {
        time: '2026-03-04T09:26:48.003Z',
        level: 'critical',
        host: 'web-1',
        program: 'checkout',
        process: '77',
        messageId: 'ID47',
        message: 'cannot reach the database',
      },
    ],
    [
      'syslog',
      'Mar  4 09:26:48 web-1 sshd[812]: Accepted publickey for deploy',
      {
        time: 'Mar  4 09:26:48',
        level: '',
        host: 'web-1',
        program: 'sshd',
        process: '812',
        message: 'Accepted publickey for deploy',
      },
    ],
    [
      'klog',
      'E0304 09:26:48.123456       1 controller.go:114] sync failed',
      {
        time: 'Mar 04 09:26:48.123456',
        level: 'error',
        thread: '1',
        place: 'controller.go:114',
        message: 'sync failed',
      },
    ],
    [
      'logfmt',
      'ts=2026-03-04T09:26:48Z level=error msg="disk \\"a\\" is full" free=0',
      { ts: '2026-03-04T09:26:48Z', level: 'error', msg: 'disk "a" is full', free: '0' },
    ],
    [
      'time_first',
      '2026-03-04 09:26:48,120 ERROR [http-1] com.example.Cart - payment refused',
      {
        time: '2026-03-04 09:26:48,120',
        level: 'ERROR',
        thread: 'http-1',
        logger: 'com.example.Cart',
        message: 'payment refused',
      },
    ],
    [
      'time_first',
      '2026-03-04 09:26:48,120 [http-1] WARN com.example.Cart - slow',
      {
        time: '2026-03-04 09:26:48,120',
        level: 'WARN',
        thread: 'http-1',
        logger: 'com.example.Cart',
        message: 'slow',
      },
    ],
    [
      'time_first',
      '2026/03/04 09:26:48 [error] 31#31: *1 connect() failed',
      {
        time: '2026/03/04 09:26:48',
        level: 'error',
        thread: '',
        logger: '',
        message: '31#31: *1 connect() failed',
      },
    ],
    [
      'time_first',
      '1772616408 backup began',
      { time: '1772616408', level: '', thread: '', logger: '', message: 'backup began' },
    ],
    [
      'time_within',
      'web-1 at 2026-03-04T09:26:48Z: ERROR no route to host',
      {
        time: '2026-03-04T09:26:48Z',
        level: 'ERROR',
        message: 'web-1 at 2026-03-04T09:26:48Z: ERROR no route to host',
      },
    ],
  ] as const)('of the pattern %s is cut into fields', (pattern, line, fields) => {
    expect(readLine(pattern, line)).toEqual(fields);
  });

  test('that goes on with the one before is of no pattern', () => {
    for (const pattern of LINE_PATTERNS) {
      expect(readLine(pattern, '    at com.example.Cart.pay(Cart.java:114)')).toBe(null);
      expect(readLine(pattern, '')).toBe(null);
    }
  });
});

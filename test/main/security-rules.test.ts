import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  bundleFile,
  CONTENT_SECURITY_POLICY,
  isAllowedExternal,
  isTrustedSender,
  START_URL,
} from '../../main/security-rules.ts';

const FOLDER = path.resolve('/srv/demarc/window');

describe('the bundle', () => {
  it('serves its files', () => {
    expect(bundleFile(FOLDER, START_URL)).toBe(path.join(FOLDER, 'index.html'));
    expect(bundleFile(FOLDER, 'app://demarc/assets/a%20b.js?x=1#y')).toBe(path.join(FOLDER, 'assets/a b.js'));
  });

  it('never leaves its folder', () => {
    const attempts = [
      'app://demarc/../secret',
      'app://demarc/%2e%2e/secret',
      'app://demarc/%2e%2e%2fsecret',
      'app://demarc/..%2fsecret',
      'app://demarc/a/..%2f..%2fsecret',
      'app://demarc/%5c..%5csecret',
      'app://demarc/a%00.js',
      'app://demarc/%zz',
      'app://demarc/',
      'app://demarc',
      'app://demarc//etc/passwd/../../../../etc/passwd%00',
      'app://demarc:80/index.html',
      'app://user@demarc/index.html',
      'app://demarc.evil/index.html',
      'app://evil/index.html',
      'file:///etc/passwd',
      'https://demarc/index.html',
      'not a url',
    ];
    const outside = attempts
      .map((url) => [url, bundleFile(FOLDER, url)] as const)
      .filter(([, file]) => file !== null && !file.startsWith(`${FOLDER}${path.sep}`));
    expect(outside).toEqual([]);
    expect(bundleFile(FOLDER, 'app://demarc/..%2fwindow-evil/x.js')).toBeNull();
  });
});

describe('the content security policy', () => {
  it('has no unsafe source and lets the window connect to nothing', () => {
    expect(CONTENT_SECURITY_POLICY).not.toContain('unsafe');
    expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'");
    expect(CONTENT_SECURITY_POLICY).toContain("connect-src 'none'");
  });
});

describe('the sender of a request', () => {
  const top = (url: string) => ({ senderFrame: { url, parent: null } });
  it('is trusted only as the main frame of our own page', () => {
    expect(isTrustedSender(top('app://demarc/index.html#/incidents'))).toBe(true);
    const strangers = [
      top('app://evil/index.html'),
      top('app://demarc.evil/'),
      top('https://demarc/index.html'),
      top('file:///index.html'),
      top('about:blank'),
      top(''),
      top('data:text/html,x'),
      { senderFrame: null },
      { senderFrame: { url: START_URL, parent: {} } },
    ];
    expect(strangers.filter(isTrustedSender)).toEqual([]);
  });
});

describe('pages opened in the browser', () => {
  const hosts = new Set(['status.cloud.google.com', 'console.aws.amazon.com']);
  it('are https pages of the hosts that our documents name', () => {
    expect(isAllowedExternal('https://status.cloud.google.com/incidents/x', hosts)).toBe(true);
    expect(isAllowedExternal('https://eu-west-1.console.aws.amazon.com/x?y#z', hosts)).toBe(true);
  });

  it('are nothing else', () => {
    const refused = [
      'http://status.cloud.google.com/',
      'https:\\\\status.cloud.google.com/',
      'https:status.cloud.google.com',
      ' https://status.cloud.google.com/',
      'https://status.cloud.google.com.evil.example/',
      'https://evilstatus.cloud.google.com.example/',
      'https://user@status.cloud.google.com/',
      'https://status.cloud.google.com@evil.example/',
      'https://status.cloud.google.com:8443/',
      'https://cloud.google.com/',
      'https://com/',
      'https://stаtus.cloud.google.com/',
      'file:///etc/passwd',
      'smb://host/share',
      'ms-msdt:/id',
      'javascript:alert(1)',
      'data:text/html,x',
      'vscode://x',
      'mailto:a@b.c',
      'tel:123',
      '//status.cloud.google.com/',
      '',
      'https://',
    ];
    expect(refused.filter((url) => isAllowedExternal(url, hosts))).toEqual([]);
  });
});

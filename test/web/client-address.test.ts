import { describe, expect, test } from 'vitest';
import { clientOf } from '../../src/web/client-address.ts';

const REMOTE = '198.51.100.7';

describe('the client of a connection', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:201', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff::', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['1::', '1:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    [undefined, 'unknown'],
  ])('%s is %s', (remote, client) => {
    expect(clientOf({ remote, forwarded: undefined }, 0)).toBe(client);
  });
});

describe('the client that proxies tell', () => {
  test.each<[string | undefined, number, string]>([
    // Nobody is trusted: whatever is said.
    ['192.0.2.1', 0, REMOTE],
    [undefined, 1, REMOTE],
    ['192.0.2.1', 1, '192.0.2.1'],
    // What stands further left is the client's own.
    ['203.0.113.9, 192.0.2.1', 1, '192.0.2.1'],
    ['203.0.113.9, 192.0.2.1, 10.0.0.1', 2, '192.0.2.1'],
    // Past the proxies: what it says is all its own.
    ['203.0.113.9', 2, REMOTE],
    ['192.0.2.1:4711', 1, '192.0.2.1'],
    ['[2001:db8:1:2::9]:4711', 1, '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]', 1, '2001:db8:1:2::/64'],
    ['::ffff:192.0.2.1', 1, '192.0.2.1'],
    ['', 1, REMOTE],
    [',', 1, REMOTE],
    ['unknown', 1, REMOTE],
    ['192.0.2.1,', 1, REMOTE],
    ['[[::1]', 1, REMOTE],
    ['1.2.3.4.5', 1, REMOTE],
    ['__proto__', 1, REMOTE],
    ['192.0.2.1\r\nX: y', 1, REMOTE],
    ['9'.repeat(10_000), 1, REMOTE],
    [':'.repeat(10_000), 1, REMOTE],
    [`${'203.0.113.9, '.repeat(10_000)}192.0.2.1`, 1, '192.0.2.1'],
  ])('%.40s behind %i: %s', (forwarded, proxies, client) => {
    expect(clientOf({ remote: REMOTE, forwarded }, proxies)).toBe(client);
  });
});

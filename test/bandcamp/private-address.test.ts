/**
 * Which addresses strangers may lead us to, in every spelling, and that what was checked is what is connected
 * to.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createHttp, type Http } from '../../src/bandcamp/client.ts';
import {
  guardedLookup,
  isPrivateHost,
  isPublicAddress,
  PrivateAddress,
  type Resolve,
} from '../../src/bandcamp/private-address.ts';
import { readConfig } from '../../src/config.ts';
import { silentLog } from '../../src/log.ts';
import { leapingClock } from '../support/leaping-clock.ts';

test.each([
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '168.63.129.16',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '100::1',
  '5f00::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%lo',
  'fec0::1',
  'ff02::1',
  '',
  'localhost',
  '1.2.3',
  '0x7f.1',
])('%s is not public', address => expect(isPublicAddress(address)).toBe(false));

test.each([
  '1.1.1.1',
  '9.255.255.255',
  '100.63.255.255',
  '100.128.0.1',
  '151.101.1.28',
  '172.15.0.1',
  '172.32.0.1',
  '223.255.255.255',
  '2606:4700::1111',
  '2a04:4e42::284',
  '2001:4860:4860::8888',
])('%s is public', address => expect(isPublicAddress(address)).toBe(true));

test.each([
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0177.0.0.1/',
  'http://127.0.0.1./',
  'http://①②⑦.0.0.1/',
  'http://[::1]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[0:0:0:0:0:ffff:127.0.0.1]/',
  'http://0/',
  'https://10.1/x',
  'http://localhost/',
  'http://LOCALHOST./',
  'http://a.localhost/',
  'http://metadata.google.internal/',
  'http://metadata/',
  'http://printer.local/',
  'http://router.home.arpa/',
])('%s is private by its text', address => expect(isPrivateHost(new URL(address))).toBe(true));

test.each([
  'https://depot.bandcamp.com/',
  'https://local.example.com/',
  'https://localhost.example.com/',
  'http://1.1.1.1/',
])('%s may be public', address => expect(isPrivateHost(new URL(address))).toBe(false));

/** Answers one after the other; the last one for good. */
function answering(...answers: string[][]): Resolve & { asked: number } {
  const resolve = async () => {
    const addresses = answers[Math.min(resolve.asked, answers.length - 1)] ?? [];
    resolve.asked += 1;
    return addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  resolve.asked = 0;
  return resolve;
}

describe('a socket', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  test('connects to the very address that was checked, and a second answer is checked anew', async () => {
    server = createServer(socket => socket.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const resolve = answering(['127.0.0.1'], ['127.0.0.2']);
    // The one address of this machine stands for all that are public.
    const lookup = guardedLookup(resolve, address => address === '127.0.0.1');
    const first = connect({ host: 'rebinding.example.com', port, lookup });
    await once(first, 'connect');
    expect([first.remoteAddress, resolve.asked]).toEqual(['127.0.0.1', 1]);
    first.destroy();
    const second = connect({ host: 'rebinding.example.com', port, lookup });
    await expect(once(second, 'connect')).rejects.toBeInstanceOf(PrivateAddress);
    expect([second.remoteAddress, resolve.asked]).toEqual([undefined, 2]);
  });

  test.each([[['1.1.1.1', '10.0.0.1']], [['::ffff:127.0.0.1']], [[]]])('is refused %j', async addresses => {
    const socket = connect({ host: 'x.example.com', port: 80, lookup: guardedLookup(answering(addresses)) });
    await expect(once(socket, 'connect')).rejects.toBeInstanceOf(PrivateAddress);
  });
});

describe('the client', () => {
  let http: Http;
  const open = (env: Record<string, string>, resolve?: Resolve) => {
    http = createHttp(
      { config: readConfig(env), clock: leapingClock(), random: () => 0, log: silentLog },
      resolve,
    );
  };
  afterEach(() => http.close());
  const private_ = { name: 'Unavailable', reason: 'private-address' };

  test.each([['127.0.0.1'], ['169.254.169.254'], ['fd00::1']])(
    'asks nothing of a name that is %s',
    async address => {
      const resolve = answering([address]);
      open({}, resolve);
      await expect(http.get('https://custom.example.com/album/x')).rejects.toMatchObject(private_);
      await expect(http.get('http://custom.example.com/album/x')).rejects.toMatchObject(private_);
      expect(resolve.asked).toBeGreaterThan(0);
    },
  );

  test.each([
    ['http://127.0.0.1:5432/', 'private-address'],
    ['http://0x7f.1/', 'private-address'],
    ['http://localhost:80/', 'private-address'],
    ['http://[::1]/', 'private-address'],
    ['https://depot.bandcamp.com:8443/', 'bad-address'],
    ['https://user:word@depot.bandcamp.com/', 'bad-address'],
  ])('sends %s nowhere, not even to UPSTREAM_ORIGIN', async (address, reason) => {
    open({ UPSTREAM_ORIGIN: 'http://127.0.0.1:9' });
    await expect(http.get(address)).rejects.toMatchObject({ name: 'Unavailable', reason });
  });
});

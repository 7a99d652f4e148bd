import { expect, test } from 'vitest';
import type { Settings } from '../env.ts';
import type { Ports } from './context.ts';
import { readAddress, sendToAddress, type AddressFault } from './egress.ts';

const SETTINGS = { API_ORIGIN: 'https://api.inlay.app', APP_ORIGIN: 'https://app.inlay.app' } as Settings;
const faultOf = (text: string, settings = SETTINGS) => {
  const read = readAddress(text, settings);
  return 'fault' in read ? read.fault : null;
};

/** What an address is refused for; '' in front of a colon is a host that gets https://…/hook around it. */
const REFUSED: Record<AddressFault, string[]> = {
  malformed: [
    '',
    'hook',
    '//host/hook',
    'https://',
    'https://[::1',
    'https://[fe80::1%25eth0]/',
    'https://a b.com/',
    'https://host:99999/',
    'https://256.1.1.1/',
    'https://1.2.3.4.5/',
    'https://0x100000000/',
    'https://4294967296/',
    'https://exa<mple.com/',
    'https://%00.com/',
    'https://host|x.com/',
    'https://xn--a/',
  ],
  not_https: [
    'http://hooks.acme.io/',
    'HTTP://hooks.acme.io/',
    'ftp://hooks.acme.io/',
    'file:///etc/passwd',
    'gopher://hooks.acme.io/',
    'javascript:alert(1)',
    'data:text/plain,x',
    'ws://hooks.acme.io/',
    'wss://hooks.acme.io/',
    'blob:https://hooks.acme.io/x',
    'dict://127.0.0.1:11211/',
    'ldap://10.0.0.1/',
  ],
  credentials: [
    'https://user@hooks.acme.io/',
    'https://user:pass@hooks.acme.io/',
    'https://:pass@hooks.acme.io/',
    'https://hooks.acme.io@127.0.0.1/',
    'https://hooks.acme.io%2f@10.0.0.1/',
    'https://127.0.0.1%00@hooks.acme.io/',
  ],
  port: [
    'https://hooks.acme.io:80/',
    'https://hooks.acme.io:22/',
    'https://hooks.acme.io:25/',
    'https://hooks.acme.io:6379/',
    'https://hooks.acme.io:5432/',
    'https://hooks.acme.io:3306/',
    'https://hooks.acme.io:9200/',
    'https://hooks.acme.io:11211/',
    'https://hooks.acme.io:8080/',
    'https://hooks.acme.io:8444/',
    'https://hooks.acme.io:0/',
    'https://hooks.acme.io:65535/',
    'https://127.0.0.1:8080/',
  ],
  not_public: [
    // One label, or a name of an inner network.
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    'intranet',
    'db',
    'metadata',
    'printer.local',
    'server.internal',
    'metadata.google.internal',
    'metadata.google.internal.',
    'instance-data.ec2.internal',
    'x.localdomain',
    'nas.lan',
    'router.home',
    'router.home.arpa',
    '1.0.0.127.in-addr.arpa',
    'wiki.corp',
    'x.intranet',
    'x.private',
    'abc.onion',
    'a.invalid',
    'a.example',
    'a.test',
    'kubernetes.default.svc',
    'vault.service.consul',
    'x.svc.cluster.local',
    'ｌｏｃａｌｈｏｓｔ',
    'loc\u00ADalhost',
    'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
    'printer。local',
    // Loopback, in every way of writing it.
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '127.255.255.254',
    '2130706433',
    '0x7f000001',
    '0x7F.1',
    '0x7f.0x0.0x0.0x1',
    '017700000001',
    '0177.0.0.1',
    '0177.0.0.01',
    '127.0.0.1.',
    '１２７.０.０.１',
    '127。0。0。1',
    '%31%32%37.0.0.1',
    '①②⑦.0.0.1',
    // This network, private, shared, link-local.
    '0.0.0.0',
    '0',
    '0.1.2.3',
    '10.0.0.1',
    '10.255.255.255',
    '0xa.1',
    '167772161',
    '012.0.0.1',
    '100.64.0.1',
    '100.127.255.254',
    '100.100.100.200',
    '169.254.0.1',
    '169.254.169.254',
    '169.254.170.2',
    '2852039166',
    '0xA9FEA9FE',
    '0xa9.0xfe.0xa9.0xfe',
    '0251.0376.0251.0376',
    '169.16689662',
    '172.16.0.1',
    '172.31.255.254',
    '192.168.0.1',
    '192.168.255.255',
    '3232235521',
    '0xc0a80001',
    '168.63.129.16',
    // Set aside, for documents, for benchmarks, 6to4's relay, multicast, broadcast.
    '192.0.0.1',
    '192.0.0.192',
    '192.0.2.1',
    '192.88.99.1',
    '198.18.0.1',
    '198.19.255.254',
    '198.51.100.7',
    '203.0.113.7',
    '224.0.0.1',
    '239.255.255.250',
    '240.0.0.1',
    '255.255.255.255',
    '4294967295',
    '0xffffffff',
    // IPv6: nothing, itself, IPv4 in disguise, inner, link-local, site-local, multicast, discard, documents, 6to4, Teredo, NAT64.
    '[::]',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[0000::0001]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::ffff:8.8.8.8]',
    '[::ffff:0:127.0.0.1]',
    '[::127.0.0.1]',
    '[::7f00:1]',
    '[0:0:0:0:0:ffff:a9fe:a9fe]',
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[fdff:ffff::1]',
    '[fe80::1]',
    '[febf::1]',
    '[fec0::1]',
    '[ff02::1]',
    '[ff05::1:3]',
    '[100::1]',
    '[2001::1]',
    '[2001:0:7f00:1::]',
    '[2001:10::1]',
    '[2001:20::1]',
    '[2001:1ff::1]',
    '[2001:db8::1]',
    '[2001:DB8:ffff::1]',
    '[2002:7f00:1::]',
    '[2002:0a00:0001::1]',
    '[2002:a9fe:a9fe::]',
    '[2002:808:808::]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b::a9fe:a9fe]',
    '[64:ff9b::8.8.8.8]',
    '[64:ff9b:1::1]',
    '[3fff::1]',
    '[3fff:fff::1]',
    '[4000::1]',
    '[5f00::1]',
    '[8000::1]',
    '[e000::1]',
    // Our own doors and the zone they are in.
    'api.inlay.app',
    'app.inlay.app',
    'API.INLAY.APP',
    'api.inlay.app.',
    'x.api.inlay.app',
    'inlay.app',
    'admin.inlay.app',
  ].map((host) => `https://${host}/hook`),
};

for (const [fault, addresses] of Object.entries(REFUSED))
  test(`no request leaves for ${addresses.length} addresses: ${fault.replaceAll('_', ' ')}`, () => {
    expect(addresses.filter((address) => faultOf(address) !== fault).map((address) => `${address} ${String(faultOf(address))}`)).toEqual(
      [],
    );
  });

test('the table is as long as it has to be', () => {
  expect(Object.values(REFUSED).flat().length).toBeGreaterThanOrEqual(180);
});

test('public addresses pass, just beside the refused ranges too', () => {
  const hosts = [
    'hooks.acme.io',
    'hooks.acme.io:443',
    'hooks.acme.io:8443',
    'hooks.acme.io.',
    'münchen.de',
    'example.com',
    'local.acme.io',
    'internal.acme.com',
    'test.acme.io',
    'myinlay.app',
    'inlay.app.acme.io',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.1',
    '169.253.255.255',
    '169.255.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '192.169.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '[2606:4700:4700::1111]',
    '[2001:200::1]',
    '[2001:4860:4860::8888]',
    '[2003::1]',
    '[3ffe::1]',
  ];
  expect(hosts.filter((host) => faultOf(`https://${host}/hook`) !== null)).toEqual([]);
});

test('two doors that share no zone of ours refuse themselves only', () => {
  const apart = { API_ORIGIN: 'https://inlay-api.workers.dev', APP_ORIGIN: 'https://inlay.io' } as Settings;
  expect(faultOf('https://other.workers.dev/', apart)).toBeNull();
  expect(faultOf('https://inlay-api.workers.dev/', apart)).toBe('not_public');
});

/** The outside as it is told: what each name leads to, and what the receiver answers. */
function world(names: Record<string, { A?: string[]; AAAA?: string[] }>, answer: () => Promise<Response>) {
  const calls: string[] = [];
  const ports = {
    now: () => new Date(),
    settings: SETTINGS,
    log: { info: () => undefined },
    async outside(url: string, init?: RequestInit) {
      const { hostname, searchParams } = new URL(url);
      if (hostname !== 'cloudflare-dns.com') {
        calls.push(url);
        return Promise.race([
          answer(),
          new Promise<never>((_, reject) =>
            init?.signal?.addEventListener('abort', () => reject(new DOMException('late', 'TimeoutError'))),
          ),
        ]);
      }
      const type = searchParams.get('type') as 'A' | 'AAAA';
      const data = names[searchParams.get('name') ?? '']?.[type] ?? [];
      return Response.json({
        Status: 0,
        Answer: [{ type: 5, data: 'alias.acme.io.' }, ...data.map((one) => ({ type: type === 'A' ? 1 : 28, data: one }))],
      });
    },
  } as unknown as Ports;
  const send = (address: string, timeoutMs = 1_000) => sendToAddress(ports, address, { headers: {}, body: '{}', timeoutMs });
  return { send, calls };
}
const fine = async () => new Response('thanks');

test('a name that leads inside is not called, whichever of its addresses does', async () => {
  const { send, calls } = world(
    {
      'a.acme.io': { A: ['10.0.0.7'] },
      'b.acme.io': { A: ['93.184.215.14', '169.254.169.254'] },
      'c.acme.io': { A: ['93.184.215.14'], AAAA: ['::1'] },
      'd.acme.io': { AAAA: ['2002:7f00:1::'] },
      'e.acme.io': { A: ['not an address'] },
    },
    fine,
  );
  for (const name of ['a', 'b', 'c', 'd', 'e'])
    expect(await send(`https://${name}.acme.io/`), name).toMatchObject({ status: null, error: 'refused_address' });
  expect(await send('https://127.0.0.1/')).toMatchObject({ error: 'refused_address' });
  expect(await send('https://nowhere.acme.io/')).toMatchObject({ status: null, error: 'network' });
  expect(calls).toEqual([]);
});

test('an answer is a status; a redirect is no answer, and nobody follows it', async () => {
  const names = { 'hooks.acme.io': { A: ['93.184.215.14'], AAAA: ['2606:4700:4700::1111'] } };
  expect(await world(names, fine).send('https://hooks.acme.io/')).toMatchObject({ status: 200, error: null });
  const turned = world(names, async () => new Response(null, { status: 302, headers: { location: 'https://169.254.169.254/' } }));
  expect(await turned.send('https://hooks.acme.io/')).toMatchObject({ status: 302, error: 'redirect' });
  expect(turned.calls).toEqual(['https://hooks.acme.io/']);
  expect(await world(names, () => Promise.reject(new TypeError('cut'))).send('https://hooks.acme.io/')).toMatchObject({ error: 'network' });
  expect(await world(names, () => new Promise(() => undefined)).send('https://hooks.acme.io/', 20)).toMatchObject({ error: 'timeout' });
});

import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { countObjects } from './b2.ts';
import { seeded } from './hostile-values.ts';
import type { TrustRow } from './trust-row.ts';

const FORGERIES = 100_000;
const AT_ONCE = 16;
const ROOT = path.resolve(import.meta.dirname, '../..');
/** Where signatures are compared, and by what. */
const COMPARES: readonly (readonly [string, RegExp])[] = [
  ['worker/http/intake.ts', /sameBytes\(/],
  ['worker/domains/embeds/app-proxy.ts', /sameBytes\(/],
  ['worker/platforms/crm/hubspot/verify-request.ts', /crypto\.subtle\.verify\(|sameBytes\(/],
];

interface Delivery {
  path: string;
  method: string;
  body: Buffer | null;
  headers: Record<string, string>;
}
interface Source {
  name: string;
  /** A delivery as the sender would make it, signed by `secret`, `ageMs` old. */
  make(secret: string, ageMs: number): Delivery;
  secret: string;
  signature: string;
  hasTime: boolean;
}

const mac = (secret: string, text: Buffer | string) => createHmac('sha256', secret).update(text);
const order = () => Buffer.from(JSON.stringify({ id: 1, name: '#1', note: 'Réf. 42 — ligne é', total_price: '10.00' }));
const SOURCES: Source[] = [
  {
    name: 'meta',
    secret: 'sandbox-meta-secret',
    signature: 'x-hub-signature-256',
    hasTime: false,
    make(secret) {
      const body = Buffer.from(JSON.stringify({ object: 'page', entry: [], note: 'Réf. é' }));
      return {
        path: '/webhooks/meta',
        method: 'POST',
        body,
        headers: { 'x-hub-signature-256': `sha256=${mac(secret, body).digest('hex')}` },
      };
    },
  },
  {
    name: 'shopify',
    secret: 'sandbox-shopify-secret',
    signature: 'x-shopify-hmac-sha256',
    hasTime: false,
    make(secret) {
      const body = order();
      return {
        path: '/webhooks/shopify',
        method: 'POST',
        body,
        headers: {
          'x-shopify-hmac-sha256': mac(secret, body).digest('base64'),
          'x-shopify-topic': 'orders/none',
          'x-shopify-shop-domain': 'inlay-demo.myshopify.com',
          'x-shopify-webhook-id': 'w',
          'x-shopify-event-id': 'e',
        },
      };
    },
  },
  {
    name: 'hubspot',
    secret: 'sandbox-hubspot-secret',
    signature: 'x-hubspot-signature-v3',
    hasTime: true,
    make(secret, ageMs) {
      const address = '/v1/hubspot/card?objectTypeId=0-1&objectId=1&userId=1&portalId=4242&appId=31337';
      const body = Buffer.from(JSON.stringify({ note: 'é' }));
      const at = String(Date.now() - ageMs);
      // The public address is put before the path by whoever sends it; see `origin` below.
      return {
        path: address,
        method: 'POST',
        body,
        headers: {
          'x-hubspot-signature-v3': mac(secret, `POST${origin}${address}${body.toString()}${at}`).digest('base64'),
          'x-hubspot-request-timestamp': at,
        },
      };
    },
  },
];
let origin = '';

/** Deliveries that nobody signed so: every one is refused, nothing of them is kept. */
export const forgery: TrustRow = {
  row: 'B3',
  promise: 'no forged, altered, old or misaddressed delivery is taken',
  async run({ stack, scaled, seed }) {
    origin = stack.origin;
    const random = seeded(seed);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const raw = await stack.worker.mf.getR2Bucket('RAW');
    const send = async (delivery: Delivery): Promise<number> => {
      const answer = await fetch(stack.origin + delivery.path, {
        method: delivery.method,
        headers: { 'content-type': 'application/json', ...delivery.headers },
        ...(delivery.body === null ? {} : { body: new Uint8Array(delivery.body) }),
      });
      await answer.arrayBuffer();
      return answer.status;
    };
    // What is genuine is not refused as forged; a refusal of everything would prove nothing.
    let genuineRefused = 0;
    for (const source of SOURCES) if ([400, 401].includes(await send(source.make(source.secret, 0)))) genuineRefused += 1;
    const kept = await countObjects(raw, '');

    const figures = { forgeries: 0, accepted: 0, serverErrors: 0, cutOff: 0 };
    const mutate = (source: Source): Delivery => {
      const delivery = source.make(source.secret, 0);
      const body = Buffer.from(delivery.body ?? '');
      const at = Math.floor(random() * body.length);
      const header = delivery.headers[source.signature] as string;
      const withHeader = (value: string): Delivery => ({ ...delivery, headers: { ...delivery.headers, [source.signature]: value } });
      const kinds: (() => Delivery)[] = [
        () => {
          body[at] = (body[at] as number) ^ (1 + Math.floor(random() * 255));
          return { ...delivery, body };
        },
        () => ({ ...delivery, body: body.subarray(0, at) }),
        // In the middle of a sign of two bytes.
        () => ({ ...delivery, body: body.subarray(0, body.indexOf('é') + 1) }),
        () => ({ ...delivery, body: Buffer.concat([body, Buffer.from(pick([' ', '\n', '\0', '}']))]) }),
        () =>
          source.make(
            pick(['', 'another secret', `${source.secret} `, ...SOURCES.filter((one) => one !== source).map((one) => one.secret)]),
            0,
          ),
        () => {
          const i = Math.floor(random() * header.length);
          const changed = header[i] === 'A' || header[i] === 'a' ? 'B' : 'A';
          // The last sign of base64 carries bits that mean nothing; a change there may be no change.
          return header.endsWith('=') && i >= header.length - 2
            ? withHeader(header.slice(1))
            : withHeader(header.slice(0, i) + changed + header.slice(i + 1));
        },
        () => withHeader(header.slice(0, Math.floor(random() * (header.length - 4)))),
        () => withHeader(pick(['', 'sha256=', 'null', 'sha1=00', '='.repeat(44), 'A'.repeat(44), `${header},${header}x`])),
        () => {
          const { [source.signature]: _, ...headers } = delivery.headers;
          return { ...delivery, headers };
        },
        () => (source.hasTime ? source.make(source.secret, pick([301_000, 3_600_000, -301_000 - 60_000])) : source.make('old', 0)),
      ];
      return pick(kinds)();
    };
    const most = scaled(FORGERIES);
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (figures.forgeries < most) {
          figures.forgeries += 1;
          // A refusal may close the connection before the body was read: nothing was taken then either, which storage shows below.
          const status = await send(mutate(pick(SOURCES))).catch((error: unknown) => {
            if (!(error instanceof TypeError)) throw error;
            figures.cutOff += 1;
            return 400;
          });
          if (status < 400) figures.accepted += 1;
          if (status >= 500) figures.serverErrors += 1;
        }
      }),
    );
    const constantTime = COMPARES.every(([file, by]) => by.test(fs.readFileSync(path.join(ROOT, file), 'utf8')));
    const all = { ...figures, sources: SOURCES.length, keptOfThem: (await countObjects(raw, '')) - kept, genuineRefused, constantTime };
    return {
      ok: all.accepted === 0 && all.serverErrors === 0 && all.keptOfThem <= 0 && genuineRefused === 0 && constantTime,
      figures: all,
    };
  },
};

import { hmacSha256, sameBytes } from '../../kernel/bytes.ts';

const OLDEST_SECONDS = 60;

/** Who the shop says is looking. `customerId` null = nobody is signed in. */
export interface ProxyCaller {
  shop: string;
  customerId: string | null;
}

/**
 * Checks a request that came through a shop's app proxy: all parameters but `signature`, sorted, `name=value` joined without
 * separator, repeats by comma, HMAC-SHA-256 in hex, at most a minute old. Null when it does not hold; nothing in the query is to be
 * believed then. Source: shopify.dev, "Authenticate app proxies".
 */
export async function verifyAppProxy(query: URLSearchParams, secret: string, now: Date): Promise<ProxyCaller | null> {
  const sent = query.getAll('signature');
  const [signature] = sent;
  if (sent.length !== 1 || signature === undefined || !/^[0-9a-f]{64}$/.test(signature)) return null;
  const names = [...new Set(query.keys())].filter((name) => name !== 'signature').toSorted();
  const message = names.map((name) => `${name}=${query.getAll(name).join(',')}`).join('');
  const bytes = Uint8Array.from(signature.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  if (!sameBytes(bytes, await hmacSha256(secret, message))) return null;

  const timestamp = query.get('timestamp') ?? '';
  const age = now.getTime() / 1000 - Number(timestamp);
  if (!/^\d+$/.test(timestamp) || Math.abs(age) > OLDEST_SECONDS) return null;
  const shop = query.get('shop') ?? '';
  if (!/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/.test(shop)) return null;
  const customer = query.get('logged_in_customer_id') ?? '';
  return { shop, customerId: /^\d{1,20}$/.test(customer) ? customer : null };
}

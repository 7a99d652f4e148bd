import { Declined, fetchJson } from './fetch-json.ts';
import type { Minted } from './token-source.ts';

/** A token for the page's public key and the contact it shows. @throws Declined; 400 at once when the page gives no key or contact */
export async function mintByKey({
  host,
  api,
  jkt,
  signal,
}: {
  host: HTMLElement;
  api: string;
  jkt: string;
  signal: AbortSignal;
}): Promise<Minted> {
  const { key, contact, portal } = host.dataset;
  if (!key || !contact) throw new Declined(400);
  const { body, skewMs } = await fetchJson<{ token: string; expiresIn: number }>(
    `${api}/v1/embeds/token`,
    {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key, jkt, subject: contact, portal: portal || undefined }),
    },
    signal,
  );
  return { ...body, skewMs };
}

import { Declined, fetchJson } from './fetch-json.ts';
import type { Minted, SignIn } from './token-source.ts';

/**
 * A token through the shop's own signed proxy, which vouches for the customer who is signed in. The thumbprint travels in the query,
 * the only part the shop signs. @throws Declined; 400 at once when the address is not the shop's own
 */
export async function mintByShop({ host, jkt, signal }: { host: HTMLElement; jkt: string; signal: AbortSignal }): Promise<Minted | SignIn> {
  const url = new URL(host.dataset['tokenUrl'] || '/apps/inlay/token', location.href);
  if (url.origin !== location.origin) throw new Declined(400);
  url.searchParams.set('jkt', jkt);
  const { body, skewMs } = await fetchJson<{ token: string; expiresIn: number } | SignIn>(url.href, { credentials: 'same-origin' }, signal);
  return 'signIn' in body ? body : { ...body, skewMs };
}

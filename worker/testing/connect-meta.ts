import type { AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import type { Member, TestWorker } from './harness.ts';

/** The consent page's way back, as a browser would follow it: the callback's query, without calling the callback. */
export const consentToMeta = (member: Member, answer: 'auto=1' | 'decision=cancel' = 'auto=1'): Promise<Consent> =>
  giveConsent(member, 'meta', answer);

/** What the browser carries back: the callback's query, and the cookie of the browser that began. */
export class Consent extends URLSearchParams {
  cookie = '';
}

export async function giveConsent(member: Member, provider: string, answer: string, shop?: string): Promise<Consent> {
  const began = await member.fetch(`/v1/connections/${provider}/start`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(shop === undefined ? {} : { shop }),
  });
  if (!began.ok) throw new Error(`Connecting could not begin: ${began.status} ${await began.text()}`);
  const { url } = (await began.json()) as { url: string };
  const response = await fetch(`${url}&${answer}`, { redirect: 'manual' });
  const location = response.headers.get('location');
  if (!location) throw new Error(`The consent page did not send the browser back (status ${response.status}).`);
  const consent = new Consent(new URL(location).search);
  consent.cookie = began.headers.get('set-cookie')?.split(';')[0] ?? '';
  return consent;
}

/** Calls the callback; where it sends the browser. */
export async function finishConsent(w: TestWorker, query: URLSearchParams, provider = 'meta'): Promise<URL> {
  const response = await fetch(`${w.origin}/v1/connections/${provider}/callback?${query}`, {
    redirect: 'manual',
    headers: query instanceof Consent ? { cookie: query.cookie } : {},
  });
  if (response.status !== 302) throw new Error(`The callback answered ${response.status}: ${await response.text()}`);
  return new URL(response.headers.get('location') as string);
}

/** Connects the sandbox's Meta user and waits until its accounts and pages are here and read once. */
export async function connectMeta(w: TestWorker, member: Member): Promise<{ connectionId: string; accountId: string }> {
  const connected = await connectAds(w, member, 'meta', '1000000001');
  await w.until(
    'pages are subscribed',
    async () =>
      (await w.db.query('select 1 from pages where organization_id = $1 and subscribed_at is not null', [member.organizationId])).rowCount,
  );
  return connected;
}

/** Connects the sandbox's user of an ad platform and waits until all its accounts are read once. Answers with one of them. */
export async function connectAds(
  w: TestWorker,
  member: Member,
  platform: AdPlatformId,
  accountExternalId: string,
): Promise<{ connectionId: string; accountId: string }> {
  const back = await finishConsent(w, await giveConsent(member, platform, 'auto=1'), platform);
  if (back.searchParams.get('connected') !== platform) throw new Error(`Not connected: ${back.search}`);
  const {
    rows: [connection],
  } = await w.db.query('select id from connections where organization_id = $1 and provider = $2', [member.organizationId, platform]);
  const accountId = await w.until(
    'every ad account is read',
    async () => {
      const { rows } = await w.db.query(
        'select id, external_id, insights_synced_at from ad_accounts where organization_id = $1 and platform = $2',
        [member.organizationId, platform],
      );
      return (
        rows.length > 0 &&
        rows.every((row) => row.insights_synced_at !== null) &&
        (rows.find((row) => row.external_id === accountExternalId)?.id as string)
      );
    },
    30_000,
  );
  return { connectionId: connection.id, accountId };
}

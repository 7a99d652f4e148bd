import * as contracts from '#shared/contracts/connections.ts';
import type { SignedIn } from './demo-member.ts';

/** What a person would press on each platform's consent page. */
const YES = {
  meta: { auto: '1' },
  'google-ads': { email: 'owner@example.com' },
  linkedin: { auto: '1' },
  snapchat: { auto: '1' },
  shopify: { decision: 'install' },
  hubspot: { portal: '4242' },
} as const;

/** Walks the login of a platform as a browser would, with the sandbox's dialog saying yes by itself. */
export async function connect(member: Pick<SignedIn, 'fetch'>, provider: keyof typeof YES, shop?: string): Promise<void> {
  const began = await member.fetch(`/v1/connections/${provider}/start`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ returnTo: '/connections', ...(shop ? { shop } : {}) }),
  });
  if (!began.ok) throw new Error(`Connecting ${provider} could not begin: ${began.status} ${await began.text()}`);
  const { url } = contracts.startConnection.response.parse(await began.json());
  const cookie = began.headers.get('set-cookie')?.split(';')[0] ?? '';
  const dialog = new URL(url);
  for (const [name, value] of Object.entries(YES[provider])) dialog.searchParams.set(name, value);
  let next = dialog.href;
  for (let hop = 0; hop < 6; hop++) {
    const answer = await fetch(next, { redirect: 'manual', headers: next.includes('/v1/connections/') ? { cookie } : {} });
    const location = answer.headers.get('location');
    if (!location)
      throw new Error(`Connecting ${provider}: ${next} answered ${answer.status} and led nowhere: ${(await answer.text()).slice(0, 200)}`);
    const target = new URL(location, next);
    const refused = target.searchParams.get('connect_error');
    if (refused) throw new Error(`Connecting ${provider} was refused: ${refused}`);
    if (target.searchParams.get('connected') === provider) return;
    next = target.href;
  }
  throw new Error(`Connecting ${provider} never came back.`);
}

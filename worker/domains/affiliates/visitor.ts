import { isbot } from 'isbot';
import { fromBase64, hmacSha256, toHex } from '../../kernel/bytes.ts';
import type { Ports } from '../../kernel/context.ts';

/**
 * A machine that looks at a link: it gets the redirect too, but counts apart. Browsers that fetch before anybody clicked say so in a
 * header. In-app browsers (Instagram, TikTok, Facebook) are people.
 */
export function isMachine(request: Request): boolean {
  if (request.method === 'HEAD') return true;
  const purpose = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => request.headers.get(name)?.toLowerCase() ?? '');
  if (purpose.some((text) => text.includes('prefetch') || text.includes('prerender') || text.includes('preview'))) return true;
  const agent = request.headers.get('user-agent') ?? '';
  return agent === '' || isbot(agent);
}

/** Who came, for counting within a day: keyed with a salt of that day over address and browser. The address itself is not kept. */
export async function visitorHash(ports: Pick<Ports, 'settings'>, request: Request, at: Date): Promise<string> {
  const salt = await hmacSha256(fromBase64(ports.settings.CLICK_KEY), `visitor|${at.toISOString().slice(0, 10)}`);
  const who = `${request.headers.get('cf-connecting-ip') ?? ''}|${request.headers.get('user-agent') ?? ''}`;
  return toHex(await hmacSha256(salt, who)).slice(0, 32);
}

import { encodeClickId } from '#shared/rules/click-id.ts';
import { fromBase64, randomSecret } from '../../kernel/bytes.ts';
import type { Ports } from '../../kernel/context.ts';
import { clickMac } from './click-mac.ts';
import { mayLeadTo } from './destination.ts';
import { findLink } from './find-link.ts';
import { handOverClick } from './hand-over-click.ts';
import { isMachine, visitorHash } from './visitor.ts';

const HEADERS = { 'cache-control': 'private, no-store' };

/**
 * Sends a visitor of a creator's link to the shop with a signed click id, and notes the visit after the answer. A paused program or
 * link still leads to the shop, without an id: nothing is earned and nobody stands before a closed door.
 */
export async function followLink(ports: Ports, code: string, request: Request): Promise<Response> {
  const link = /^[a-z0-9-]{3,40}$/.test(code) ? await findLink(ports, code) : null;
  if (!link || !mayLeadTo(link.destination, link.allowedDomains))
    return new Response('This link leads nowhere.', { status: 404, headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' } });
  const to = new URL(link.destination);
  if (link.open) {
    const at = ports.now();
    const id = await encodeClickId(
      { linkId: BigInt(`0x${link.linkId}`), mintedAt: Math.floor(at.getTime() / 1000), random: fromBase64(randomSecret(6)) },
      clickMac(ports),
    );
    to.searchParams.set('ilk', id);
    const kind = isMachine(request) ? 'bot' : 'human';
    const hash = await visitorHash(ports, request, at);
    ports.waitUntil(
      handOverClick(ports, {
        organizationId: link.organizationId,
        click: { id, linkId: link.linkId, kind, visitorHash: hash, at: at.toISOString() },
      }),
    );
  }
  return new Response(null, { status: 302, headers: { ...HEADERS, location: to.href } });
}

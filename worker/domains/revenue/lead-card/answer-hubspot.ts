import { sql } from 'drizzle-orm';
import type { LeadCard } from '#shared/contracts/revenue.ts';
import { createContext, type Ports } from '../../../kernel/context.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { isMutant } from '../../../kernel/mutants.ts';
import { crmPlatform } from '../../../platforms/crm/registry.ts';
import { leadCard } from './lead-card.ts';

const MOST_BYTES = 20_000;
const CONTACT = '0-1';

/**
 * The request of HubSpot's own card. HubSpot adds portal, user and app to the query and signs method, public address and body; the
 * portal decides whose figures these are. Repeating it changes nothing: HubSpot repeats once on 5xx.
 * @throws not_signed_in when the signature does not hold or is older than five minutes; not_found for a portal nobody connected
 */
export async function answerHubspot(ports: Ports, request: Request): Promise<LeadCard> {
  const raw = request.method === 'GET' ? '' : await request.text();
  if (raw.length > MOST_BYTES) throw new AppError('too_large', 'The body may be at most 20 kB.');
  if (!(await isSigned(ports, request, raw)) && !isMutant(ports, 'no-signature-check'))
    throw new AppError('not_signed_in', 'This request is not signed by HubSpot.');

  const { searchParams } = new URL(request.url);
  const portalId = searchParams.get('portalId') ?? '';
  const contactId = searchParams.get('objectId') ?? '';
  if ((searchParams.get('objectTypeId') ?? CONTACT) !== CONTACT || !/^\d{1,20}$/.test(contactId))
    throw new AppError('invalid_input', 'The card is for contacts: send objectTypeId=0-1 and objectId.');
  const {
    rows: [owner],
  } = await ports.database
    .within({})
    .read((q) =>
      q.execute<{ organization_id: string }>(
        sql`select organization_id from route_connection('hubspot', ${portalId}) order by connection_id limit 1`,
      ),
    );
  if (!owner) throw notFound('portal');
  return leadCard(createContext(ports, owner.organization_id, { kind: 'webhook', source: 'hubspot' }), { portalId, contactId });
}

/** Signed is the public address. Behind a proxy that is not the one asked for here: it is our configured one, or the one the proxy names. */
async function isSigned(ports: Ports, request: Request, raw: string): Promise<boolean> {
  const { pathname, search } = new URL(request.url);
  const proxied = request.headers.get('x-forwarded-host');
  const origins = [new URL(ports.settings.API_ORIGIN).origin, ...(proxied === null ? [] : [`https://${proxied}`])];
  const { HUBSPOT_CLIENT_SECRET: secret, HUBSPOT_CLIENT_SECRET_PREVIOUS: previous } = ports.settings;
  const secrets = [secret, ...(previous === undefined ? [] : [previous])];
  for (const [origin, known] of origins.flatMap((one) => secrets.map((each) => [one, each] as const))) {
    const holds = await crmPlatform('hubspot').verifyRequest(known, {
      method: request.method,
      url: `${origin}${pathname}${search}`,
      raw,
      signature: request.headers.get('x-hubspot-signature-v3'),
      timestamp: request.headers.get('x-hubspot-request-timestamp'),
      now: ports.now(),
    });
    if (holds) return true;
  }
  return false;
}

import { sql } from 'drizzle-orm';
import type { Ports } from '../../kernel/context.ts';

export interface Link {
  organizationId: string;
  linkId: string;
  destination: string;
  open: boolean;
  allowedDomains: string[];
}
interface Row extends Record<string, unknown> {
  organization_id: string;
  link_id: string;
  destination: string;
  open: boolean;
  allowed_domains: string[];
}

/** Configuration of links lives this long in an isolate. A link paused meanwhile still mints, but earns nothing: terms are judged by the minted time. */
const FRESH_MS = 5_000;
const MOST = 2_000;
const known = new Map<string, { link: Link; at: number }>();

/** The link behind a code, from memory or Postgres; null when there is none. With Postgres away, what memory held last is better than nothing. */
export async function findLink(ports: Ports, code: string): Promise<Link | null> {
  const now = ports.now().getTime();
  const held = known.get(code);
  if (held && now - held.at < FRESH_MS) return held.link;
  try {
    const {
      rows: [row],
    } = await ports.database.within({}).read((q) => q.execute<Row>(sql`select * from route_affiliate_link(${code})`));
    known.delete(code);
    if (!row) return null;
    const link = {
      organizationId: row.organization_id,
      linkId: row.link_id,
      destination: row.destination,
      open: row.open,
      allowedDomains: row.allowed_domains,
    };
    if (known.size >= MOST) known.delete(known.keys().next().value as string);
    known.set(code, { link, at: now });
    return link;
  } catch (error) {
    if (!held) throw error;
    ports.log.error('link.from_memory', error);
    return held.link;
  }
}

import { and, eq, sql } from 'drizzle-orm';
import { dataExports } from '#schema/index.ts';
import type { Ports } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { isSignedLink } from '../../../kernel/signed-link.ts';

/** The file behind a signed address, while its time lasts. Whoever has the address may read it, so it is given after a proof only. */
export async function serveFile(ports: Ports, id: string, request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const until = query.get('until') ?? '';
  const isOurs = await isSignedLink(ports, query.get('mac') ?? '', 'export-file', id, until);
  if (!isOurs) throw new AppError('not_found', 'There is no such thing, or you cannot see it.');
  if (Number(until) <= ports.now().getTime()) throw expired();
  const { rows } = await ports.database
    .within({})
    .read((q) => q.execute<{ organization_id: string }>(sql`select organization_id from route_export(${id})`));
  const [route] = rows;
  if (!route) throw expired();
  const [row] = await ports.database.within({ organizationId: route.organization_id }).read((q) =>
    q
      .select({ storageKey: dataExports.storageKey, kind: dataExports.kind })
      .from(dataExports)
      .where(and(eq(dataExports.id, id), eq(dataExports.organizationId, route.organization_id), eq(dataExports.state, 'ready'))),
  );
  const object = row?.storageKey ? await ports.bindings.MEDIA.get(row.storageKey) : null;
  if (!row || !object) throw expired();
  return new Response(object.body, {
    headers: {
      'content-type': 'application/json',
      'content-length': String(object.size),
      'content-disposition': `attachment; filename="inlay-${row.kind}-${ports.now().toISOString().slice(0, 10)}.json"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    },
  });
}

const expired = () => new AppError('expired', 'This file was deleted after its 24 hours. Make a new copy in the settings.');

import type { InferSelectModel } from 'drizzle-orm';
import type { dataExports } from '#schema/index.ts';
import type { DataExport } from '#shared/contracts/privacy.ts';
import type { Ports } from '../../../kernel/context.ts';
import { signLink } from '../../../kernel/signed-link.ts';

type Row = InferSelectModel<typeof dataExports>;

/** A copy as its owner sees it, with the address of the file while there is one. */
export async function presentCopy(ports: Ports, row: Row): Promise<DataExport> {
  const isOver = row.state === 'ready' && row.expiresAt !== null && row.expiresAt <= ports.now();
  return {
    id: row.id,
    kind: row.kind,
    state: isOver ? 'expired' : row.state,
    bytes: row.bytes,
    sha256: row.sha256,
    url: row.state === 'ready' && row.expiresAt !== null && !isOver ? await fileLink(ports, row.id, row.expiresAt) : null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

async function fileLink(ports: Ports, id: string, until: Date): Promise<string> {
  const url = new URL(`/v1/exports/${id}/file`, ports.settings.API_ORIGIN);
  url.searchParams.set('until', String(until.getTime()));
  url.searchParams.set('mac', await signLink(ports, 'export-file', id, String(until.getTime())));
  return url.href;
}

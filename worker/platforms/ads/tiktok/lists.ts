import type { EntityKind } from '../ad-platform.ts';
import { ask, rowsIn, type Row, type TiktokSession } from './client.ts';
import { isOfFamily, level, type Family } from './families.ts';

/** Deleted objects are asked for where absence has to mean something. */
export const ALSO_DELETED = { primary_status: 'STATUS_ALL' } as const;

/** One page of a level, newest first. */
export async function listPage(
  session: TiktokSession & { accountExternalId: string },
  family: Family,
  kind: EntityKind,
  filtering: Row,
  page: number,
): Promise<{ rows: Row[]; isLast: boolean }> {
  const { path, page: size } = level(family, kind);
  const data = await ask(session, 'GET', `${path}get/`, {
    advertiser_id: session.accountExternalId,
    page,
    page_size: size,
    ...(Object.keys(filtering).length === 0 ? {} : { filtering }),
  });
  return { rows: rowsIn(data, 'list').filter((row) => isOfFamily(family, row)), isLast: isLastPage(data, page) };
}

/** Pages are counted; what arrives in between shifts them back, so that a row may come twice and none is left out. */
export const isLastPage = (data: Row, page: number): boolean => {
  const { total_page: pages } = (data['page_info'] ?? {}) as { total_page?: unknown };
  return typeof pages !== 'number' || page >= pages;
};

/** Every row of a level, each page asked for once. */
export async function listAll(
  session: TiktokSession & { accountExternalId: string },
  family: Family,
  kind: EntityKind,
  filtering: Row,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let page = 1; ; page += 1) {
    const found = await listPage(session, family, kind, filtering, page);
    rows.push(...found.rows);
    if (found.isLast) return rows;
  }
}

export const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

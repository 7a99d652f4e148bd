import { and, eq, inArray } from 'drizzle-orm';
import type { MediaSpec } from '#shared/rules/planned-item.ts';
import { accountMedia } from '#schema/index.ts';
import type { ItemRow, Run } from './run-state.ts';

/** A file the account has from an earlier launch, by the platform's name of it. */
export interface KnownFile {
  item: ItemRow;
  externalId: string;
}

/** Which of these files were uploaded to this account before, and which were not: media is made once per account and content. */
export async function splitKnown(run: Run, items: readonly ItemRow[]): Promise<{ known: KnownFile[]; fresh: ItemRow[] }> {
  const hashOf = (item: ItemRow) => (item.spec as MediaSpec).sha256;
  const hashes = [...new Set(items.flatMap((item) => hashOf(item) ?? []))].filter((hash) => !run.lostFiles.has(hash));
  const rows =
    hashes.length === 0
      ? []
      : await run.ctx.read((q) =>
          q
            .select({ sha256: accountMedia.sha256, externalId: accountMedia.externalId })
            .from(accountMedia)
            .where(
              and(
                eq(accountMedia.organizationId, run.ctx.organizationId),
                eq(accountMedia.accountId, run.account.id),
                inArray(accountMedia.sha256, hashes),
              ),
            ),
        );
  const idOf = new Map(rows.map((row) => [row.sha256, row.externalId]));
  const known = items.flatMap((item) => {
    const externalId = idOf.get(hashOf(item) ?? '');
    return externalId === undefined ? [] : [{ item, externalId }];
  });
  const isKnown = new Set(known.map(({ item }) => item));
  return { known, fresh: items.filter((item) => !isKnown.has(item)) };
}

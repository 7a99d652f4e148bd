import { embedKeys } from '#schema/index.ts';
import type { BodyOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { createEmbedKey as contract } from '#shared/contracts/embeds.ts';
import { randomSecret } from '../../kernel/bytes.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { presentKey } from './present-key.ts';

/** Allows one page origin to show one kind of widget. The key is public: it names the organization and opens nothing by itself. */
export async function createEmbedKey(ctx: Context, { kind, origin }: BodyOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  if (!origin.startsWith('https://'))
    throw new AppError('invalid_input', 'A widget is shown on https pages only.', {
      fields: [{ path: 'origin', message: 'Start with https://' }],
    });
  return ctx.transaction(async (tx) => {
    const [row] = await tx.sql
      .insert(embedKeys)
      .values({
        id: ctx.newId('emk'),
        organizationId: ctx.organizationId,
        publicKey: `pk_${randomSecret(18)}`,
        kind,
        origin,
        createdAt: ctx.now(),
      })
      .returning();
    if (!row) throw new Error('The key was not saved.');
    await tx.audit('embed_key.create', row.id, { kind, origin });
    return presentKey(row);
  });
}

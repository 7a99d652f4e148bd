import { consents } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { giveConsent as contract } from '#shared/contracts/privacy.ts';
import { LEGAL_VERSIONS } from '#shared/rules/legal-documents.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';

/** Notes that a person agreed to the version that is shown now. Once given it stays on record; a repeat changes nothing. */
export async function giveConsent(ctx: Context, { document, version }: BodyOf<typeof contract>): Promise<Record<string, never>> {
  if (version !== LEGAL_VERSIONS[document])
    throw new AppError('invalid_input', 'This version is not the one that is shown now. Reload the page and read it again.', {
      reason: 'version_is_old',
      fields: [{ path: 'version', message: `The version shown now is ${LEGAL_VERSIONS[document]}.` }],
    });
  await ctx.transaction(async (tx) => {
    const [given] = await tx.sql
      .insert(consents)
      .values({ userId: ctx.person().userId, document, version, at: ctx.now() })
      .onConflictDoNothing()
      .returning({ at: consents.at });
    if (given) await tx.audit('privacy.consent', null, { document, version });
  });
  return {};
}

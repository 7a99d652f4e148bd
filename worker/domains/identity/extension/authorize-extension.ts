import { authorizationCodes } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { authorize } from '#shared/contracts/identity.ts';
import { randomSecret, sha256Hex } from '../../../kernel/bytes.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';

/** A one-time code for the extension, good for two minutes; the redirect must be exactly a configured extension's own address. */
export async function authorizeExtension(ctx: Context, input: BodyOf<typeof authorize>): Promise<{ redirectTo: string }> {
  const { userId, provenAt } = ctx.person();
  const allowed = ctx.ports.settings.EXTENSION_IDS.split(',')
    .filter(Boolean)
    .map((id) => `https://${id.trim()}.chromiumapp.org/signed-in`);
  if (!allowed.includes(input.redirectUri))
    throw new AppError('invalid_input', 'This extension is not one of ours.', {
      fields: [{ path: 'redirectUri', message: 'Not a known extension address.' }],
    });
  const code = randomSecret(32);
  await ctx.transaction(async (tx) => {
    await tx.sql.insert(authorizationCodes).values({
      hash: await sha256Hex(code),
      userId,
      organizationId: ctx.organizationId,
      clientId: input.clientId,
      redirectUri: input.redirectUri,
      codeChallenge: input.codeChallenge,
      provenAt,
      expiresAt: new Date(ctx.now().getTime() + 120_000),
    });
    await tx.audit('identity.authorize_extension', userId);
  });
  return { redirectTo: `${input.redirectUri}?code=${encodeURIComponent(code)}&state=${encodeURIComponent(input.state)}` };
}

import { and, eq, gt, inArray, isNull } from 'drizzle-orm';
import { oneTimeTokens, users } from '#schema/index.ts';
import { defineJob } from '../../../kernel/define-job.ts';
import { queueMail } from '../../mail/index.ts';
import { emailKey } from '../email-key.ts';
import { issueLink, linkTo, payloadPlace, wereEnoughSent } from '../links/one-time-tokens.ts';
import { sendLinkRef, wish, WISHED } from '../links/wish-for-link.ts';

/** Grants a wish once: a link by mail when the address has an account that stands, else nothing. */
export const sendLink = defineJob({
  ...sendLinkRef,
  async run(ctx, input) {
    await ctx.transaction(async (tx) => {
      const [taken] = await tx.sql
        .update(oneTimeTokens)
        .set({ usedAt: ctx.now() })
        .where(
          and(
            eq(oneTimeTokens.hash, input.wish),
            inArray(oneTimeTokens.purpose, WISHED),
            isNull(oneTimeTokens.userId),
            isNull(oneTimeTokens.usedAt),
            gt(oneTimeTokens.expiresAt, ctx.now()),
          ),
        )
        .returning();
      if (!taken?.payload) return;
      const { email, place, device } = wish.parse(JSON.parse(await ctx.ports.keyRing.unseal(payloadPlace(input.wish), taken.payload)));
      const [user] = await tx.sql
        .select()
        .from(users)
        .where(and(eq(users.emailKey, emailKey(email)), isNull(users.disabledAt)))
        // Two wishes at once are granted one after the other, so that the hour's links are counted right.
        .for('update');
      if (!user) return;
      const purpose = taken.purpose as (typeof WISHED)[number];
      if (await wereEnoughSent(ctx.ports, tx.sql, user.id, purpose)) return;
      const token = await issueLink(ctx.ports, tx.sql, { purpose, userId: user.id });
      const to = { to: user.email, locale: user.locale, userId: user.id };
      await (purpose === 'magic_link'
        ? queueMail(ctx, tx, {
            ...to,
            template: 'magic_link',
            data: { name: user.name, link: linkTo(ctx.ports, '/sign-in/link', token), place, device },
          })
        : queueMail(ctx, tx, { ...to, template: 'reset_password', data: { name: user.name, link: linkTo(ctx.ports, '/reset', token) } }));
    });
  },
});

import { and, eq } from 'drizzle-orm';
import { affiliateLinks, affiliatePrograms, affiliates } from '#schema/index.ts';
import type { Reason } from '#shared/contracts/reasons.ts';
import type { addAffiliate as contract } from '#shared/contracts/affiliates.ts';
import type { BodyOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import { fromBase64, randomSecret, toHex } from '../../kernel/bytes.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { couponKey } from './coupon-key.ts';
import { mayLeadTo } from './destination.ts';
import { readAffiliates } from './read-affiliates.ts';

type ProgramRow = typeof affiliatePrograms.$inferSelect;

/** Adds a creator with link and coupon in one step: all of it or nothing. */
export async function addAffiliate(ctx: Context, input: BodyOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  const id = ctx.newId('aff');
  const coupon = input.coupon === undefined ? null : couponKey(input.coupon);
  const shopCustomerId = input.shopCustomerId ?? null;
  await ctx.transaction(async (tx) => {
    // The program's row is the gate: of two creators with one coupon the second waits here and then finds it taken.
    const [program] = await tx.sql
      .select()
      .from(affiliatePrograms)
      .where(eq(affiliatePrograms.organizationId, ctx.organizationId))
      .for('update');
    if (!program) throw notFound('affiliate program');
    if (!mayLeadTo(input.destination, program.allowedDomains))
      throw refused(
        'invalid_input',
        'destination',
        'link_domain',
        `A link may lead to ${program.allowedDomains.join(', ')} over https only.`,
      );
    if (coupon !== null && (await isTaken(ctx, tx, program, eq(affiliates.coupon, coupon))))
      throw refused('conflict', 'coupon', 'coupon_taken', 'Another creator has this coupon.');
    if (shopCustomerId !== null && (await isTaken(ctx, tx, program, eq(affiliates.shopCustomerId, shopCustomerId))))
      throw refused('conflict', 'shopCustomerId', 'customer_taken', 'This customer is another creator already.');
    await tx.sql.insert(affiliates).values({
      id,
      organizationId: ctx.organizationId,
      programId: program.id,
      name: input.name,
      shopCustomerId,
      coupon,
      approvedAt: ctx.now(),
      createdAt: ctx.now(),
    });
    const [link] = await tx.sql
      .insert(affiliateLinks)
      .values({
        id: toHex(fromBase64(randomSecret(8))),
        organizationId: ctx.organizationId,
        affiliateId: id,
        code: input.code,
        destination: input.destination,
        createdAt: ctx.now(),
      })
      .onConflictDoNothing()
      .returning();
    // Codes share one address space across all organizations; the unique index decides.
    if (!link) throw refused('conflict', 'code', 'link_taken', 'This link name is taken.');
    await tx.audit('affiliate.add', id, { code: input.code, coupon, shopCustomer: shopCustomerId !== null });
  });
  const {
    affiliates: [added],
  } = await readAffiliates(ctx, id);
  if (!added) throw notFound('creator');
  return added;
}

async function isTaken(ctx: Context, tx: Tx, program: ProgramRow, same: ReturnType<typeof eq>): Promise<boolean> {
  return (
    (await tx.sql.$count(affiliates, and(eq(affiliates.organizationId, ctx.organizationId), eq(affiliates.programId, program.id), same))) >
    0
  );
}

const refused = (code: 'invalid_input' | 'conflict', path: string, reason: Reason, message: string): AppError =>
  new AppError(code, `${message} Nothing was added.`, { reason, fields: [{ path, message, reason }] });

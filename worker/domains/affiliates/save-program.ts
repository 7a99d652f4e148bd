import { and, desc, eq } from 'drizzle-orm';
import { affiliateDecisions, affiliateProgramRules, affiliatePrograms, organizations } from '#schema/index.ts';
import type { saveProgram as contract } from '#shared/contracts/affiliates.ts';
import type { BodyOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { hostName } from './destination.ts';
import { presentProgram } from './present-program.ts';

type ProgramRow = typeof affiliatePrograms.$inferSelect;

/** Creates or changes the organization's program. New terms hold from now on; what was sold before stays as it was judged. */
export async function saveProgram(ctx: Context, input: BodyOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  const allowedDomains = readDomains(input.allowedDomains);
  const { rateNum, rateDen } = readRate(input.ratePercent);
  const wanted = {
    name: input.name,
    shop: input.shop,
    currency: input.currency,
    state: input.state,
    rateNum,
    rateDen,
    windowDays: input.windowDays,
    allowedDomains,
  };
  return ctx.transaction(async (tx) => {
    // One program per organization: two first saves at once wait for each other here.
    await tx.sql.select({ id: organizations.id }).from(organizations).where(eq(organizations.id, ctx.organizationId)).for('update');
    const [before] = await tx.sql.select().from(affiliatePrograms).where(eq(affiliatePrograms.organizationId, ctx.organizationId));
    if (before && (before.shop !== wanted.shop || before.currency !== wanted.currency)) await refuseOnceSold(ctx, tx, before);
    const [row] = before
      ? await tx.sql
          .update(affiliatePrograms)
          .set(wanted)
          .where(and(eq(affiliatePrograms.id, before.id), eq(affiliatePrograms.organizationId, ctx.organizationId)))
          .returning()
      : await tx.sql
          .insert(affiliatePrograms)
          .values({ id: ctx.newId('apr'), organizationId: ctx.organizationId, ...wanted, createdAt: ctx.now() })
          .returning();
    if (!row) throw new Error('The program was not saved.');
    const version = await addTerms(ctx, tx, row);
    await tx.audit(before ? 'affiliate_program.change' : 'affiliate_program.create', row.id, { ...wanted, version });
    return presentProgram(row);
  });
}

function readDomains(given: readonly string[]): string[] {
  const hosts = given.map(hostName);
  const fields = hosts.flatMap((host, i) =>
    host === null ? [{ path: `allowedDomains.${i}`, message: 'Give a host name only, such as shop.example.com.' }] : [],
  );
  if (fields.length > 0) throw new AppError('invalid_input', 'Some of the domains are not host names.', { fields });
  return [...new Set(hosts.filter((host) => host !== null))];
}

/** "7.25" = 725/10000: hundredths of a percent, exact. */
function readRate(percent: string): { rateNum: number; rateDen: number } {
  const [whole = '', part = ''] = percent.split('.');
  return { rateNum: Number(whole) * 100 + Number(part.padEnd(2, '0')), rateDen: 10_000 };
}

/** Commissions are booked in the program's shop and currency; moving either would mix what is owed already. */
async function refuseOnceSold(ctx: Context, tx: Tx, program: ProgramRow): Promise<void> {
  const [sold] = await tx.sql
    .select({ orderId: affiliateDecisions.orderId })
    .from(affiliateDecisions)
    .where(and(eq(affiliateDecisions.organizationId, ctx.organizationId), eq(affiliateDecisions.programId, program.id)))
    .limit(1);
  if (sold)
    throw new AppError('conflict', 'Orders were judged under this program already, so its shop and currency stay. Nothing was changed.', {
      reason: 'program_has_orders',
    });
}

/** The next version of the terms, unless they are those in force. Returns the version in force now. */
async function addTerms(ctx: Context, tx: Tx, { id: programId, state, rateNum, rateDen, windowDays }: ProgramRow): Promise<number> {
  const where = and(eq(affiliateProgramRules.organizationId, ctx.organizationId), eq(affiliateProgramRules.programId, programId));
  const [last] = await tx.sql.select().from(affiliateProgramRules).where(where).orderBy(desc(affiliateProgramRules.version)).limit(1);
  if (last && last.state === state && last.rateNum === rateNum && last.rateDen === rateDen && last.windowDays === windowDays)
    return last.version;
  const version = (last?.version ?? 0) + 1;
  await tx.sql
    .insert(affiliateProgramRules)
    .values({ organizationId: ctx.organizationId, programId, version, effectiveAt: ctx.now(), state, rateNum, rateDen, windowDays });
  return version;
}

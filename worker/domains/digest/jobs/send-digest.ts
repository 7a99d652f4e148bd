import { and, count, eq, gte, isNull, lt } from 'drizzle-orm';
import { z } from 'zod';
import { digests, launches, memberships, organizations, users } from '#schema/index.ts';
import { chooseLocale } from '#shared/messages/locales.ts';
import { createFormats } from '#shared/messages/format.ts';
import { may, ROLE_PERMISSIONS } from '#shared/rules/permissions.ts';
import { addDays, startOfDay } from '#shared/rules/day-of.ts';
import { inOwnAccounts } from '../../../kernel/account-scope.ts';
import { createContext, type Context } from '../../../kernel/context.ts';
import { defineJob } from '../../../kernel/define-job.ts';
import { accountWindows } from '../../insights/index.ts';
import { queueMail } from '../../mail/index.ts';
import { digestOffLink } from '../digest-off.ts';
import { weekInNumbers } from '../week-in-numbers.ts';

/** Sends a member the week that ended yesterday, once. `member` is "<user id>/<the Monday it is sent on>". */
export const sendDigest = defineJob({
  name: 'send-digest',
  queue: 'job',
  input: z.object({ member: z.string().regex(/^[\w-]+\/\d{4}-\d\d-\d\d$/) }),
  async run(ctx, { member }) {
    const [userId, monday] = member.split('/') as [string, string];
    const [reader] = await ctx.read((q) =>
      q
        .select({ user: users, role: memberships.role, clientId: memberships.clientId, organization: organizations })
        .from(memberships)
        .innerJoin(users, and(eq(users.id, memberships.userId), isNull(users.disabledAt)))
        .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
        .where(and(eq(memberships.organizationId, ctx.organizationId), eq(memberships.userId, userId), eq(memberships.weeklyDigest, true))),
    );
    if (!reader || !may(ROLE_PERMISSIONS[reader.role], 'insights:read')) return;
    const days = { since: addDays(monday, -7), until: addDays(monday, -1) };
    const own = asReader(ctx, userId, reader);
    const { name, timezone } = reader.organization;
    const locale = chooseLocale([reader.user.locale]);
    const formats = createFormats(locale);
    const numbers = weekInNumbers(await accountWindows(own, days), locale);
    const started = await launchesIn(own, startOfDay(days.since, timezone), startOfDay(monday, timezone));
    const unsubscribe = await digestOffLink(ctx.ports, ctx.organizationId, userId, locale);
    await ctx.transaction(async (tx) => {
      const [first] = await tx.sql
        .insert(digests)
        .values({ organizationId: ctx.organizationId, userId, week: monday, at: ctx.now() })
        .onConflictDoNothing()
        .returning({ week: digests.week });
      if (!first) return;
      await queueMail(ctx, tx, {
        template: 'weekly_digest',
        to: reader.user.email,
        locale,
        userId,
        data: {
          name: reader.user.name,
          organization: name,
          from: formats.dayShort(days.since),
          until: formats.dayShort(days.until),
          ...numbers,
          launches: started,
          link: new URL('/', ctx.ports.settings.APP_ORIGIN).href,
          unsubscribe,
        },
      });
    });
  },
});

/** Looks as the reader does: a client's login is told of its own ad accounts only. */
function asReader(
  ctx: Context,
  userId: string,
  { role, clientId }: { role: keyof typeof ROLE_PERMISSIONS; clientId: string | null },
): Context {
  return createContext(ctx.ports, ctx.organizationId, {
    kind: 'user',
    userId,
    sessionId: '',
    role,
    permissions: ROLE_PERMISSIONS[role],
    clientId,
    provenAt: new Date(0),
  });
}

async function launchesIn(ctx: Context, from: string, before: string): Promise<number> {
  const [row] = await ctx.read((q) =>
    q
      .select({ n: count() })
      .from(launches)
      .where(
        and(
          eq(launches.organizationId, ctx.organizationId),
          inOwnAccounts(ctx, launches.accountId),
          gte(launches.approvedAt, new Date(from)),
          lt(launches.approvedAt, new Date(before)),
        ),
      ),
  );
  if (!row) throw new Error('A count has one row.');
  return row.n;
}

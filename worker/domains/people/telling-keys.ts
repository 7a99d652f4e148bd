import { and, eq, inArray } from 'drizzle-orm';
import { personKeys } from '#schema/index.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import type { KeyKind } from './person-keys.ts';

/** What is somebody's own. A click id ties those who have neither; two who have either are never joined by it. */
const OWN: readonly KeyKind[] = ['email', 'phone'];
/** A number shared by more people than this only suggests. */
const PHONE_SHARED_BY = 3;

export interface HashedKey {
  kind: KeyKind;
  keyHash: string;
}
export interface KnownKey extends HashedKey {
  personId: string;
  shared: boolean;
}
/** What of a record tells who it is: its keys, and those of them that are known. */
export interface Telling {
  usable: readonly HashedKey[];
  candidates: readonly KnownKey[];
}

/** A phone that already stands for several mailboxes no longer tells who somebody is: it neither matches nor is added. */
export async function withoutSharedPhone(ctx: Context, tx: Tx, telling: Telling): Promise<Telling> {
  const phone = telling.candidates.find((key) => key.kind === 'phone');
  const email = telling.usable.find((key) => key.kind === 'email');
  if (!phone || !email || telling.candidates.some((key) => key.keyHash === email.keyHash && key.kind === 'email')) return telling;
  const mailboxes = await tx.sql.$count(
    personKeys,
    and(eq(personKeys.organizationId, ctx.organizationId), eq(personKeys.personId, phone.personId), eq(personKeys.kind, 'email')),
  );
  return mailboxes < PHONE_SHARED_BY ? telling : without(telling, (key) => key.kind === 'phone' && key.keyHash === phone.keyHash);
}

/**
 * A link with a click id in it is passed on, so the id ties a record to a person only as long as nothing speaks against it: it is known
 * of one person, and not both of them have an address or a number of their own. Everybody else's click ids neither match nor are added.
 */
export async function withoutForeignClicks(ctx: Context, tx: Tx, telling: Telling): Promise<Telling> {
  const { usable, candidates } = telling;
  const clicks = candidates.filter((key) => key.kind === 'click_id');
  if (clicks.length === 0) return telling;
  const owners = await withOwn(ctx, tx, candidates);
  const named = new Set(candidates.filter((key) => key.kind !== 'click_id').map((key) => key.personId));
  const holders = new Set(clicks.filter((key) => !key.shared).map((key) => key.personId));
  const others = [...holders].filter((id) => owners.has(id) && !named.has(id));
  const hasOwn = usable.some((key) => OWN.includes(key.kind)) || [...named].some((id) => owners.has(id));
  const foreign = hasOwn || others.length > 1 ? others : [];
  const silent = new Set(clicks.filter((key) => key.shared || foreign.includes(key.personId)).map((key) => key.keyHash));
  return without(telling, (key) => key.kind === 'click_id' && silent.has(key.keyHash));
}

/** Those among the people of these keys who have an address or a number. */
async function withOwn(ctx: Context, tx: Tx, keys: readonly KnownKey[]): Promise<Set<string>> {
  const rows = await tx.sql
    .selectDistinct({ personId: personKeys.personId })
    .from(personKeys)
    .where(
      and(
        eq(personKeys.organizationId, ctx.organizationId),
        inArray(
          personKeys.personId,
          keys.map((key) => key.personId),
        ),
        inArray(personKeys.kind, [...OWN]),
      ),
    );
  return new Set(rows.map((row) => row.personId));
}

const without = ({ usable, candidates }: Telling, isOut: (key: HashedKey) => boolean): Telling => ({
  usable: usable.filter((key) => !isOut(key)),
  candidates: candidates.filter((key) => !isOut(key)),
});

/** Notes which of these keys are click ids of somebody else than who brought them. Their people are locked. */
export async function markShared(ctx: Context, tx: Tx, keys: readonly KnownKey[]): Promise<void> {
  const clicks = keys.filter((key) => key.kind === 'click_id' && !key.shared).map((key) => key.keyHash);
  if (clicks.length === 0) return;
  await tx.sql
    .update(personKeys)
    .set({ shared: true })
    .where(and(eq(personKeys.organizationId, ctx.organizationId), eq(personKeys.kind, 'click_id'), inArray(personKeys.keyHash, clicks)));
}

import { and, eq, inArray, sql } from 'drizzle-orm';
import { leads, orders, people, personKeys, touches } from '#schema/index.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import type { KeyKind, PersonKey } from './person-keys.ts';
import { markShared, withoutForeignClicks, withoutSharedPhone, type HashedKey, type KnownKey } from './telling-keys.ts';

/** Kinds of which a person has at most one: two different ones are two people until somebody says otherwise. */
const EXCLUSIVE: ReadonlySet<KeyKind> = new Set(['shop_customer', 'crm_contact']);
/** Which of several matching keys is named as the reason, strongest first. */
const STRENGTH: readonly KeyKind[] = ['meta_lead', 'click_id', 'email', 'phone', 'shop_customer', 'crm_contact'];

export interface FoundPerson {
  personId: string;
  /** The strongest key that was known before; null = this is somebody new. */
  matchedBy: KeyKind | null;
  /** People that turned out to be this one; their leads, touches and orders are now this person's, so their orders need attribution again. */
  joined: string[];
}
/**
 * The person behind exact keys. Keys of several people join them (the oldest stays), unless an exclusive kind says they differ: then
 * the strongest one wins and the others are left alone. One click id never joins two people: see `withoutForeignClicks`. Races are
 * decided by the unique index on keys: the loser reads again.
 * @param before whose the record was until now: it stays theirs when nothing in it tells whose it is
 */
export async function findOrCreatePerson(
  ctx: Context,
  tx: Tx,
  keys: readonly PersonKey[],
  before: string | null = null,
): Promise<FoundPerson> {
  const unknown = async (): Promise<FoundPerson> => ({ personId: before ?? (await insertPerson(ctx, tx)), matchedBy: null, joined: [] });
  if (keys.length === 0) return unknown();
  const box = await ctx.box();
  const wanted = await Promise.all(
    keys.map(async ({ kind, value }): Promise<HashedKey> => ({ kind, keyHash: await box.lookupHash(kind, value) })),
  );
  const joined = new Set<string>();
  for (let round = 0; round < 5; round++) {
    const known = await lockKnown(ctx, tx, wanted);
    const telling = await withoutSharedPhone(ctx, tx, { usable: wanted, candidates: known });
    const { usable, candidates } = await withoutForeignClicks(ctx, tx, telling);
    if (usable.length === 0) {
      await markShared(
        ctx,
        tx,
        known.filter((key) => key.personId !== before),
      );
      return unknown();
    }
    const { personId, absorbed, isNew } = await choose(ctx, tx, usable, candidates);
    for (const other of absorbed) {
      await absorb(ctx, tx, personId, other);
      joined.add(other);
    }
    if (await addKeys(ctx, tx, personId, usable, known, isNew)) {
      await markShared(
        ctx,
        tx,
        known.filter((key) => key.personId !== personId && !absorbed.includes(key.personId)),
      );
      if (joined.size > 0)
        await tx.audit('people.joined', personId, { joined: [...joined], by: [...new Set(candidates.map((key) => key.kind))] });
      const kinds = new Set(
        candidates.filter((key) => key.personId === personId || absorbed.includes(key.personId)).map((key) => key.kind),
      );
      return { personId, matchedBy: STRENGTH.find((kind) => kinds.has(kind)) ?? null, joined: [...joined] };
    }
  }
  throw new Error('Keys of a person kept changing hands.');
}

/** The keys that exist already, with their people locked in one order so that two joins cannot wait for each other. */
async function lockKnown(ctx: Context, tx: Tx, wanted: readonly HashedKey[]): Promise<KnownKey[]> {
  const locked = new Set<string>();
  for (;;) {
    const known = await tx.sql
      .select({ kind: personKeys.kind, keyHash: personKeys.keyHash, personId: personKeys.personId, shared: personKeys.shared })
      .from(personKeys)
      .where(
        and(
          eq(personKeys.organizationId, ctx.organizationId),
          sql`(${personKeys.kind}, ${personKeys.keyHash}) in (${sql.join(
            wanted.map((key) => sql`(${key.kind}, ${key.keyHash})`),
            sql`, `,
          )})`,
        ),
      );
    // Who waited here may find that the person was joined to another one meanwhile: then that one is locked, too.
    const open = [...new Set(known.map((key) => key.personId))].filter((id) => !locked.has(id));
    if (open.length === 0) return known;
    await tx.sql
      .select({ id: people.id })
      .from(people)
      .where(and(eq(people.organizationId, ctx.organizationId), inArray(people.id, open)))
      .orderBy(people.id)
      .for('update');
    for (const id of open) locked.add(id);
  }
}

/** The person to keep, and those that are the same one. People whose exclusive keys differ from the kept one's stay apart. */
async function choose(
  ctx: Context,
  tx: Tx,
  wanted: readonly HashedKey[],
  known: readonly KnownKey[],
): Promise<{ personId: string; absorbed: string[]; isNew: boolean }> {
  const ids = [...new Set(known.map((key) => key.personId))].sort();
  const exclusive = new Map<string, Map<KeyKind, string>>();
  if (ids.length > 0) {
    const rows = await tx.sql
      .select({ kind: personKeys.kind, keyHash: personKeys.keyHash, personId: personKeys.personId })
      .from(personKeys)
      .where(
        and(eq(personKeys.organizationId, ctx.organizationId), inArray(personKeys.personId, ids), inArray(personKeys.kind, [...EXCLUSIVE])),
      );
    for (const row of rows)
      exclusive.set(row.personId, (exclusive.get(row.personId) ?? new Map<KeyKind, string>()).set(row.kind, row.keyHash));
  }
  const own = new Map(wanted.filter((key) => EXCLUSIVE.has(key.kind)).map((key) => [key.kind, key.keyHash]));
  const differs = (a: ReadonlyMap<KeyKind, string>, b: ReadonlyMap<KeyKind, string>) =>
    [...a].some(([kind, hash]) => b.has(kind) && b.get(kind) !== hash);
  const strength = (id: string) =>
    Math.min(...known.filter((key) => key.personId === id).map((key) => (EXCLUSIVE.has(key.kind) ? -1 : STRENGTH.indexOf(key.kind))));
  const compatible = ids.filter((id) => !differs(own, exclusive.get(id) ?? new Map()));
  const [first] = compatible.toSorted((a, b) => strength(a) - strength(b) || (a < b ? -1 : 1));
  if (first === undefined) return { personId: await insertPerson(ctx, tx), absorbed: [], isNew: true };
  const held = new Map([...(exclusive.get(first) ?? []), ...own]);
  const same = [first];
  for (const id of compatible) {
    const theirs = exclusive.get(id) ?? new Map<KeyKind, string>();
    if (id === first || differs(held, theirs)) continue;
    same.push(id);
    for (const [kind, hash] of theirs) held.set(kind, hash);
  }
  const [personId, ...absorbed] = same.sort() as [string, ...string[]];
  return { personId, absorbed, isNew: false };
}

/** Adds what was not known. False = somebody else took one of the keys in between, and everything has to be looked at again. */
async function addKeys(
  ctx: Context,
  tx: Tx,
  personId: string,
  wanted: readonly HashedKey[],
  known: readonly KnownKey[],
  isNew: boolean,
): Promise<boolean> {
  // In one order everywhere: two inserts that share keys then wait for each other in line instead of in a circle.
  const fresh = wanted
    .filter((key) => !known.some((one) => one.kind === key.kind && one.keyHash === key.keyHash))
    .toSorted((a, b) => (a.keyHash < b.keyHash ? -1 : 1));
  if (fresh.length === 0) return true;
  const added = await tx.sql
    .insert(personKeys)
    .values(fresh.map((key) => ({ ...key, organizationId: ctx.organizationId, personId })))
    .onConflictDoNothing()
    .returning({ kind: personKeys.kind });
  if (added.length === new Set(fresh.map((key) => `${key.kind} ${key.keyHash}`)).size) return true;
  if (isNew) {
    await tx.sql.delete(personKeys).where(and(eq(personKeys.organizationId, ctx.organizationId), eq(personKeys.personId, personId)));
    await tx.sql.delete(people).where(and(eq(people.organizationId, ctx.organizationId), eq(people.id, personId)));
  }
  return false;
}

/** Everything of `other` becomes `kept`'s. Credits stay as posted: figures cluster by the order's person, which moves here. */
async function absorb(ctx: Context, tx: Tx, kept: string, other: string): Promise<void> {
  for (const table of [personKeys, leads, touches, orders] as const) {
    await tx.sql
      .update(table)
      .set({ personId: kept })
      .where(and(eq(table.organizationId, ctx.organizationId), eq(table.personId, other)));
  }
  await tx.sql.delete(people).where(and(eq(people.organizationId, ctx.organizationId), eq(people.id, other)));
}

async function insertPerson(ctx: Context, tx: Tx): Promise<string> {
  const id = ctx.newId('per');
  await tx.sql.insert(people).values({ id, organizationId: ctx.organizationId });
  return id;
}

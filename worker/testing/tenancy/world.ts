import { createHash } from 'node:crypto';
import * as affiliates from '#shared/contracts/affiliates.ts';
import * as connections from '#shared/contracts/connections.ts';
import * as embeds from '#shared/contracts/embeds.ts';
import { ROLES, ROLE_PERMISSIONS } from '#shared/rules/permissions.ts';
import { newId } from '../../kernel/prefixed-id.ts';
import { connectPortal, connectShop } from '../connect-shop.ts';
import type { Member, TestWorker } from '../harness.ts';
import { draftLaunch } from '../launch-kit.ts';
import { picture } from '../test-plan.ts';
import { addApiKey, addPerson } from './add-person.ts';
import type { Ids } from './ids.ts';
import type { Mine } from './walk.ts';

/** Somebody who calls: a name for the report and what their calls carry. */
export interface Caller {
  name: string;
  authorization: string | null;
}
export interface World {
  ownerA: Member;
  /** Everything organization A has. */
  a: Ids;
  mine: Mine;
  /** Every kind of caller there is, none of them of organization A. */
  strangers: Caller[];
  /** One member of organization A for each role, and a key with every scope. */
  insiders: Caller[];
  organizationB: string;
}

/** Organization A with one of everything; organization B, and everybody who is not of A: each role, a key, a visitor, nobody at all. */
export async function makeWorld(w: TestWorker): Promise<World> {
  const made = await draftLaunch(w, { adSets: 1, concepts: 1, ratios: ['1x1'] });
  const ownerA = made.member;
  const ownerB = await w.signUp();
  const a = await everythingOfA(w, made);
  const strangers: Caller[] = [];
  const insiders: Caller[] = [];
  for (const role of ROLES) {
    const clientId = role === 'client' ? await addClient(w, ownerB.organizationId) : null;
    const other = await addPerson(w, { organizationId: ownerB.organizationId, role, clientId });
    strangers.push({ name: role, authorization: `Bearer ${other.token}` });
    const own = await addPerson(w, { organizationId: ownerA.organizationId, role, clientId: role === 'client' ? a.client : null });
    insiders.push({ name: role, authorization: `Bearer ${own.token}` });
  }
  const every = ROLE_PERMISSIONS.owner;
  strangers.push({ name: 'API key', authorization: `Bearer ${(await addApiKey(w, ownerB.organizationId, every)).key}` });
  insiders.push({ name: 'API key', authorization: `Bearer ${(await addApiKey(w, ownerA.organizationId, every)).key}` });
  strangers.push({ name: 'support visiting another organization', authorization: `Bearer ${await visit(w, ownerB.organizationId)}` });
  insiders.push({ name: 'support', authorization: `Bearer ${await visit(w, ownerA.organizationId)}` });
  strangers.push({ name: 'no organization', authorization: `Bearer ${(await addPerson(w, { organizationId: null })).token}` });
  const removed = await addPerson(w, { organizationId: ownerA.organizationId });
  strangers.push({ name: 'member of A no longer', authorization: `Bearer ${removed.token}` });
  const disabled = await addPerson(w, { organizationId: ownerA.organizationId, role: 'owner' });
  await w.db.query('update users set disabled_at = now() where id = $1', [disabled.userId]);
  strangers.push({ name: 'disabled owner of A', authorization: `Bearer ${disabled.token}` });
  strangers.push({ name: 'nobody', authorization: null });
  return { ownerA, a, mine: { plan: made.plan }, strangers, insiders, organizationB: ownerB.organizationId };
}

async function addClient(w: TestWorker, organizationId: string): Promise<string> {
  const id = newId('cli');
  await w.db.query('insert into clients (id, organization_id, name) values ($1, $2, $3)', [id, organizationId, 'A client']);
  return id;
}

/** Our staff inside an organization that let them in. Returns the access token. */
async function visit(w: TestWorker, organizationId: string): Promise<string> {
  const person = await addPerson(w, { organizationId, isStaff: true });
  const [grantId, visitId] = [await addGrant(w, organizationId), newId('vis')];
  await w.db.query(
    `insert into support_visits (id, organization_id, grant_id, user_id, reason, expires_at) values ($1, $2, $3, $4, 'walk', now() + interval '1 hour')`,
    [visitId, organizationId, grantId, person.userId],
  );
  await w.db.query('update sessions set support_visit_id = $2 where id = $1', [person.sessionId, visitId]);
  return person.token;
}

async function addGrant(w: TestWorker, organizationId: string): Promise<string> {
  const id = newId('sup');
  await w.db.query(
    `insert into support_grants (id, organization_id, granted_by, reason, expires_at) values ($1, $2, 'usr_x', 'walk', now() + interval '1 hour')`,
    [id, organizationId],
  );
  return id;
}

async function everythingOfA(w: TestWorker, made: Awaited<ReturnType<typeof draftLaunch>>): Promise<Ids> {
  const { member, launch, plan, accountId } = made;
  const { organizationId } = member;
  const shop = 'inlay-demo.myshopify.com';
  const leadId = w.sandbox.meta.addLead({ formId: '108000000000001', adId: '120300000000001', fields: { email: 'lead-17@example.com' } });
  await connectShop(w, member, shop);
  await connectPortal(w, member, 4242);
  await member.api.call(affiliates.saveProgram, {
    body: { name: 'P', shop, currency: 'EUR', ratePercent: '5', allowedDomains: ['shop.example.com'] },
  });
  await member.api.call(affiliates.addAffiliate, {
    body: { name: 'C', code: 'a-creator', destination: 'https://shop.example.com/', shopCustomerId: '7001' },
  });
  const key = await member.api.call(embeds.createEmbedKey, { body: { kind: 'lead-roas', origin: 'https://page.example.com' } });
  const { url } = await member.api.call(connections.startConnection, { params: { provider: 'meta' }, body: {} });
  const one = async (text: string) => (await w.db.query(text, [organizationId])).rows[0] as Record<string, string>;
  await w.until(
    'the lead is here',
    async () =>
      (await w.db.query('select 1 from leads where source_lead_id = $1 and organization_id = $2', [leadId, organizationId])).rowCount,
    20_000,
  );
  const ad = await one(`select external_id, campaign_external_id from ad_entities where organization_id = $1 and kind = 'ad' limit 1`);
  const colleague = await addPerson(w, { organizationId, role: 'analyst' });
  const [invitation, endpoint, event, delivery, dataExport] = [newId('inv'), newId('whe'), newId('msg'), newId('whd'), newId('exp')];
  const client = await addClient(w, organizationId);
  await w.db.query(
    `insert into invitations (id, organization_id, email, email_key, role, token_hash, invited_by, sent_at, expires_at)
     values ($1, $2, 'walk-a@example.com', 'walk-a@example.com', 'analyst', $3, $4, now(), now() + interval '7 days')`,
    [invitation, organizationId, createHash('sha256').update(invitation).digest('hex'), member.userId],
  );
  await w.db.query(
    `insert into webhook_endpoints (id, organization_id, url, events, secret, disabled) values ($1, $2, 'https://receiver.inlay.test/', '[]', 'x', 'off')`,
    [endpoint, organizationId],
  );
  await w.db.query(`insert into webhook_events (id, organization_id, type, data, at) values ($1, $2, 'test.ping', '{}', now())`, [
    event,
    organizationId,
  ]);
  await w.db.query(`insert into webhook_deliveries (id, organization_id, endpoint_id, event_id, state) values ($1, $2, $3, $4, 'failed')`, [
    delivery,
    organizationId,
    endpoint,
    event,
  ]);
  await w.db.query(
    `insert into data_exports (id, organization_id, kind, requested_by, state) values ($1, $2, 'organization', $3, 'queued')`,
    [dataExport, organizationId, member.userId],
  );
  const [mail, deletion] = [newId('eml'), newId('del')];
  await w.db.query(
    `insert into mails (id, organization_id, template, locale, state, sealed) values ($1, $2, 'welcome', 'en', 'queued', 'x')`,
    [mail, organizationId],
  );
  // Due already: whoever could have it run from outside would have everything of A gone.
  await w.db.query(
    `insert into deletion_requests (id, organization_id, kind, subject, requested_by, due_at) values ($1, $2, 'organization', $2, $3, now() - interval '1 minute')`,
    [deletion, organizationId, member.userId],
  );
  return {
    organization: organizationId,
    mail,
    deletion,
    person: (await one('select id from people where organization_id = $1 limit 1'))['id'] as string,
    launch: launch.id,
    launchItem: (await one('select id from launch_items where organization_id = $1 limit 1'))['id'] as string,
    account: accountId,
    accountExternal: '1000000001',
    planHash: launch.planHash,
    page: plan.settings.pageId,
    sha256: picture('concept-1', '1x1', 0).sha256,
    portal: '4242',
    contact: '880000001',
    shop,
    customer: '7001',
    adExternal: ad['external_id'] as string,
    campaignExternal: ad['campaign_external_id'] as string,
    embedKey: key.publicKey,
    state: new URL(url).searchParams.get('state') as string,
    connection: (await one(`select id from connections where organization_id = $1 and provider = 'meta'`))['id'] as string,
    lead: (await one('select id from leads where organization_id = $1 limit 1'))['id'] as string,
    media: (await one('select id from media where organization_id = $1 limit 1'))['id'] as string,
    user: colleague.userId,
    session: colleague.sessionId,
    client,
    invitation,
    apiKey: (await addApiKey(w, organizationId, ['insights:read'])).id,
    endpoint,
    delivery,
    supportGrant: await addGrant(w, organizationId),
    dataExport,
  };
}

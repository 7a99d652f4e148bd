import { accountByUrn, accountOf, mayIn } from './access.ts';
import { batchByIds } from './batch.ts';
import { Checks } from './checks.ts';
import { checkName, given, refuseUnknown, requireBody } from './entity-fields.ts';
import { searchAccounts } from './finders.ts';
import { keyAt, type LiCall } from './li-call.ts';
import { badField, forbidden, notFound } from './li-error.ts';
import { auditStamps, makeObject } from './make-object.ts';
import { offsetPage } from './paging.ts';
import { applyPatch, changedFields } from './patch.ts';
import { allowOnly, listOf, requiredText, textOf } from './query-values.ts';
import { isListed, show } from './show.ts';
import type { LiObject } from './store.ts';
import { urnOf } from './urn.ts';
import { created, noContent, ok, type Handler, type LiWorld } from './world.ts';

const ACCOUNT_FIELDS = new Set([
  'name',
  'currency',
  'type',
  'reference',
  'test',
  'status',
  'notifiedOnCampaignOptimization',
  'notifiedOnCreativeApproval',
]);
const CURRENCIES = ['AED', 'AUD', 'BRL', 'CAD', 'CHF', 'DKK', 'EUR', 'GBP', 'INR', 'JPY', 'MAD', 'NOK', 'PLN', 'SEK', 'USD', 'ZAR'];

/** [D] One test account per app, and in the Development tier nothing but that. */
const createAccount: Handler = (world, call, who) => {
  const body = requireBody(call.body);
  refuseUnknown(body, ACCOUNT_FIELDS);
  const checks = new Checks();
  if (body['name'] === '') checks.add('BLANK_ACCOUNT_NAME', 'name', 'Account name cannot be blank');
  else checkName(checks, body, true);
  for (const name of ['currency', 'type']) if (!given(body[name])) checks.missing(name);
  if (given(body['currency']) && !CURRENCIES.includes(String(body['currency']))) {
    checks.add('CURRENCY_NOT_SUPPORTED', 'currency', `Currency ${String(body['currency'])} is not supported`);
  }
  if (given(body['type']) && body['type'] !== 'BUSINESS' && body['type'] !== 'ENTERPRISE') checks.invalid('type', body['type']);
  checks.done();
  const isTest = body['test'] === true;
  if (!isTest && world.settings.tier === 'development') throw forbidden('The Development tier may create test accounts only');
  if (isTest && world.store.all('account').some((one) => one.fields['test'] === true)) {
    throw badField('TEST_ACCOUNT_LIMIT_REACHED', 'test', 'An application has at most 1 test account');
  }
  const fields = { test: isTest, status: 'ACTIVE', servingStatuses: isTest ? ['ACCOUNT_SERVING_HOLD'] : ['BILLING_HOLD'], ...body };
  const account = makeObject(world, { kind: 'account', type: 'sponsoredAccount', accountId: null, fields }, call);
  account.accountId = account.id;
  giveRole(world, account, who.memberId, 'ACCOUNT_BILLING_ADMIN');
  return created(account.id);
};

/** Sets, changes or (null) takes away a member's role in an ad account. */
export function giveRole(world: LiWorld, account: LiObject, memberId: string, role: string | null, demo = false): void {
  const urn = `role:${account.id}:${memberId}`;
  const known = world.store.get(urn);
  const at = world.core.now();
  if (known !== undefined && role === null) world.store.remove(known);
  else if (known !== undefined) world.store.change(known, { role }, at);
  else if (role !== null) {
    const fields = { account: account.urn, user: urnOf('person', memberId), role };
    const shared = { inner: {}, createdAt: at, updatedAt: at, visibleAt: 0, requestId: 'role', demo };
    world.store.add({ urn, id: urn, kind: 'role', accountId: account.id, fields, ...shared });
  }
  world.core.touch();
}

const changeAccount: Handler = (world, call, who) => {
  const account = accountOf(world, call, who, 'write');
  const after = applyPatch(account.fields, call.body);
  const changes = changedFields(account.fields, after);
  const checks = new Checks();
  checkName(checks, after, true);
  for (const name of Object.keys(changes)) {
    if (name === 'reference') checks.add('UPDATE_REFERENCE_NOT_ALLOWED', name, 'The reference cannot be changed');
    else if (name !== 'name' && name !== 'status' && !name.startsWith('notified'))
      checks.add('FIELD_NOT_ALLOWED', name, `Field ${name} cannot be changed`);
  }
  const { status } = changes;
  if (status !== undefined && (account.fields['status'] === 'CANCELED' || (status !== 'ACTIVE' && status !== 'CANCELED'))) {
    checks.add('INVALID_STATUS_TRANSITION', 'status', `Status ${String(status)} cannot follow ${String(account.fields['status'])}`);
  }
  checks.done();
  world.store.change(account, changes, world.core.now());
  world.core.touch();
  return noContent();
};

const readAccounts: Handler = (world, call, who) =>
  batchByIds(listOf(call, 'ids') ?? [], true, (id) => {
    const account = world.store.find('account', urnOf('sponsoredAccount', id));
    if (account === undefined) throw notFound(id);
    if (!mayIn(world, id, who.memberId, 'read')) throw forbidden(`Member may not read ${account.urn}`);
    return { status: 200, body: show(world, account) };
  });

function showRole(one: LiObject): unknown {
  return { ...one.fields, changeAuditStamps: auditStamps(one) };
}

const ownRoles: Handler = (world, call, who) => {
  allowOnly(call, ['start', 'count']);
  const own = world.store.all('role').filter((one) => one.fields['user'] === urnOf('person', who.memberId));
  const { elements, paging } = offsetPage(call, own);
  return ok({ elements: elements.map(showRole), paging });
};

const rolesOfAccounts: Handler = (world, call, who) => {
  allowOnly(call, ['accounts', 'start', 'count']);
  const wanted = textOf(call, 'accounts') ?? '';
  const account = accountByUrn(world, who, wanted, 'read');
  const { elements, paging } = offsetPage(call, world.store.inAccount('role', account.id));
  return ok({ elements: elements.map(showRole), paging });
};

const ownPages: Handler = (world, call, who) => {
  allowOnly(call, ['role', 'state', 'start', 'count']);
  const role = textOf(call, 'role');
  const own = world.store
    .all('pageRole')
    .filter((one) => one.fields['roleAssignee'] === urnOf('person', who.memberId) && (role === null || one.fields['role'] === role));
  const { elements, paging } = offsetPage(call, own);
  return ok({ elements: elements.map((one) => one.fields), paging });
};

function pageAt(world: LiWorld, id: string): LiObject {
  const page = world.store.find('organization', urnOf('organization', id));
  if (page === undefined) throw notFound(id);
  return page;
}

/** The tag of the website, LinkedIn's pixel [K for the shape]. */
const findTags: Handler = (world, call, who) => {
  allowOnly(call, ['account', 'start', 'count']);
  const account = accountByUrn(world, who, requiredText(call, 'account'), 'read');
  const { elements, paging } = offsetPage(
    call,
    world.store.inAccount('insightTag', account.id).filter((one) => isListed(world, one)),
  );
  return ok({ elements: elements.map((one) => show(world, one)), paging });
};

/** Whose token it is [K for the shape]. */
const whoAmI: Handler = (_world, _call, who) =>
  ok({ id: who.memberId, localizedFirstName: 'Sandbox', localizedLastName: 'Member', vanityName: 'sandbox-member' });

export const ACCOUNTS: Record<string, Handler> = {
  'GET_ALL me': whoAmI,
  'FINDER search adAccounts': searchAccounts,
  'CREATE adAccounts': createAccount,
  'GET adAccounts/{}': (world, call, who) => ok(show(world, accountOf(world, call, who, 'read'))),
  'BATCH_GET adAccounts': readAccounts,
  'PARTIAL_UPDATE adAccounts/{}': changeAccount,
  'FINDER authenticatedUser adAccountUsers': ownRoles,
  'FINDER accounts adAccountUsers': rolesOfAccounts,
  'FINDER roleAssignee organizationAcls': ownPages,
  'GET organizations/{}': (world, call) => ok(show(world, pageAt(world, keyAt(call, 0)))),
  'BATCH_GET organizations': (world, call: LiCall) =>
    batchByIds(listOf(call, 'ids') ?? [], false, (id) => ({ status: 200, body: show(world, pageAt(world, id)) })),
  'FINDER account insightTags': findTags,
};

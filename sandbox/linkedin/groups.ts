import { Checks } from './checks.ts';
import { checkAccount, checkMoney, checkName, checkSchedule, given, refuseUnknown } from './entity-fields.ts';
import { GROUP_STATUSES, objectiveOf } from './enums.ts';
import type { Json, LiCall } from './li-call.ts';
import { makeObject } from './make-object.ts';
import { changedFields } from './patch.ts';
import { afterStatus, checkStatus, statusOf } from './status.ts';
import type { LiObject } from './store.ts';
import type { LiWorld } from './world.ts';

const WRITABLE = new Set(['account', 'name', 'status', 'runSchedule', 'totalBudget', 'dailyBudget', 'objectiveType']);
/** Answered, and let through unchanged when a caller sends the whole entity back. */
const READ_ONLY = new Set(['id', 'test']);

/** Required: account, name, status, runSchedule.start [T/K]; a total budget needs an end [D]. */
function checkGroup(world: LiWorld, account: LiObject, entity: Json, before: LiObject | null): void {
  refuseUnknown(entity, new Set([...WRITABLE, ...(before === null ? [] : READ_ONLY)]));
  const checks = new Checks();
  const currency = String(account.fields['currency']);
  checkAccount(checks, entity, account.urn);
  checkName(checks, entity, true);
  checkSchedule(checks, entity, world.core.now(), before === null);
  const daily = checkMoney(checks, entity, 'dailyBudget', currency);
  const total = checkMoney(checks, entity, 'totalBudget', currency);
  for (const [path, amount] of [
    ['dailyBudget', daily],
    ['totalBudget', total],
  ] as const) {
    if (amount !== null && amount <= 0) checks.add('FIELD_VALUE_TOO_LOW', path, `Value of ${path} is too low`);
  }
  const { end } = (entity['runSchedule'] ?? {}) as { end?: unknown };
  if (total !== null && !given(end))
    checks.add('CONDITIONAL_MISSING_FIELD', 'runSchedule/end', 'runSchedule/end is required with totalBudget');
  if (given(entity['objectiveType']) && objectiveOf(entity['objectiveType']) === null)
    checks.invalid('objectiveType', entity['objectiveType']);
  if (before === null && !given(entity['status'])) checks.missing('status');
  else checkStatus(checks, 'status', before === null ? null : statusOf(world, before), entity['status'], GROUP_STATUSES);
  if (before === null && world.settings.groupsOnlyActiveOrDraft && entity['status'] === 'PAUSED') checks.invalid('status', 'PAUSED');
  if (before === null && account.fields['status'] !== 'ACTIVE') {
    checks.add('FIELD_VALUE_NOT_ACTIVE', 'account', `${account.urn} in account is not active`);
  }
  checks.done();
}

export function createGroup(world: LiWorld, account: LiObject, entity: Json, call: LiCall): LiObject {
  checkGroup(world, account, entity, null);
  const isTest = account.fields['test'] === true;
  const fields = { ...entity, test: isTest };
  return makeObject(world, { kind: 'group', type: 'sponsoredCampaignGroup', accountId: account.id, fields }, call);
}

export function changeGroup(world: LiWorld, account: LiObject, group: LiObject, after: Json): void {
  checkGroup(world, account, after, group);
  const changes = changedFields(group.fields, after);
  const checks = new Checks();
  for (const name of ['account', ...READ_ONLY])
    if (name in changes) checks.add('FIELD_NOT_ALLOWED', name, `Field ${name} cannot be changed`);
  checks.done();
  afterStatus(world, group, changes);
  world.store.change(group, changes, world.core.now());
  world.core.touch();
}

import { readParent } from './create-adset.ts';
import { readBudgets, readName } from './create-campaign.ts';
import { refuseOldPlacements } from './deny-list.ts';
import { BID_STRATEGIES, STATUSES } from './enums.ts';
import type { GraphCall } from './graph-call.ts';
import { accountIdOf, applyLabels, isValidateOnly, readLabels } from './make-object.ts';
import { given, moment, object, oneOf, refuse, requiredText, text, whole } from './params.ts';
import { requestKey } from './request-key.ts';
import type { Handler, MetaWorld } from './world.ts';

const TIME_FIELDS = ['start_time', 'end_time', 'stop_time'] as const;
const TEXT_FIELDS = ['dsa_beneficiary', 'dsa_payor', 'url_tags', 'conversion_domain'] as const;

/** POST /{id}: only what is named changes. A status is a set, so sending it twice is harmless. */
export const changeObject: Handler = (world, node, call) => {
  const { params } = call;
  const accountId = accountIdOf(node);
  const changes: Record<string, unknown> = {};
  refuse(node.fields['status'] === 'DELETED', 'A deleted object cannot be changed.', 1487056);
  const status = oneOf(params, 'status', STATUSES);
  if (status !== null) changes['status'] = status;
  if (given(params, 'name')) changes['name'] = readName(params);
  if (node.kind === 'campaign' || node.kind === 'adset') {
    Object.assign(changes, readBudgets(params).fields);
    const bid = oneOf(params, 'bid_strategy', BID_STRATEGIES);
    if (bid !== null) changes['bid_strategy'] = bid;
    const amount = whole(params, 'bid_amount');
    if (amount !== null) changes['bid_amount'] = amount;
  }
  const targeting = node.kind === 'adset' ? object(params, 'targeting') : null;
  if (targeting !== null) {
    refuseOldPlacements(targeting);
    changes['targeting'] = targeting;
  }
  const creative = node.kind === 'ad' ? object(params, 'creative') : null;
  if (creative !== null) changes['creative_id'] = readParent(world, accountId, 'creative', requiredText(creative, 'creative_id')).id;
  for (const name of TEXT_FIELDS) {
    const value = text(params, name);
    if (value !== null) changes[name] = value;
  }
  for (const name of TIME_FIELDS) {
    const value = moment(params, name);
    if (value !== null) changes[name] = value;
  }
  const labels = readLabels(world, accountId, params);
  if (isValidateOnly(params)) return { success: true };
  if (status !== null && isIgnored(world, call)) {
    if (world.core.faults.plan.statusIgnored?.silent !== true) return { success: false };
    delete changes['status'];
  }

  world.store.change(node, changes, world.core.now());
  if (labels.ids.length + labels.newNames.length > 0) {
    world.store.label(node, applyLabels(world, accountId, labels, call), world.core.now());
  }
  world.core.touch();
  return { success: true };
};

function isIgnored(world: MetaWorld, call: GraphCall): boolean {
  const { faults, log } = world.core;
  const { p = 0 } = faults.plan.statusIgnored ?? {};
  if (p === 0 || !faults.covers('meta') || faults.roll(`meta status ignored ${requestKey(world, call)}`) >= p) return false;
  log.countFault('meta', 'status-ignored');
  return true;
}

export const deleteObject: Handler = (world, node) => {
  world.store.change(node, { status: 'DELETED' }, world.core.now());
  world.core.touch();
  return { success: true };
};

export const addLabels: Handler = (world, node, call) => {
  const accountId = accountIdOf(node);
  const labels = readLabels(world, accountId, call.params);
  world.store.label(node, applyLabels(world, accountId, labels, call), world.core.now());
  world.core.touch();
  return { success: true, id: node.id };
};

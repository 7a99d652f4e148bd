import { OVER_LIMIT } from '../core/request-log.ts';
import { checkAnswer, checkRequest, type MetaSpec } from './spec-check.ts';
import { refuseRemovedParameters } from './deny-list.ts';
import type { GraphCall } from './graph-call.ts';
import { flakyRefusal, GraphError, noSuchObject } from './graph-error.ts';
import { DEMO_IDS } from './demo-account.ts';
import { NODE_TYPE } from './node-fields.ts';
import { debugToken, exchangeToken } from './oauth.ts';
import { text } from './params.ts';
import { requestKey } from './request-key.ts';
import { HANDLERS } from './routes.ts';
import type { GraphObject } from './store.ts';
import type { MetaToken } from './tokens.ts';
import type { UsageType } from './usage.ts';
import type { MetaWorld } from './world.ts';

/** Marketing versions that still answer; older ones are refused for ads. */
const SERVED_VERSIONS = new Set(['v25.0', 'v26.0']);

export function findNode(world: MetaWorld, call: GraphCall, token: MetaToken | null): GraphObject | undefined {
  const [id] = call.path;
  if (id === undefined) return undefined;
  if (id !== 'me') return world.store.get(id);
  return world.store.get(token?.ownerId ?? DEMO_IDS.user);
}

export function usageOf(call: GraphCall, node: GraphObject | undefined): UsageType {
  if (call.path[1] === 'insights' || node?.kind === 'report') return 'ads_insights';
  return node?.kind === 'lead' || node?.kind === 'form' || call.path[1] === 'leads' ? 'leadgen' : 'ads_management';
}

function requireScopes(world: MetaWorld, token: MetaToken, node: GraphObject, call: GraphCall): void {
  const edge = call.path[1];
  const isWrite = call.method !== 'GET' && edge !== 'insights';
  switch (node.kind) {
    case 'user':
      if (edge === 'accounts') world.tokens.requireScope(token, 'pages_show_list');
      if (edge === 'adaccounts') world.tokens.requireScope(token, 'ads_read', 'ads_management');
      return;
    case 'page':
      if (edge === 'subscribed_apps') {
        if (token.kind !== 'page')
          throw new GraphError({ message: '(#210) A page access token is required to request this resource.', code: 210, status: 403 });
        world.tokens.requireScope(token, 'pages_manage_metadata');
      }
      if (edge === 'leadgen_forms') world.tokens.requireScope(token, 'pages_manage_ads');
      return;
    case 'form':
    case 'lead':
      world.tokens.requireScope(token, 'leads_retrieval');
      return;
    default:
      if (edge === 'leads') world.tokens.requireScope(token, 'leads_retrieval');
      else if (isWrite) world.tokens.requireScope(token, 'ads_management');
      else world.tokens.requireScope(token, 'ads_read', 'ads_management');
  }
}

/** Runs one call: token, object, permission, meters, handler. Throws GraphError for everything the platform would refuse. */
export async function answerCall(world: MetaWorld, call: GraphCall, spec: MetaSpec | null): Promise<unknown> {
  const [first, edge] = call.path;
  if (call.version !== null && !SERVED_VERSIONS.has(call.version)) {
    throw new GraphError({
      message: `(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: v26.0.`,
      code: 2635,
    });
  }
  if (first === 'oauth' && edge === 'access_token') return exchangeToken(world, call, DEMO_IDS.user);
  if (first === 'debug_token') return debugToken(world, call);

  const token = world.tokens.accept(call.token, text(call.params, 'appsecret_proof'));
  refuseRemovedParameters(call.params);
  const node = findNode(world, call, token);
  if (node === undefined || call.path.length > 2) throw noSuchObject(first ?? '', call.method);
  const name = edge === undefined ? `${call.method} ${node.kind}` : `${call.method} ${node.kind} ${edge}`;
  const handler = HANDLERS[name];
  if (handler === undefined) {
    throw new GraphError({
      message: `Unsupported ${call.method.toLowerCase()} request.`,
      type: 'GraphMethodException',
      code: 100,
      subcode: 33,
    });
  }
  requireScopes(world, token, node, call);
  if (node.accountId !== null) {
    try {
      world.usage.charge(node.accountId, usageOf(call, node), call.method !== 'GET');
    } catch (error) {
      world.core.log.countFault('meta', OVER_LIMIT);
      throw error;
    }
  }

  const where = { node: NODE_TYPE[node.kind], method: call.method, ...(edge === undefined ? {} : { edge }) };
  const label = `${call.method} ${where.node}${edge === undefined ? '' : `/${edge}`}`;
  if (spec !== null) {
    for (const problem of checkRequest(spec, { ...where, params: call.params })) world.core.log.violate(`request ${label}`, problem);
  }
  const { flaky = 0 } = world.core.faults.plan;
  const isCreate = call.method === 'POST' && node.kind === 'account';
  if (isCreate && flaky > 0 && world.core.faults.roll(`meta flaky ${requestKey(world, call)}`) < flaky) {
    world.core.log.countFault('meta', 'flaky');
    throw flakyRefusal();
  }
  const answer = await handler(world, node, call, token);
  if (spec !== null) for (const problem of checkAnswer(spec, where, answer)) world.core.log.violate(`answer ${label}`, problem);
  return answer;
}

import { requireScopes } from './access.ts';
import { refuseGonePath } from './deny-list.ts';
import { isRecord } from './entity-fields.ts';
import type { Json, LiCall } from './li-call.ts';
import { badRequest, noSuchPath, notAllowed } from './li-error.ts';
import { parseProjection, project, RestliSyntaxError, type Projection } from './restli.ts';
import { HANDLERS, isPath } from './routes.ts';
import { checkAnswer, checkRequest, type LinkedinFacts } from './spec-check.ts';
import { checkVersion } from './versions.ts';
import type { LiAnswer, LiWorld } from './world.ts';

/** Reports read `fields` themselves: there it decides what is counted. */
const OWN_FIELDS = /adAnalytics$/;

function wishOf(call: LiCall): Projection | null {
  const fields = call.query.get('fields');
  if (typeof fields !== 'string' || OWN_FIELDS.test(call.pattern)) return null;
  try {
    return parseProjection(fields);
  } catch (error) {
    if (error instanceof RestliSyntaxError) throw badRequest(`Parameter 'fields' is invalid: ${error.message}`);
    throw error;
  }
}

/** Applies to every entity of an answer, wherever the envelope keeps them. */
function eachEntity(body: unknown, change: (entity: unknown) => unknown): unknown {
  if (!isRecord(body)) return body;
  if (Array.isArray(body['elements'])) return { ...body, elements: body['elements'].map(change) };
  if (isRecord(body['results'])) {
    return { ...body, results: Object.fromEntries(Object.entries(body['results']).map(([id, one]) => [id, change(one)])) };
  }
  return 'value' in body ? body : change(body);
}

/** Runs one call: headers, token, path, permission, meters, handler. Throws LiError for everything the platform would refuse. */
export async function answerCall(world: LiWorld, call: LiCall, facts: LinkedinFacts | null): Promise<LiAnswer> {
  const who = world.tokens.accept(call.token);
  checkVersion(call.version, world.core.now());
  if (call.protocol !== '2.0.0') throw badRequest('X-Restli-Protocol-Version 2.0.0 is required');
  refuseGonePath(call.pattern);
  if (!isPath(call.pattern)) throw noSuchPath();
  const name = `${call.operation} ${call.pattern}`;
  const handler = HANDLERS[name];
  if (handler === undefined) throw notAllowed(call.operation);
  requireScopes(world, call, who);
  world.meter.charge(name, who.memberId);
  const wish = wishOf(call);
  if (facts !== null) for (const problem of checkRequest(facts, call)) world.core.log.violate(`request ${name}`, problem);
  const answer = await handler(world, call, who);
  if (facts !== null) for (const problem of checkAnswer(facts, call, answer)) world.core.log.violate(`answer ${name}`, problem);
  if (call.method !== 'GET' || answer.body === undefined) return answer;
  const { unknownField } = world.settings;
  const extra = (entity: unknown): unknown =>
    unknownField !== null && isRecord(entity) ? { ...entity, [unknownField]: { since: '209901' } } : entity;
  return { ...answer, body: eachEntity(wish === null ? answer.body : eachEntity(answer.body, (one) => project(one, wish)), extra) as Json };
}

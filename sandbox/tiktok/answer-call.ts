import { SERVED_VERSION, type TiktokCall } from './call.ts';
import { CLOSED_ENDPOINTS, refuseClosedEndpoint } from './deny-list.ts';
import { OPEN_ROUTES } from './oauth.ts';
import { requiredText } from './params.ts';
import { requestKey } from './request-key.ts';
import { HANDLERS, isWrite, namesAdvertiser, scopeOf } from './routes.ts';
import { checkAnswer, checkRequest, type TiktokSpec } from './spec-check.ts';
import { SUBSCRIPTION_ROUTES } from './subscriptions.ts';
import { CODES, noPermission, parameterError, refuse, TiktokError } from './tiktok-error.ts';
import type { TiktokToken } from './tokens.ts';
import { FileAnswer, Partial20001, type Caller, type TiktokWorld } from './world.ts';

/** Calls that carry their own proof (app id and secret, a code): no access token in the header. */
const OPEN = { ...OPEN_ROUTES, ...SUBSCRIPTION_ROUTES };
const KNOWN = new Set([...Object.keys(HANDLERS), ...Object.keys(OPEN)]);

export function isOpen(call: TiktokCall): boolean {
  return OPEN[`${call.method} ${call.path}`] !== undefined;
}

/** The path exists, perhaps for another method: 404 and 405 are the only refusals with a status of their own. */
export function isKnown(method: string, path: string): 'method' | 'no' | 'yes' {
  if (CLOSED_ENDPOINTS.has(path) || KNOWN.has(`${method} ${path}`)) return 'yes';
  return ['GET', 'POST'].some((other) => KNOWN.has(`${other} ${path}`)) ? 'method' : 'no';
}

/** The advertiser a call names: given to this token, still there, and able to be written to. */
function readAdvertiser(world: TiktokWorld, call: TiktokCall, token: TiktokToken): string {
  const id = requiredText(call.params, 'advertiser_id');
  if (!token.advertiserIds.includes(id)) throw noPermission(`No permission to operate advertiser ${id}.`);
  const advertiser = world.store.find('advertiser', id);
  if (advertiser === undefined) throw new TiktokError(CODES.advertiserGone, `The advertiser ${id} does not exist or has been deleted.`);
  const isBlocked = isWrite(call.method, call.path) && advertiser.fields['status'] !== 'STATUS_ENABLE';
  if (isBlocked) throw noPermission(`The advertiser ${id} is disabled.`);
  return id;
}

/** A refusal that says "your fault" although the same request passes next time; nothing is applied. */
function drawFlaky(world: TiktokWorld, call: TiktokCall): void {
  const { faults, log } = world.core;
  const { flaky = 0 } = faults.plan;
  if (flaky === 0 || !faults.covers('tiktok') || !call.path.endsWith('/create/') || !isWrite(call.method, call.path)) return;
  if (faults.roll(`tiktok flaky ${requestKey(world, call)}`) >= flaky) return;
  log.countFault('tiktok', 'flaky');
  throw parameterError('Something went wrong with your request. Please check it and try again.');
}

/** Runs one call: version, token, permission, meters, advertiser, handler. Throws TiktokError for what the platform would refuse. */
export async function answerCall(world: TiktokWorld, call: TiktokCall, spec: TiktokSpec | null): Promise<unknown> {
  refuse(call.version !== SERVED_VERSION, `The version ${call.version} is not supported. Use ${SERVED_VERSION}.`, CODES.wrongVersion);
  refuseClosedEndpoint(call.path);
  const label = `${call.method} ${call.path}`;
  if (spec !== null) for (const problem of checkRequest(spec, call)) world.core.log.violate(`request tiktok ${label}`, problem);
  const answer = await run(world, call, label);
  if (spec !== null && !(answer instanceof FileAnswer)) {
    const data = answer instanceof Partial20001 ? answer.data : answer;
    for (const problem of checkAnswer(spec, call, data)) world.core.log.violate(`answer tiktok ${label}`, problem);
  }
  return answer;
}

async function run(world: TiktokWorld, call: TiktokCall, label: string): Promise<unknown> {
  const open = OPEN[label];
  if (open !== undefined) return open(world, call);
  const token = world.tokens.accept(call.token);
  const scope = scopeOf(call.path);
  refuse(scope === 'smartPlus' && !world.settings.smartPlusAllowlisted, 'Not allowlisted for Upgraded Smart+.', CODES.notAllowlisted);
  refuse(!token.scopes.includes(scope), `The app has no permission for ${call.path}.`, CODES.noPermission);
  world.limits.charge(call.path);
  const caller: Caller = { token, advertiserId: namesAdvertiser(call.path) ? readAdvertiser(world, call, token) : '' };
  drawFlaky(world, call);
  const handler = HANDLERS[label];
  if (handler === undefined) throw new Error(`no handler for ${label}`);
  return handler(world, call, caller);
}

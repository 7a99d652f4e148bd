import { PlatformError } from '../../platform-error.ts';
import type { AdSession, Created, CreateRequest } from '../ad-platform.ts';
import { call, dataOf, idIn, rowsIn, type Row, type TiktokParams } from './client.ts';
import { entityKind, level, noteFamily } from './families.ts';
import { CODES, type Envelope } from './map-error.ts';
import { familyOfSpec, toCreateParams } from './to-create-params.ts';

/** One call. Only classic ads travel together: in `creatives`, below one ad group. */
export async function createObjects(session: AdSession, requests: readonly CreateRequest[]): Promise<(Created | PlatformError)[]> {
  const now = session.now?.() ?? new Date();
  const [only, ...others] = requests.map((request) => paramsOf(request, now));
  const [first] = requests;
  if (!only || !first) return [];
  const kind = entityKind(first.kind);
  const family = familyOfSpec(kind, first.spec);
  noteFamily(session, family);
  if (kind === 'ad' && family === 'classic') return createAds(session, requests, [only, ...others]);
  if (others.length > 0) throw new RangeError(`a call carries one ${family} ${kind}`);
  const { path, id } = level(family, kind);
  const said = await call(session, 'POST', `${path}create/`, { advertiser_id: session.accountExternalId, ...only });
  const externalId = idIn(dataOf(said), id);
  return [externalId === null ? unnamed(said) : { externalId, traceId: said.requestId }];
}

/** What cannot be said in the platform's words is refused here, before anything is sent. */
function paramsOf(request: CreateRequest, now: Date): TiktokParams {
  try {
    return toCreateParams(request, now);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new PlatformError('refused', error.message, { platform: 'tiktok', code: 'not_sent' });
  }
}

async function createAds(
  session: AdSession,
  requests: readonly CreateRequest[],
  params: readonly TiktokParams[],
): Promise<(Created | PlatformError)[]> {
  const adgroupId = params[0]?.['adgroup_id'];
  const creatives = params.map(({ adgroup_id: _above, ...creative }) => creative);
  try {
    const body = { advertiser_id: session.accountExternalId, adgroup_id: adgroupId, creatives };
    const said = await call(session, 'POST', 'ad/create/', body);
    const made = rowsIn(dataOf(said), 'creatives');
    return requests.map(({ name }) => adOf(said, made, name));
  } catch (error) {
    // A mistake in one of them refuses the call, and no code says in which.
    if (!(error instanceof PlatformError) || error.failure !== 'refused' || requests.length === 1) throw error;
    return requests.map(() => new PlatformError('throttled', error.message, { ...error.detail, sendAlone: true, retryAfterSeconds: 0 }));
  }
}

/** Ads are told apart by their names, which carry their tokens. One that is named as failed comes without a code: it is looked for. */
function adOf(said: Envelope, made: readonly Row[], name: string): Created | PlatformError {
  const found = made.find((row) => row['ad_name'] === name);
  const externalId = found && idIn(found, 'ad_id');
  if (externalId) return { externalId, traceId: said.requestId };
  const failed = ((said.data as Row)['error_list'] ?? []) as { ad_name?: unknown; error_message?: unknown }[];
  const reason = Array.isArray(failed) ? failed.find((one) => one.ad_name === name) : undefined;
  return reason === undefined ? unnamed(said) : unnamed(said, String(reason.error_message ?? 'The platform did not make this one.'));
}

const unnamed = ({ code, requestId, data }: Envelope, message = 'The answer names no object.'): PlatformError =>
  new PlatformError('unknown', message, {
    platform: 'tiktok',
    raw: { code, data },
    ...(code === CODES.ok ? {} : { code: String(code) }),
    ...(requestId === null ? {} : { traceId: requestId }),
  });

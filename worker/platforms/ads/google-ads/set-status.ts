import { PlatformError } from '../../platform-error.ts';
import type { AdSession, ObjectKind } from '../ad-platform.ts';
import { isSuccess, unreadable } from './client.ts';
import { mutate } from './create-objects.ts';
import { LEVELS, levelOf } from './levels.ts';
import { MOST_CHANGES, MOST_NAMED } from './limits.ts';
import { failureError, failuresOf, mapError, type Status } from './map-error.ts';
import { ids, queryRows } from './query.ts';

interface Target {
  kind: ObjectKind;
  externalId: string;
}
interface Answer {
  partialFailureError?: Status;
  mutateOperationResponses?: (Record<string, unknown> | null)[];
}
const WORDS = { active: 'ENABLED', paused: 'PAUSED' } as const;
/** Removing what is removed. */
const GONE_ALREADY = 'contextError.OPERATION_NOT_PERMITTED_FOR_REMOVED_RESOURCE';

/** Many in one call, each for itself. Removed objects stay and say so; they cannot be brought back. */
export async function setStatuses(
  session: AdSession,
  objects: readonly Target[],
  status: 'active' | 'paused' | 'archived',
): Promise<Map<string, true | PlatformError>> {
  const told = new Map<string, true | PlatformError>();
  const names = await namesOf(session, objects);
  const known = objects.filter((one) => names.has(one.externalId));
  for (const { externalId } of objects)
    if (!names.has(externalId))
      told.set(externalId, new PlatformError('missing', 'There is no such object.', { platform: 'google-ads', code: 'not_found' }));
  for (let from = 0; from < known.length; from += MOST_CHANGES) {
    const some = known.slice(from, from + MOST_CHANGES);
    const operations = some.map(({ kind, externalId }) => {
      const resourceName = names.get(externalId);
      const change =
        status === 'archived' ? { remove: resourceName } : { update: { resourceName, status: WORDS[status] }, updateMask: 'status' };
      return { [levelOf(kind).operation]: change };
    });
    const answer = await mutate(session, operations, { partialFailure: true });
    if (!isSuccess(answer)) throw mapError(answer);
    const { partialFailureError, mutateOperationResponses: done = [] } = answer.json as Answer;
    const failures = failuresOf(partialFailureError ?? null);
    some.forEach(({ kind, externalId }, i) => {
      const failure = failures.find((one) => one.index === i);
      const isDone = done[i]?.[levelOf(kind).result] !== undefined || (status === 'archived' && failure?.code === GONE_ALREADY);
      const error = failure
        ? failureError(failure, answer.headers.get('request-id'))
        : unreadable('The answer does not say what became of the change.');
      told.set(externalId, isDone ? true : error);
    });
  }
  return told;
}

/** Full names by id. An ad's name holds its ad group, which has to be asked for. */
async function namesOf(session: AdSession, objects: readonly Target[]): Promise<Map<string, string>> {
  const customer = `customers/${session.accountExternalId}`;
  const names = new Map<string, string>();
  for (const { kind, externalId } of objects) {
    if (kind === 'campaign') names.set(externalId, `${customer}/campaigns/${externalId}`);
    if (kind === 'ad_set') names.set(externalId, `${customer}/adGroups/${externalId}`);
  }
  const ads = objects.filter((one) => one.kind === 'ad').map((one) => one.externalId);
  for (let from = 0; from < ads.length; from += MOST_NAMED) {
    const rows = await queryRows(
      session,
      session.accountExternalId,
      `SELECT ad_group_ad.ad.id FROM ad_group_ad WHERE ${LEVELS.ad.id} IN ${ids(ads.slice(from, from + MOST_NAMED))}`,
    );
    for (const { adGroupAd } of rows)
      names.set(String((adGroupAd?.['ad'] as { id?: unknown } | undefined)?.id), String(adGroupAd?.['resourceName']));
  }
  return names;
}

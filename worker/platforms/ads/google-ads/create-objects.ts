import { PlatformError } from '../../platform-error.ts';
import type { AdSession, Created, CreateRequest } from '../ad-platform.ts';
import { askAds, isSuccess, unreadable } from './client.ts';
import { ALREADY_THERE, classify, failureError, failuresOf, mapError, statusOf, type AdsFailure } from './map-error.ts';
import { toMade, type Fields } from './to-operations.ts';

/** One object of a call: its operations, and which of them makes the object itself. */
interface Part {
  operations: Fields[];
  /** Place of the object's own operation among `operations`, and the name of its result. */
  own: number;
  result: 'campaignResult' | 'adGroupResult' | 'adGroupAdResult';
}
interface Answer {
  mutateOperationResponses?: (Record<string, { resourceName?: unknown } | undefined> | null)[];
}

/** All of them in one call that is made whole or not at all. One outcome for each. @throws PlatformError when the call as a whole came to that */
export async function createObjects(session: AdSession, requests: readonly CreateRequest[]): Promise<(Created | PlatformError)[]> {
  const parts = requests.map((request, i) => partOf(request, session.accountExternalId, i));
  const sent = parts.filter((part): part is Part => !(part instanceof PlatformError));
  const outcomes = sent.length === 0 ? [] : await send(session, sent);
  return parts.map((part) =>
    part instanceof PlatformError ? part : (outcomes[sent.indexOf(part)] ?? unreadable('The answer says nothing of this object.')),
  );
}

/** The platform's own check of one object; nothing is made. @throws PlatformError */
export async function validateObject(session: AdSession, request: CreateRequest): Promise<void> {
  const part = partOf(request, session.accountExternalId, 0);
  if (part instanceof PlatformError) throw part;
  const answer = await mutate(session, part.operations, { validateOnly: true });
  if (!isSuccess(answer)) throw mapError(answer);
}

export const mutate = (session: AdSession, mutateOperations: readonly Fields[], options: Record<string, boolean>) =>
  askAds(session, 'POST', `customers/${session.accountExternalId}/googleAds:mutate`, { mutateOperations, ...options });

/** Objects made in the same call are named by negative numbers of their own. */
function partOf(request: CreateRequest, customer: string, place: number): Part | PlatformError {
  const name = (collection: string, n: number): string => `customers/${customer}/${collection}/-${place * 2 + n}`;
  let made: ReturnType<typeof toMade>;
  try {
    made = toMade(request, customer);
  } catch (error) {
    if (error instanceof PlatformError) return error;
    throw error;
  }
  if (made.campaign && made.campaignBudget) {
    const [budget, campaign] = [name('campaignBudgets', 1), name('campaigns', 2)];
    return {
      operations: [
        { campaignBudgetOperation: { create: { resourceName: budget, ...made.campaignBudget } } },
        { campaignOperation: { create: { resourceName: campaign, campaignBudget: budget, ...made.campaign } } },
        ...made.criteria.map((criterion) => ({ campaignCriterionOperation: { create: { campaign, ...criterion } } })),
      ],
      own: 1,
      result: 'campaignResult',
    };
  }
  if (made.adGroup) {
    const adGroup = name('adGroups', 1);
    return {
      operations: [
        { adGroupOperation: { create: { resourceName: adGroup, ...made.adGroup } } },
        ...made.criteria.map((criterion) => ({ adGroupCriterionOperation: { create: { adGroup, status: 'ENABLED', ...criterion } } })),
      ],
      own: 0,
      result: 'adGroupResult',
    };
  }
  return { operations: [{ adGroupAdOperation: { create: made.adGroupAd } }], own: 0, result: 'adGroupAdResult' };
}

async function send(session: AdSession, parts: readonly Part[]): Promise<(Created | PlatformError)[]> {
  const answer = await mutate(
    session,
    parts.flatMap((part) => part.operations),
    { partialFailure: false },
  );
  const traceId = answer.headers.get('request-id');
  if (!isSuccess(answer)) return refusedParts(parts, failuresOf(statusOf(answer.json)), traceId, answer.status) ?? fail(mapError(answer));
  const { mutateOperationResponses: told = [] } = answer.json as Answer;
  let from = 0;
  return parts.map((part) => {
    const name = told[from + part.own]?.[part.result]?.resourceName;
    from += part.operations.length;
    const id = typeof name === 'string' ? /\/(?:\d+~)?(\d+)$/.exec(name)?.[1] : undefined;
    return id === undefined ? unreadable('The answer names no object.', answer.json) : { externalId: id, traceId };
  });
}

/**
 * Of a call that was refused: what each object is told. Those nothing is wrong with were not made either, and may be sent again at once.
 * Null when the refusal is not about single objects, or does not prove that nothing was made.
 */
function refusedParts(
  parts: readonly Part[],
  failures: readonly AdsFailure[],
  traceId: string | null,
  httpStatus: number,
): PlatformError[] | null {
  const isPlain = ({ index, code }: AdsFailure) => {
    const failure = classify(code);
    return index !== null && (failure === 'refused' || failure === 'missing' || ALREADY_THERE.has(code));
  };
  if (httpStatus >= 500 || failures.length === 0 || !failures.every(isPlain)) return null;
  let from = 0;
  return parts.map((part) => {
    const to = from + part.operations.length;
    const own = failures.filter(({ index }) => index !== null && index >= from && index < to);
    from = to;
    // What exists already is looked for before anything else is thought about it.
    const first = own.find((one) => ALREADY_THERE.has(one.code)) ?? own[0];
    return first
      ? failureError(first, traceId, httpStatus)
      : new PlatformError('throttled', 'Another object of the same call was refused, so none of it was made.', {
          platform: 'google-ads',
          code: 'call_refused',
          retryAfterSeconds: 0,
        });
  });
}

function fail(error: PlatformError): never {
  throw error;
}

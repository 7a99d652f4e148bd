import { expect, test } from 'vitest';
import type { PlatformError } from '../../platform-error.ts';
import type { Usage } from '../ad-platform.ts';
import { callAds } from './client.ts';
import { mapError } from './map-error.ts';

const FAILURE = 'type.googleapis.com/google.ads.googleads.v25.errors.GoogleAdsFailure';
const answerOf = (status: number, json: unknown) => ({ status, headers: new Headers({ 'request-id': 'trace-1' }), json });
const refusal = (...codes: string[]) => ({
  error: {
    code: 400,
    message: 'Request contains an invalid argument.',
    status: 'INVALID_ARGUMENT',
    details: [
      {
        '@type': FAILURE,
        errors: codes.map((code) => {
          const [group = '', reason] = code.split('.');
          return {
            errorCode: { [group]: reason },
            message: `about ${code}`,
            location: { fieldPathElements: [{ fieldName: 'mutate_operations', index: 1 }, { fieldName: 'create' }, { fieldName: 'name' }] },
          };
        }),
      },
    ],
  },
});

test.each([
  [400, 'campaignError.INVALID_CAMPAIGN_NAME', 'refused'],
  [400, 'stringLengthError.TOO_LONG', 'refused'],
  [400, 'mutateError.EU_POLITICAL_ADVERTISING_DECLARATION_REQUIRED', 'refused'],
  [400, 'requestError.CANNOT_BE_EXECUTED_BY_MANAGER_ACCOUNT', 'refused'],
  [403, 'authorizationError.USER_PERMISSION_DENIED', 'refused'],
  [403, 'authorizationError.CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION', 'refused'],
  [401, 'authenticationError.NOT_ADS_USER', 'refused'],
  [401, 'authenticationError.OAUTH_TOKEN_EXPIRED', 'auth'],
  [401, 'authenticationError.OAUTH_TOKEN_REVOKED', 'auth'],
  [400, 'mutateError.RESOURCE_NOT_FOUND', 'missing'],
  [429, 'quotaError.RESOURCE_EXHAUSTED', 'throttled'],
  [429, 'quotaError.RESOURCE_TEMPORARILY_EXHAUSTED', 'throttled'],
  [429, 'quotaError.ACCESS_PROHIBITED', 'refused'],
  // There already: looked for, never a plain no.
  [400, 'campaignError.DUPLICATE_CAMPAIGN_NAME', 'unknown'],
  [400, 'adGroupError.DUPLICATE_ADGROUP_NAME', 'unknown'],
  [500, 'internalError.INTERNAL_ERROR', 'unknown'],
  [500, 'internalError.TRANSIENT_ERROR', 'unknown'],
  [504, 'internalError.DEADLINE_EXCEEDED', 'unknown'],
  [409, 'databaseError.CONCURRENT_MODIFICATION', 'unknown'],
  // A refusal that comes with a server's own failure proves nothing.
  [500, 'campaignError.INVALID_CAMPAIGN_NAME', 'unknown'],
] as const)('%i %s is %s', (status, code, failure) => {
  expect(mapError(answerOf(status, refusal(code))).failure).toBe(failure);
});

test('one failure that proves nothing outweighs every plain one', () => {
  const codes = ['campaignError.INVALID_CAMPAIGN_NAME', 'internalError.INTERNAL_ERROR'];
  expect(mapError(answerOf(400, refusal(...codes)))).toMatchObject({
    failure: 'unknown',
    detail: { code: 'internalError.INTERNAL_ERROR' },
  });
});

test('the words of the platform are kept: reason, field, trace', () => {
  const { detail, message } = mapError(answerOf(400, refusal('campaignError.INVALID_CAMPAIGN_NAME')));
  expect(message).toBe('about campaignError.INVALID_CAMPAIGN_NAME');
  expect(detail).toMatchObject({ code: 'campaignError.INVALID_CAMPAIGN_NAME', field: 'create.name', traceId: 'trace-1', httpStatus: 400 });
});

test.each([
  ['a token that is none', 401, { error: { code: 401, status: 'UNAUTHENTICATED', message: 'm' } }, 'auth'],
  [
    'a scope that was not given',
    403,
    { error: { status: 'PERMISSION_DENIED', message: 'm', details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }] } },
    'auth',
  ],
  ['JSON the service does not know', 400, { error: { status: 'INVALID_ARGUMENT', message: 'm' } }, 'refused'],
  ['a bare throttle', 429, undefined, 'throttled'],
  ['a page of a proxy', 502, undefined, 'unknown'],
  ['an address that is not there', 404, { error: { status: 'NOT_FOUND', message: 'm' } }, 'unknown'],
  ['an error of a stream', 400, [refusal('queryError.UNRECOGNIZED_FIELD')], 'refused'],
  ['a word nobody knows', 400, { error: { status: 'SOMETHING_NEW', message: 'm' } }, 'unknown'],
])('%s', (_, status, json, failure) => {
  expect(mapError(answerOf(status, json)).failure).toBe(failure);
});

test('a throttle says how long, and the pacer hears it; in a stream, too', async () => {
  const quota = refusal('quotaError.RESOURCE_EXHAUSTED');
  const details = { quotaErrorDetails: { rateScope: 'DEVELOPER', rateName: 'Operations', retryDelay: '120.5s' } };
  for (const error of quota.error.details.flatMap((one) => one.errors)) Object.assign(error, { details });
  for (const body of [quota, [quota]]) {
    const heard: Usage[] = [];
    const said = await callAds(
      {
        outside: () => Promise.resolve(new Response(JSON.stringify(body), { status: 429 })),
        accessToken: 't',
        timeoutMs: 1_000,
        onUsage: (usage) => heard.push(usage),
      },
      'POST',
      'customers/1/googleAds:mutate',
      {},
    ).catch((thrown: unknown) => thrown as PlatformError);
    expect(said).toMatchObject({ failure: 'throttled', detail: { retryAfterSeconds: 120.5 } });
    expect(heard).toEqual([{ percent: 100, regainSeconds: 120.5, tier: null }]);
  }
});

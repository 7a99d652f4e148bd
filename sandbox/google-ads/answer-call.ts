import { DoorError, refusal } from './ads-error.ts';
import { directCustomers, enter, personOf } from './door.ts';
import { fieldInfo } from './gaql/field-info.ts';
import { mutate, readOperations, resultOf, type MutateOptions } from './mutate.ts';
import { listOf, part } from './operation.ts';
import type { AdsCall } from './read-call.ts';
import { readMessage, type Fields } from './read-message.ts';
import { requestKey } from './request-key.ts';
import { BY_COLLECTION, type ResourceType } from './resource-types.ts';
import { addOperations, listResults, makeBatchJob, readLongRunning, runBatchJob } from './batch-jobs.ts';
import { search, searchStream } from './search.ts';
import { searchFields } from './search-fields.ts';
import { suggestPlaces } from './suggest-places.ts';
import { createUpload } from './video-uploads.ts';
import type { AdsWorld, Caller } from './world.ts';

type CustomerHandler = (world: AdsWorld, caller: Caller, body: Fields, call: AdsCall) => unknown;

function optionsOf(body: Fields, listName: string): MutateOptions {
  const options = {
    partialFailure: body['partialFailure'] === true,
    validateOnly: body['validateOnly'] === true,
    returnsResource: body['responseContentType'] === 'MUTABLE_RESOURCE',
    listName,
  };
  return options;
}

function refuseForManager(world: AdsWorld, caller: Caller): void {
  if (world.store.get(`customers/${caller.customerId}`)?.fields['manager'] === true)
    throw refusal('requestError', 'CANNOT_BE_EXECUTED_BY_MANAGER_ACCOUNT', 'The request cannot be executed by a manager account.');
}

const mutateAll: CustomerHandler = (world, caller, body, call) => {
  refuseForManager(world, caller);
  const wanted = readOperations(listOf(body['mutateOperations']).map(part));
  world.quota.charge(wanted.length);
  const options = optionsOf(body, 'mutate_operations');
  const { made, failure } = mutate(world, caller, wanted, options, requestKey(world, call));
  if (options.validateOnly && failure === null) return {};
  const responses = made.map((one, index) => {
    const type = wanted[index]?.typeName ?? '';
    const camel = type.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return one === null ? {} : { [`${camel}Result`]: resultOf(world, one, camel, options) };
  });
  return { ...(failure === null ? {} : { partialFailureError: failure.rpcStatus(caller.requestId) }), mutateOperationResponses: responses };
};

const mutateKind =
  (type: ResourceType): CustomerHandler =>
  (world, caller, body, call) => {
    refuseForManager(world, caller);
    const wanted = listOf(body['operations']).map((one) => ({ typeName: type.name, operation: part(one) }));
    world.quota.charge(wanted.length);
    const options = optionsOf(body, 'operations');
    const { made, failure } = mutate(world, caller, wanted, options, requestKey(world, call));
    if (options.validateOnly && failure === null) return {};
    const results = made.map((one) => resultOf(world, one, type.camel, options));
    return { ...(failure === null ? {} : { partialFailureError: failure.rpcStatus(caller.requestId) }), results };
  };

/** Closed to new developers since June 2026 [D]: whoever asks is refused. */
const refuseConversions: CustomerHandler = () => {
  throw refusal(
    'notAllowlistedError',
    'CUSTOMER_NOT_ALLOWLISTED_FOR_THIS_FEATURE',
    'The customer is not allowlisted for this feature. Use the Data Manager API.',
  );
};

interface Route {
  /** Message that the body must be. */
  message: string | null;
  answer: CustomerHandler;
}

/** What follows `customers/{id}`: `/collection` and the verb. */
const CUSTOMER_ROUTES: Record<string, Route | undefined> = {
  'POST /googleAds:search': { message: 'services.SearchGoogleAdsRequest', answer: search },
  'POST /googleAds:searchStream': { message: 'services.SearchGoogleAdsStreamRequest', answer: searchStream },
  'POST /googleAds:mutate': { message: 'services.MutateGoogleAdsRequest', answer: mutateAll },
  'POST :uploadClickConversions': { message: null, answer: refuseConversions },
  'POST :uploadCallConversions': { message: null, answer: refuseConversions },
  'POST :uploadConversionAdjustments': { message: null, answer: refuseConversions },
  'POST :uploadUserData': { message: null, answer: refuseConversions },
  'POST /youTubeVideoUploads:create': { message: 'services.CreateYouTubeVideoUploadRequest', answer: createUpload },
  'POST /batchJobs:mutate': { message: 'services.MutateBatchJobRequest', answer: makeBatchJob },
  'POST /batchJobs/{id}:addOperations': { message: 'services.AddBatchJobOperationsRequest', answer: addOperations },
  'POST /batchJobs/{id}:run': { message: 'services.RunBatchJobRequest', answer: runBatchJob },
  'GET /batchJobs/{id}:listResults': { message: null, answer: listResults },
  'GET /operations/{id}': { message: null, answer: readLongRunning },
  ...Object.fromEntries(
    [...BY_COLLECTION].map(([collection, type]) => [
      `POST /${collection}:mutate`,
      { message: `services.Mutate${collection.charAt(0).toUpperCase()}${collection.slice(1)}Request`, answer: mutateKind(type) },
    ]),
  ),
};

/** The name of what a call does, ids left out: routes are found by it and specs, too. */
export function routeOf(call: AdsCall): { customerId: string | null; name: string } {
  const verb = call.verb === null ? '' : `:${call.verb}`;
  const [first, customerId, ...rest] = call.path.split('/');
  if (first !== 'customers' || customerId === undefined) return { customerId: null, name: `${call.method} ${call.path}${verb}` };
  const below = rest.map((part, n) => (n % 2 === 1 ? '{id}' : part)).join('/');
  return { customerId, name: `${call.method} ${below === '' ? '' : `/${below}`}${verb}` };
}

export const isStream = (call: AdsCall): boolean => call.verb === 'searchStream';
export const isWrite = (call: AdsCall): boolean =>
  call.method === 'POST' && !['search', 'searchStream', 'suggest'].includes(call.verb ?? '') && call.body['validateOnly'] !== true;

function answerWithoutCustomer(world: AdsWorld, call: AdsCall, email: string, name: string): unknown {
  switch (name) {
    case 'GET customers:listAccessibleCustomers':
      return { resourceNames: directCustomers(world, email).map((one) => one.name) };
    case 'POST geoTargetConstants:suggest':
      return suggestPlaces(world, readMessage('services.SuggestGeoTargetConstantsRequest', call.body));
    case 'POST googleAdsFields:search':
      return searchFields(readMessage('services.SearchGoogleAdsFieldsRequest', call.body));
  }
  const field = /^GET googleAdsFields\/(.+)$/.exec(name)?.[1];
  if (field === undefined) throw new DoorError(404, 'NOT_FOUND', 'Method not found.');
  const info = fieldInfo(field);
  if (info === null) throw refusal('requestError', 'RESOURCE_NOT_FOUND', 'The resource was not found.', { trigger: field });
  return info;
}

/** Runs one call: person, shape, customer, count, handler. Throws what the platform would refuse. */
export function answerCall(world: AdsWorld, call: AdsCall): unknown {
  const { customerId, name } = routeOf(call);
  const email = personOf(world, call);
  if (customerId === null) return answerWithoutCustomer(world, call, email, name);
  const route = CUSTOMER_ROUTES[name];
  if (route === undefined) throw new DoorError(404, 'NOT_FOUND', 'Method not found.');
  const body = route.message === null ? call.body : readMessage(route.message, call.body);
  const caller = enter(world, call, email, customerId);
  const { flaky = 0 } = world.core.faults.plan;
  if (
    flaky > 0 &&
    isWrite(call) &&
    world.core.faults.covers('google-ads') &&
    world.core.faults.roll(`google-ads flaky ${requestKey(world, call)}`) < flaky
  ) {
    world.core.log.countFault('google-ads', 'flaky');
    throw refusal(
      'databaseError',
      'CONCURRENT_MODIFICATION',
      'Multiple requests were attempting to modify the same resource at once. Retry the request.',
    );
  }
  return route.answer(world, caller, body, call);
}

import { refusal } from './ads-error.ts';
import { mutate, readOperations, resultOf } from './mutate.ts';
import { listOf, part } from './operation.ts';
import type { AdsCall } from './read-call.ts';
import type { Fields } from './read-message.ts';
import type { Resource } from './store.ts';
import type { AdsWorld, Caller } from './world.ts';

/** Operations of one job wait inside it; each is then made or refused for itself [D]. */
interface Job {
  operations: Fields[];
  results: Fields[] | null;
  additions: number;
}
const job = (resource: Resource): Job => resource.fields['ours'] as Job;

function find(world: AdsWorld, caller: Caller, call: AdsCall): Resource {
  const name = `customers/${caller.customerId}/batchJobs/${call.path.split('/')[3] ?? ''}`;
  const found = world.store.get(name);
  if (found === undefined) throw refusal('mutateError', 'RESOURCE_NOT_FOUND', 'Resource was not found.', { trigger: name });
  return found;
}

/** POST batchJobs:mutate: an empty job. */
export function makeBatchJob(world: AdsWorld, caller: Caller, body: Fields): Fields {
  const operation = part(body['operation']);
  if (typeof operation['remove'] === 'string') {
    const known = world.store.get(operation['remove']);
    if (known?.fields['status'] !== 'PENDING')
      throw refusal('batchJobError', 'CAN_ONLY_REMOVE_PENDING_JOB', 'Only a pending job can be removed.');
    world.store.remove(known.name);
    return { result: { resourceName: known.name } };
  }
  const id = world.core.nextId('17');
  const name = `customers/${caller.customerId}/batchJobs/${id}`;
  const ours: Job = { operations: [], results: null, additions: 0 };
  const { core } = world;
  world.store.put({
    name,
    type: 'batch_job',
    customerId: caller.customerId,
    keys: [],
    createdAt: core.now(),
    visibleAt: core.now(),
    requestId: caller.requestId,
    demo: false,
    fields: { resourceName: name, id, status: 'PENDING', nextAddSequenceToken: `${id}-0`, ours },
  });
  core.touch();
  return { result: { resourceName: name } };
}

/** POST {job}:addOperations. The sequence token guards against adding twice: a repeat of the last one is refused. */
export function addOperations(world: AdsWorld, caller: Caller, body: Fields, call: AdsCall): Fields {
  const found = find(world, caller, call);
  const { operations, additions } = job(found);
  if (found.fields['status'] !== 'PENDING')
    throw refusal(
      'batchJobError',
      'CANNOT_MODIFY_JOB_AFTER_JOB_STARTS_RUNNING',
      'The batch job cannot add more operations after it has been run.',
    );
  const added = listOf(body['mutateOperations']).map(part);
  if (added.length === 0)
    throw refusal('batchJobError', 'EMPTY_OPERATIONS', 'The operations for an AddBatchJobOperations request were empty.');
  const expected = String(found.fields['nextAddSequenceToken']);
  if ((additions > 0 || body['sequenceToken'] !== undefined) && body['sequenceToken'] !== expected)
    throw refusal('batchJobError', 'INVALID_SEQUENCE_TOKEN', 'The sequence token for an AddBatchJobOperations request was invalid.', {
      trigger: String(body['sequenceToken'] ?? ''),
    });
  world.quota.charge(added.length);
  const ours: Job = { operations: [...operations, ...added], results: null, additions: additions + 1 };
  const nextAddSequenceToken = `${String(found.fields['id'])}-${ours.additions}`;
  world.store.put({ ...found, fields: { ...found.fields, ours, nextAddSequenceToken } });
  world.core.touch();
  return { totalOperations: String(ours.operations.length), nextSequenceToken: nextAddSequenceToken };
}

/** POST {job}:run: a long-running operation; the work is done a little later. */
export function runBatchJob(world: AdsWorld, caller: Caller, _body: Fields, call: AdsCall): Fields {
  const found = find(world, caller, call);
  if (found.fields['status'] !== 'PENDING')
    throw refusal('batchJobError', 'CANNOT_MODIFY_JOB_AFTER_JOB_STARTS_RUNNING', 'The batch job has been run already.');
  const longRunningOperation = `customers/${caller.customerId}/operations/${String(found.fields['id'])}`;
  world.store.put({ ...found, fields: { ...found.fields, status: 'RUNNING', longRunningOperation } });
  world.core.touch();
  world.core.later(world.settings.jobMs, () => finish(world, caller, found.name));
  return { name: longRunningOperation, metadata: {} };
}

function finish(world: AdsWorld, caller: Caller, name: string): void {
  const found = world.store.get(name);
  if (found === undefined) return;
  const wanted = readOperations(job(found).operations);
  const options = { partialFailure: true, validateOnly: false, returnsResource: false, listName: 'mutate_operations' };
  const { made, failure } = mutate(world, caller, wanted, options, `job ${String(found.fields['id'])}`);
  const results = made.map((one, index): Fields => {
    const camel = (wanted[index]?.typeName ?? '').replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const own = failure?.problems.find((problem) => problem.at?.[0]?.index === index);
    return {
      operationIndex: String(index),
      ...(one === null ? {} : { mutateOperationResponse: { [`${camel}Result`]: resultOf(world, one, camel, options) } }),
      ...(own === undefined ? {} : { status: { code: 3, message: own.message } }),
    };
  });
  world.store.put({ ...found, fields: { ...found.fields, status: 'DONE', ours: { ...job(found), results } } });
  world.core.touch();
}

/** GET {job}:listResults, when the job is done. */
export function listResults(world: AdsWorld, caller: Caller, _body: Fields, call: AdsCall): Fields {
  const { results } = job(find(world, caller, call));
  if (results === null) throw refusal('batchJobError', 'RESULTS_NOT_READY', 'The results are not ready.');
  return { results };
}

/** GET {operation}: done or not. */
export function readLongRunning(world: AdsWorld, caller: Caller, _body: Fields, call: AdsCall): Fields {
  const name = `customers/${caller.customerId}/operations/${call.path.split('/')[3] ?? ''}`;
  const found = world.store.all('batch_job', caller.customerId).find((one) => one.fields['longRunningOperation'] === name);
  if (found === undefined) throw refusal('requestError', 'RESOURCE_NOT_FOUND', 'The resource was not found.', { trigger: name });
  return found.fields['status'] === 'DONE' ? { name, done: true, response: {} } : { name };
}

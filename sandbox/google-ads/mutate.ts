import { AdsError, refusal, type AdsProblem } from './ads-error.ts';
import { refuse, part, type MutateRequest, type Operation } from './operation.ts';
import type { Fields } from './read-message.ts';
import { BY_OPERATION } from './resource-types.ts';
import { checkNewAssetGroup } from './rules/asset-group.ts';
import { runOperation } from './run-operation.ts';
import { showResource } from './show-resource.ts';
import type { Resource } from './store.ts';
import { newRequest } from './temp-ids.ts';
import type { AdsWorld, Caller } from './world.ts';

const MOST_OPERATIONS = 10_000;

/** One operation with the kind of resource it is about, and its name in error locations. */
interface Wanted {
  typeName: string;
  operation: Fields;
}

export interface MutateOptions {
  partialFailure: boolean;
  validateOnly: boolean;
  returnsResource: boolean;
  /** Field under which the request lists its operations: `operations` or `mutate_operations`. */
  listName: string;
}

export interface MutateOutcome {
  /** Empty where an operation was refused. */
  made: (Resource | null)[];
  failure: AdsError | null;
}

/** Reads `mutateOperations[]`: each names one kind. */
export function readOperations(operations: Fields[]): Wanted[] {
  return operations.map((one, index) => {
    const [name, operation] = Object.entries(one)[0] ?? [];
    const type = BY_OPERATION.get(name ?? '');
    if (type === undefined)
      throw refusal('requestError', 'OPERATION_REQUIRED', 'The mutate operation is missing.', {
        at: [{ fieldName: 'mutate_operations', index }],
      });
    return { typeName: type.name, operation: part(operation) };
  });
}

/** Operations that the plan lets fail although nothing is wrong with them; seen only where a part may fail. */
function dropped(world: AdsWorld, wanted: Wanted, key: string): boolean {
  const { batchNull = 0 } = world.core.faults.plan;
  if (batchNull === 0 || wanted.operation['create'] === undefined || !world.core.faults.covers('google-ads')) return false;
  if (world.core.faults.roll(`google-ads item ${key}`) >= batchNull) return false;
  world.core.log.countFault('google-ads', 'batch-item');
  return true;
}

/** Status changes that the plan swallows: answered as done, or refused as if somebody else had been faster. */
function ignored(op: Operation, wanted: Wanted): Resource | null {
  const plan = op.world.core.faults.plan.statusIgnored;
  if (plan === undefined || plan.p === 0 || wanted.operation['updateMask'] !== 'status' || !op.world.core.faults.covers('google-ads'))
    return null;
  const target = op.world.store.get(String(part(wanted.operation['update'])['resourceName']));
  if (target === undefined || op.world.core.faults.roll(`google-ads status ${String(target.fields['name'] ?? target.type)}`) >= plan.p)
    return null;
  op.world.core.log.countFault('google-ads', 'status-ignored');
  if (!plan.silent)
    throw refuse(
      op,
      'databaseError',
      'CONCURRENT_MODIFICATION',
      'Multiple requests were attempting to modify the same resource at once. Retry the request.',
    );
  return target;
}

function tempIdOf(operation: Fields): string | null {
  const name = part(operation['create'])['resourceName'];
  return typeof name === 'string' ? (/(-\d+)$/.exec(name)?.[1] ?? null) : null;
}

/**
 * Runs a list of operations: all or none of them, or with partialFailure each for itself. Nothing stays of a validateOnly.
 * `itemKey` names the request in words that repeat between runs.
 */
export function mutate(world: AdsWorld, caller: Caller, wanted: Wanted[], options: MutateOptions, itemKey: string): MutateOutcome {
  if (wanted.length === 0)
    throw refusal('requestError', 'REQUIRED_FIELD_MISSING', 'Required field is missing.', { at: [{ fieldName: options.listName }] });
  if (wanted.length > MOST_OPERATIONS)
    throw refusal('requestError', 'TOO_MANY_MUTATE_OPERATIONS', 'Too many mutate operations in request.', {
      at: [{ fieldName: options.listName }],
    });
  const request = newRequest(world.core.now());
  const problems: AdsProblem[] = [];
  const outcome: MutateOutcome = { made: [], failure: null };

  const runOne = (one: Wanted, index: number): Resource | null => {
    const op: Operation = { world, caller, index, request, at: [{ fieldName: options.listName, index }] };
    try {
      if (options.partialFailure && dropped(world, one, `${itemKey} ${index}`))
        throw refuse(op, 'internalError', 'TRANSIENT_ERROR', 'A transient internal error has been encountered.');
      return ignored(op, one) ?? world.store.attempt(true, () => runOperation(op, one.typeName, one.operation));
    } catch (error) {
      if (!(error instanceof AdsError)) throw error;
      problems.push(...error.problems);
      const temp = tempIdOf(one.operation);
      if (temp !== null && !request.tempIds.has(temp)) request.failedTempIds.add(temp);
      return null;
    }
  };

  const runAll = (): void => {
    outcome.made = wanted.map(runOne);
    if (problems.length === 0 || options.partialFailure) judgeGroups(world, caller, request, options, outcome, problems);
    if (problems.length === 0) return;
    const failure = new AdsError(problems);
    if (!options.partialFailure) throw failure;
    outcome.failure = failure;
  };
  world.store.attempt(!options.validateOnly, runAll);
  if (!options.validateOnly) world.core.touch();
  return outcome;
}

/** New asset groups must come with their assets in the same request. Without enough of them a group and its links are dropped. */
function judgeGroups(
  world: AdsWorld,
  caller: Caller,
  request: MutateRequest,
  options: MutateOptions,
  outcome: MutateOutcome,
  problems: AdsProblem[],
): void {
  for (const group of request.made.filter((one) => one.type === 'asset_group')) {
    const index = outcome.made.findIndex((one) => one?.name === group.name);
    const op: Operation = { world, caller, index, request, at: [{ fieldName: options.listName, index }, { fieldName: 'create' }] };
    try {
      checkNewAssetGroup(op, group);
    } catch (error) {
      if (!(error instanceof AdsError)) throw error;
      problems.push(...error.problems);
      for (const link of world.store.byKey(`in ${group.name}`)) world.store.remove(link.name);
      world.store.remove(group.name);
      outcome.made = outcome.made.map((one) =>
        one !== null && world.store.get(one.name) === undefined && one.fields['status'] !== 'REMOVED' ? null : one,
      );
    }
  }
}

/** What one made thing is answered with: its name, and all of it when asked for. */
export function resultOf(world: AdsWorld, resource: Resource | null, camel: string, options: MutateOptions): Fields {
  if (resource === null) return {};
  return { resourceName: resource.name, ...(options.returnsResource ? { [camel]: showResource(world, resource) } : {}) };
}

import { readFileSync } from 'node:fs';
import {
  buildSchema,
  execute,
  getNamedType,
  GraphQLError,
  Kind,
  parse,
  validate,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { AccessGrant, Shop, ShopifyStore } from '../store.ts';
import { hasScope, requiredScope } from './access.ts';
import { costExtension, requestedCost, takePoints } from './cost.ts';
import { rootFor } from './root.ts';

let built: GraphQLSchema | null = null;
/** The vendor's own SDL; built once, it takes about 30 ms. */
const schema = (): GraphQLSchema =>
  (built ??= buildSchema(readFileSync(new URL('../spec/admin-2026-10.subset.graphql', import.meta.url), 'utf8')));

export interface GraphqlCall {
  query: string;
  variables?: Record<string, unknown> | null;
  operationName?: string | null;
}

const answer = (body: object): Response => Response.json(body, { headers: { 'x-shopify-api-version': '2026-10' } });
const refusal = (message: string, code: string, extensions: object = {}): Response =>
  answer({ errors: [{ message, extensions: { code } }], ...(Object.keys(extensions).length > 0 ? { extensions } : {}) });

/** One Admin GraphQL call after authentication. Every refusal is HTTP 200 with `errors[]`, as the vendor does it. */
export async function executeGraphql(store: ShopifyStore, shop: Shop, grant: AccessGrant, call: GraphqlCall): Promise<Response> {
  let document: DocumentNode;
  try {
    document = parse(call.query);
  } catch (error) {
    return refusal((error as Error).message, 'BAD_REQUEST');
  }
  const invalid = validate(schema(), document);
  if (invalid.length > 0)
    return answer({
      errors: invalid.map((error) => ({ message: error.message, locations: error.locations, extensions: { code: 'undefinedField' } })),
    });
  const operation = operationOf(document, call.operationName);
  if (!operation) return refusal('An operation name is required', 'BAD_REQUEST');
  const variables = call.variables ?? {};
  const isMutation = operation.operation === 'mutation';
  const denied = missingScope(operation, grant);
  if (denied)
    return answer({
      errors: [
        {
          message: `Access denied for ${denied.field} field. Required access: \`${denied.scope}\` access scope.`,
          path: [denied.field],
          extensions: { code: 'ACCESS_DENIED' },
        },
      ],
      data: null,
    });
  const cost = requestedCost(operation.selectionSet, fragmentsOf(document), variables, isMutation);
  if (cost > 1000) return refusal(`Query cost is ${cost}, which exceeds the single query max cost limit (1000).`, 'MAX_COST_EXCEEDED');
  if (!takePoints(shop, cost, store.core.now())) return throttledAnswer(shop, cost);
  const rootValue = rootFor(store, shop, grant, idempotencyKey(operation, variables));
  const { data, errors } = await execute({
    schema: schema(),
    document,
    rootValue,
    variableValues: variables,
    operationName: call.operationName ?? null,
    fieldResolver,
  });
  return answer({ ...(data === undefined ? {} : { data }), ...(errors ? { errors } : {}), extensions: costExtension(shop, cost, cost) });
}

export const throttledAnswer = (shop: Shop, cost = 10): Response => refusal('Throttled', 'THROTTLED', costExtension(shop, cost, null));

/** A field of the schema that no view fills is refused aloud: silence would look like a real null. */
const fieldResolver: GraphQLFieldResolver<unknown, unknown> = (source, args, _context, info) => {
  const value = (source as Record<string, unknown>)[info.fieldName];
  if (value === undefined)
    throw new GraphQLError(`The sandbox does not imitate ${info.parentType.name}.${info.fieldName}`, {
      extensions: { code: 'NOT_IMITATED' },
    });
  return typeof value === 'function' ? (value as (given: unknown) => unknown)(args) : value;
};

function operationOf(document: DocumentNode, name: string | null | undefined): OperationDefinitionNode | undefined {
  const all = document.definitions.filter((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
  return name ? all.find((one) => one.name?.value === name) : all.length === 1 ? all[0] : undefined;
}

const fragmentsOf = (document: DocumentNode): Record<string, FragmentDefinitionNode> =>
  Object.fromEntries(
    document.definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
      .map((one) => [one.name.value, one]),
  );

function missingScope(operation: OperationDefinitionNode, grant: AccessGrant): { field: string; scope: string } | null {
  for (const node of operation.selectionSet.selections) {
    if (node.kind !== Kind.FIELD || operation.operation === 'subscription') continue;
    const root = operation.operation === 'query' ? schema().getQueryType() : schema().getMutationType();
    const type = root?.getFields()[node.name.value]?.type;
    if (!type) continue; // __typename
    const scope = requiredScope(operation.operation, node.name.value, getNamedType(type).name);
    if (scope !== null && !hasScope(grant.scope, scope)) return { field: node.name.value, scope };
  }
  return null;
}

function idempotencyKey(operation: OperationDefinitionNode, variables: Record<string, unknown>): string | null {
  for (const node of operation.selectionSet.selections) {
    const value = node.directives
      ?.find(({ name }) => name.value === 'idempotent')
      ?.arguments?.find(({ name }) => name.value === 'key')?.value;
    if (value?.kind === Kind.STRING) return value.value;
    if (value?.kind === Kind.VARIABLE) return String(variables[value.name.value] ?? '');
  }
  return null;
}

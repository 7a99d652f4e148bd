import type { z } from 'zod';
import type { Permission } from '../rules/permissions.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may call: nobody known, a signed-in person (in whatever organization, or in none), a member or an API key with the permission, the
 * platform's own staff, or an embed with its own short-lived token. `people` = API keys may not; `stepUp` = a person who proved who they
 * are within the last five minutes.
 */
export type Access =
  | { kind: 'public' }
  | { kind: 'person'; stepUp?: true }
  | { kind: 'member'; permission: Permission; people?: true; stepUp?: true }
  | { kind: 'staff'; stepUp?: true }
  | { kind: 'embed'; embed: 'lead-roas' | 'affiliate-stats' };

/**
 * One HTTP call, described once: the Worker binds it, the API client calls it and parses the answer with the same schema.
 * `path` uses `:name` for parameters. Bodies and answers are JSON.
 */
export interface Contract<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  method: Method;
  path: string;
  access: Access;
  summary: string;
  params?: Params;
  query?: Query;
  body?: Body;
  response: Response;
  status?: 200 | 201 | 202 | 204;
}

export function defineContract<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Response extends z.ZodType = z.ZodUndefined,
>(contract: Contract<Params, Query, Body, Response>): Contract<Params, Query, Body, Response> {
  return contract;
}

export type AnyContract = Contract<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;
export type ParamsOf<C> = C extends Contract<infer P, z.ZodType, z.ZodType, z.ZodType> ? z.output<P> : never;
export type QueryOf<C> = C extends Contract<z.ZodType, infer Q, z.ZodType, z.ZodType> ? z.output<Q> : never;
export type BodyOf<C> = C extends Contract<z.ZodType, z.ZodType, infer B, z.ZodType> ? z.output<B> : never;
export type ResponseOf<C> = C extends Contract<z.ZodType, z.ZodType, z.ZodType, infer R> ? z.output<R> : never;
/** What a caller passes in (before defaults). */
export type BodyInput<C> = C extends Contract<z.ZodType, z.ZodType, infer B, z.ZodType> ? z.input<B> : never;
export type QueryInput<C> = C extends Contract<z.ZodType, infer Q, z.ZodType, z.ZodType> ? z.input<Q> : never;

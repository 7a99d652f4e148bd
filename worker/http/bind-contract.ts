import { zValidator } from '@hono/zod-validator';
import type { Context as HonoContext, Hono, MiddlewareHandler } from 'hono';
import type { z } from 'zod';
import type { BodyOf, Contract, ParamsOf, QueryOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { Permission } from '#shared/rules/permissions.ts';
import { findUnstorable } from '#shared/rules/storable.ts';
import type { Door, Env } from '../env.ts';
import type { Context, Ports } from '../kernel/context.ts';
import { AppError, type FieldError } from '../kernel/errors.ts';
import { whileSessionStands } from '../kernel/standing-member.ts';
import { fieldError } from './field-error.ts';
import { once } from './idempotency.ts';
import { limitActor } from './limit-actor.ts';
import { limitCalls } from './limit-calls.ts';
import { readEmbed, type EmbedCaller } from './middleware/embed.ts';
import { readMember, readPerson, readStaff } from './middleware/member.ts';

/** What Hono carries through a request. */
export interface AppEnv {
  Bindings: Env;
  Variables: { ports: Ports; requestId: string };
}
export type App = Hono<AppEnv>;
type C = HonoContext<AppEnv>;
// oxlint-disable-next-line typescript/no-explicit-any -- a contract of any shape; each bind infers its parts
type Any = Contract<any, any, any, any>;

export interface Parts<K extends Any> {
  params: ParamsOf<K>;
  query: QueryOf<K>;
  body: BodyOf<K>;
  request: Request;
  setHeader(name: string, value: string): void;
}
export interface RawCall {
  ports: Ports;
  ctx: Context | null;
  params: Record<string, string>;
  request: Request;
  requestId: string;
  /** The caller as they are now, who may see less than when they came; throws once session, role or token no longer stands: for streams that outlive their beginning. */
  again(): Promise<Context | null>;
}

/** Who calls a raw route of members. */
export function memberOf({ ctx }: Pick<RawCall, 'ctx'>): Context {
  if (!ctx) throw new Error('a member route without a member');
  return ctx;
}

/** How a domain hangs its verbs on contracts. The verb's result must be the contract's response: a compile-time check. */
export interface Bind {
  /** `door` = one network may come only so often. */
  public<K extends Any>(contract: K, handler: (ports: Ports, parts: Parts<K>) => Promise<ResponseOf<K>>, door?: Door): void;
  member<K extends Any>(contract: K, verb: (ctx: Context, parts: Parts<K>) => Promise<ResponseOf<K>>): void;
  /** A signed-in person as such: `ctx` sees no organization's rows. */
  person<K extends Any>(contract: K, verb: (ctx: Context, parts: Parts<K>) => Promise<ResponseOf<K>>, door?: Door): void;
  /** The platform's own people. */
  staff<K extends Any>(contract: K, verb: (ctx: Context, parts: Parts<K>) => Promise<ResponseOf<K>>): void;
  embed<K extends Any>(contract: K, verb: (ctx: Context, caller: EmbedCaller, parts: Parts<K>) => Promise<ResponseOf<K>>): void;
  /** Streams, redirects, vendor formats: what is not JSON in, JSON out. */
  raw(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    access: { kind: 'public' } | { kind: 'person' } | { kind: 'member'; permission: Permission; people?: true; stepUp?: true },
    handler: (call: RawCall) => Promise<Response>,
    door?: Door,
  ): void;
}
export type Routes = (bind: Bind) => void;
export const defineRoutes = (routes: Routes): Routes => routes;

/** Every route of the Worker as data: what the wall tests walk. */
export interface RouteFact {
  method: string;
  path: string;
  access: Any['access'];
  /** Absent = not JSON in, JSON out. */
  contract?: Any;
}

/** @param facts collects every route that is bound */
export function createBind(app: App, facts: RouteFact[] = []): Bind {
  const hang = (contract: Any, handler: (c: C, parts: Parts<Any>) => Promise<unknown>) => {
    facts.push({ method: contract.method, path: contract.path, access: contract.access, contract });
    const part = (name: 'param' | 'query' | 'json', schema: z.ZodType | undefined): MiddlewareHandler[] =>
      schema ? [validated(name, schema)] : [];
    const chain = [
      storableAddress,
      ...part('param', contract.params),
      ...part('query', contract.query),
      ...(contract.body ? [jsonOnly] : []),
      ...part('json', contract.body),
    ];
    app.on(contract.method, [contract.path], ...chain, async (c) => {
      const read = (name: 'param' | 'query' | 'json', schema: unknown): unknown => (schema ? c.req.valid(name as never) : undefined);
      const result = await handler(c, {
        params: read('param', contract.params),
        query: read('query', contract.query),
        body: read('json', contract.body),
        request: c.req.raw,
        setHeader: (name, value) => c.header(name, value, { append: true }),
      } as Parts<Any>);
      return c.json(result as object, (contract.status ?? 200) as 200);
    });
  };
  return {
    public: (contract, handler, door) =>
      hang(contract, async (c, parts) => {
        if (door) await limitCalls(c.get('ports'), c.req.raw, door);
        return handler(c.get('ports'), parts as never);
      }),
    member: (contract, verb) =>
      hang(contract, async (c, parts) => {
        if (contract.access.kind !== 'member') throw new Error(`${contract.path} is not a member's`);
        const ctx = await readMember(c.get('ports'), c.req.raw);
        await limitActor(ctx, parts.setHeader);
        admitMember(ctx, contract.access);
        const { params, query, body, request, setHeader } = parts;
        const standing = contract.access.stepUp ? whileSessionStands(ctx) : ctx;
        return once(standing, { contract, request, input: { params, query, body }, setHeader }, (kept, note) =>
          verb(kept, { ...parts, setHeader: note } as never),
        );
      }),
    person: (contract, verb, door) =>
      hang(contract, async (c, parts) => {
        if (contract.access.kind !== 'person') throw new Error(`${contract.path} is not a person's`);
        if (door) await limitCalls(c.get('ports'), c.req.raw, door);
        const ctx = await readPerson(c.get('ports'), c.req.raw);
        await limitActor(ctx, parts.setHeader);
        return verb(contract.access.stepUp ? proven(ctx) : ctx, parts as never);
      }),
    staff: (contract, verb) =>
      hang(contract, async (c, parts) => {
        if (contract.access.kind !== 'staff') throw new Error(`${contract.path} is not our staff's`);
        const ctx = await readStaff(c.get('ports'), c.req.raw);
        await limitActor(ctx, parts.setHeader);
        return verb(contract.access.stepUp ? proven(ctx) : ctx, parts as never);
      }),
    embed: (contract, verb) =>
      hang(contract, async (c, parts) => {
        if (contract.access.kind !== 'embed') throw new Error(`${contract.path} is not an embed's`);
        const { ctx, caller } = await readEmbed(c.get('ports'), c.req.raw, contract.access.embed);
        c.header('access-control-allow-origin', caller.origin);
        c.header('access-control-expose-headers', 'date');
        c.header('vary', 'Origin');
        return verb(ctx, caller, parts as never);
      }),
    raw(method, path, access, handler, door) {
      facts.push({ method, path, access });
      app.on(method, [path], storableAddress, async (c) => {
        const ports = c.get('ports');
        if (door) await limitCalls(ports, c.req.raw, door);
        const admit = async (): Promise<Context | null> => {
          if (access.kind === 'public') return null;
          if (access.kind === 'person') return readPerson(ports, c.req.raw);
          const member = await readMember(ports, c.req.raw);
          admitMember(member, access);
          return member;
        };
        const ctx = await admit();
        if (ctx) await limitActor(ctx, (name, value) => c.header(name, value));
        return handler({
          ports,
          ctx,
          params: c.req.param() as Record<string, string>,
          request: c.req.raw,
          requestId: c.get('requestId'),
          again: admit,
        });
      });
    },
  };
}

/** @throws proof_needed */
function proven(ctx: Context): Context {
  ctx.requireProof();
  return whileSessionStands(ctx);
}

/** Permission first, then the person, then their proof: who may not do it at all is not asked to prove anything. */
function admitMember(ctx: Context, access: { permission: Permission; people?: true; stepUp?: true }): void {
  ctx.require(access.permission);
  if (access.people) ctx.person();
  if (access.stepUp) ctx.requireProof();
}

/** Answers with every field at fault at once, named by its path. */
function validated(target: 'param' | 'query' | 'json', schema: z.ZodType): MiddlewareHandler {
  return zValidator(target, schema, (result) => {
    if (result.success) return;
    if (target === 'param') throw nothingThere();
    throw badInput(result.error.issues.map(fieldError));
  }) as MiddlewareHandler;
}

const badInput = (fields: FieldError[]) =>
  new AppError('invalid_input', `Check ${[...new Set(fields.map((f) => f.path || 'the body'))].join(', ')} and send it again.`, { fields });
/** A path parameter that cannot be an id names nothing that exists. */
const nothingThere = () => new AppError('not_found', 'There is no such thing, or you cannot see it.');

/** What Postgres cannot hold must not reach it from an address, on any route. */
const storableAddress: MiddlewareHandler = async (c, next) => {
  if (findUnstorable(c.req.param()).length > 0) throw nothingThere();
  const fields = findUnstorable(c.req.query());
  if (fields.length > 0) throw badInput(fields);
  await next();
};

/** JSON that can be stored: a zero character, half a surrogate pair or a tower of brackets is named like any other fault. */
const jsonOnly: MiddlewareHandler = async (c, next) => {
  if (!c.req.header('content-type')?.toLowerCase().startsWith('application/json'))
    throw new AppError('unsupported_type', 'Send the body as application/json.');
  const fields = findUnstorable(
    await c.req.json().catch((cause: unknown) => {
      throw new AppError('malformed', 'The body is not readable JSON.', { cause });
    }),
  );
  if (fields.length > 0) throw badInput(fields);
  await next();
};

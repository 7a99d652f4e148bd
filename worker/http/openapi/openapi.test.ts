import { Validator } from '@seriousme/openapi-schema-validator';
import { Hono } from 'hono';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as contracts from '#shared/contracts/index.ts';
import { EVENT_TYPES } from '#shared/contracts/machines.ts';
import { createBind, type App, type RouteFact } from '../bind-contract.ts';
import { domainRoutes } from '../mounts.ts';
import { startWorker, type TestWorker } from '../../testing/harness.ts';
import type { OpenApi } from './build-openapi.ts';
import { exampleOf } from './example-of.ts';

// The list of routes is read here in Node, where the Worker's way to load a module of bytes does not exist.
vi.mock('@phi-ag/argon2/argon2.wasm', () => ({ default: {} }));

let w: TestWorker;
let api: OpenApi;
let page: Response;
beforeAll(async () => {
  w = await startWorker();
  api = (await (await fetch(`${w.origin}/v1/openapi.json`)).json()) as OpenApi;
  page = await fetch(`${w.origin}/v1/reference`);
});
afterAll(() => w.stop());

const described = () =>
  Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  );

test('the document is OpenAPI 3.1 by its own schema', async () => {
  const validator = new Validator();
  const result = await validator.validate(JSON.parse(JSON.stringify(api)) as Record<string, unknown>);
  expect(result.errors).toBeUndefined();
  expect([result.valid, validator.version]).toEqual([true, '3.1']);
});

test('every bound contract is in it, and nothing else', () => {
  const facts: RouteFact[] = [];
  const bind = createBind(new Hono() as unknown as App, facts);
  for (const routes of domainRoutes) routes(bind);
  const bound = facts.flatMap(({ method, path, contract }) => (contract ? [`${method} ${path}`] : []));
  expect(bound.length).toBeGreaterThan(80);
  expect(described().toSorted()).toEqual(bound.toSorted());
  const ids = Object.values(api.paths).flatMap((methods) => Object.values(methods).map((one) => one.operationId));
  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.keys(api.webhooks)).toEqual([...EVENT_TYPES]);
});

test('who may call is said as it is held', () => {
  for (const methods of Object.values(api.paths))
    for (const operation of Object.values(methods)) {
      const contract = (contracts as unknown as Record<string, Record<string, contracts.AnyContract>>)[operation.tags[0] as string]?.[
        operation.operationId
      ];
      const access = contract?.access;
      const isForKeys = access?.kind === 'member' && !access.people && !access.stepUp;
      expect(
        operation.security.some((one) => 'apiKey' in one),
        operation.operationId,
      ).toBe(isForKeys);
      expect(operation.security.length === 0, operation.operationId).toBe(access?.kind === 'public');
    }
});

test('no schema points at something that is not in the document', () => {
  const refs = [...JSON.stringify(api).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref);
  expect(new Set(refs)).toEqual(new Set(['#/components/schemas/Problem', '#/components/responses/Problem']));
});

test('examples of bodies are bodies', () => {
  const bad: string[] = [];
  for (const methods of Object.values(api.paths))
    for (const { tags, operationId, requestBody } of Object.values(methods)) {
      const schema = requestBody?.content['application/json'].schema;
      if (!schema) continue;
      const contract = (contracts as unknown as Record<string, Record<string, contracts.AnyContract>>)[tags[0] as string]?.[operationId];
      if (!contract?.body?.safeParse(exampleOf(schema)).success) bad.push(operationId);
    }
  // Patterns and rules across fields are not in a schema; most examples can be sent as they stand.
  expect(bad.length, bad.join(', ')).toBeLessThan(25);
});

test('the reference is a page without scripts that fetches nothing and names every call', async () => {
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  const html = await page.text();
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
  expect(page.headers.get('content-security-policy')).toBe(
    `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  expect(html).not.toMatch(/<script|<img|<link|<iframe|\son\w+=|style="|url\(|@import/i);
  for (const methods of Object.values(api.paths))
    for (const { operationId } of Object.values(methods)) expect(html).toContain(`<article id="${operationId}">`);
  expect(new Set(html.match(/ id="[^"]+"/g)).size).toBe(html.match(/ id="[^"]+"/g)?.length);
});

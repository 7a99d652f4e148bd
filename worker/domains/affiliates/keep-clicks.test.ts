import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/affiliates.ts';
import type { Bindings } from '../../env.ts';
import { createContext } from '../../kernel/context.ts';
import { startWorker, type TestWorker } from '../../testing/harness.ts';
import { nodeContext, type NodeContext } from '../../testing/node-context.ts';
import { handOverClick } from './hand-over-click.ts';
import { sweepClicks } from './jobs/sweep-clicks.ts';

let w: TestWorker;
let node: NodeContext;
beforeAll(async () => {
  w = await startWorker();
  node = await nodeContext(w, '');
});
afterAll(async () => {
  await node.close();
  await w.stop();
});

/** A bucket in memory, as far as clicks need one. */
function bucket() {
  const files = new Map<string, string>();
  const RAW = {
    put: async (key: string, text: string) => {
      files.set(key, text);
    },
    get: async (key: string) => {
      const text = files.get(key);
      return text === undefined ? null : { json: async () => JSON.parse(text) as unknown };
    },
    list: async ({ prefix }: { prefix: string }) => ({
      objects: [...files.keys()].filter((key) => key.startsWith(prefix)).map((key) => ({ key })),
      truncated: false,
    }),
    delete: async (key: string) => {
      files.delete(key);
    },
  };
  return { files, RAW };
}

test('a visit that no queue takes waits in storage and is stored by the sweep, once', async () => {
  const member = await w.signUp();
  await member.api.call(contracts.saveProgram, {
    body: {
      name: 'Creators',
      shop: 'keep-test.myshopify.com',
      currency: 'EUR',
      ratePercent: '10',
      allowedDomains: ['keep-test.myshopify.com'],
    },
  });
  await member.api.call(contracts.addAffiliate, {
    body: { name: 'Creator', code: `keep-${Date.now()}`, destination: 'https://keep-test.myshopify.com/' },
  });
  const {
    rows: [link],
  } = await w.db.query('select id from affiliate_links where organization_id = $1', [member.organizationId]);
  const { files, RAW } = bucket();
  const send = async () => {
    throw new Error('queue is away');
  };
  const ports = { ...node.ports, bindings: { ...node.ports.bindings, RAW, JOB_QUEUE: { send } } as unknown as Bindings };
  const visits = ['a', 'b'].map((letter) => ({
    organizationId: member.organizationId,
    click: { id: letter.repeat(32), linkId: link.id as string, kind: 'human' as const, visitorHash: letter, at: new Date().toISOString() },
  }));
  for (const visit of visits) await handOverClick(ports, visit);
  expect([...files.keys()].sort()).toEqual([`clicks/${'a'.repeat(32)}`, `clicks/${'b'.repeat(32)}`]);

  const copy = new Map(files);
  await sweepClicks.run(createContext(ports, '', { kind: 'job', job: 'sweep-clicks' }), {});
  expect(files.size).toBe(0);
  // A sweep that died before it removed them comes again.
  for (const [key, text] of copy) files.set(key, text);
  await sweepClicks.run(createContext(ports, '', { kind: 'job', job: 'sweep-clicks' }), {});
  const { rows } = await w.db.query('select id, duplicate from affiliate_clicks where organization_id = $1 order by id', [
    member.organizationId,
  ]);
  expect(rows).toEqual(visits.map((visit) => ({ id: visit.click.id, duplicate: false })));
});

test('with queue and storage away the visitor still arrives: nothing is thrown', async () => {
  const away = async () => {
    throw new Error('away');
  };
  const ports = {
    ...node.ports,
    bindings: { ...node.ports.bindings, RAW: { put: away }, JOB_QUEUE: { send: away } } as unknown as Bindings,
  };
  await expect(
    handOverClick(ports, {
      organizationId: 'org_x',
      click: { id: 'c'.repeat(32), linkId: '0'.repeat(16), kind: 'human', visitorHash: 'c', at: new Date().toISOString() },
    }),
  ).resolves.toBeUndefined();
});

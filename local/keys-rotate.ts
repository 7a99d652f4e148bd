import { parseArgs } from 'node:util';
import * as operations from '#shared/contracts/operations.ts';
import { createApiClient } from '#shared/api-client/create-api-client.ts';
import { freePorts } from './free-port.ts';
import { startStack } from './stack.ts';
import { CI_RATE, FULL_RATE, rotateUnderLoad } from './trust/rotate-under-load.ts';
import { until } from './until.ts';

/**
 * npm run keys:rotate [-- --full]: rehearses a change of every key on a throw-away stack under load, 40 requests a second or 220; the last
 * line is JSON.
 * npm run keys:rotate -- --origin https://api.example.com: brings a deployed Worker's sealed values under its newest key and waits until
 * none is left. The token of a staff member who has just signed in comes from INLAY_STAFF_TOKEN.
 */
const { values } = parseArgs({ options: { origin: { type: 'string' }, full: { type: 'boolean', default: false } } });
const result = values.origin === undefined ? await rehearse() : await rewrap(values.origin);
console.log(JSON.stringify(result));
process.exitCode = result.ok ? 0 : 1;

async function rehearse(): Promise<{ ok: boolean }> {
  const stack = await startStack({
    dir: `.local/keys-${process.pid}`,
    ports: await freePorts(),
    seed: 1,
    throwaway: true,
    quiet: true,
    demo: true,
  });
  try {
    const { ok, figures } = await rotateUnderLoad(stack, values.full ? FULL_RATE : CI_RATE, (line) => console.log(line));
    return { ok, ...figures };
  } finally {
    await stack.stop();
  }
}

async function rewrap(origin: string): Promise<{ ok: boolean; rewrapped: number; left: number }> {
  const token = process.env['INLAY_STAFF_TOKEN'];
  if (!token) throw new Error('Set INLAY_STAFF_TOKEN to the access token of a staff member who has just signed in.');
  const api = createApiClient({ origin, fetch, authorize: async () => ({ authorization: `Bearer ${token}` }) });
  const { left: atFirst } = await api.call(operations.rewrapSealedKeys, {});
  let left = atFirst;
  await until(
    'every value is under the newest key',
    async () => {
      ({ left } = await api.call(operations.readSealedKeys, {}));
      console.log(`${left} left`);
      if (left > 0) await new Promise((resolve) => setTimeout(resolve, 5_000));
      return left === 0;
    },
    10 * 60_000,
  );
  return { ok: left === 0, rewrapped: atFirst, left };
}

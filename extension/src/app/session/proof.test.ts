import { afterEach, expect, test } from 'vitest';
import { ApiError } from '#shared/api-client/create-api-client.ts';
import type { Transport } from '../../messaging/transport.ts';
import { asksForCode, meansOf, proofQuestion, withProofOf } from './proof.ts';

const refusal = (code: string) => new ApiError({ type: '', title: '', status: 403, detail: '', code, requestId: 'req_1' });
const asked: unknown[] = [];
const transport = {
  call: (async (contract: unknown) => {
    asked.push(contract);
    return { email: 'person-1@example.com' };
  }) as unknown as Transport['call'],
};
const withProof = withProofOf(transport);
afterEach(() => {
  asked.length = 0;
});

/** A call that works once the person has proven who they are. */
function guarded() {
  const state = { proven: false, calls: 0 };
  const run = async () => {
    state.calls += 1;
    if (!state.proven) throw refusal('proof_needed');
    return 'done';
  };
  return { state, run };
}
const question = async () => {
  for (let turn = 0; turn < 20 && proofQuestion.value === null; turn += 1) await Promise.resolve();
  if (proofQuestion.value === null) throw new Error('nothing is asked');
  return proofQuestion.value;
};

test('a call that wants proof asks for it, and is made again once it was given', async () => {
  const { state, run } = guarded();
  const outcome = withProof(run);
  const { answer } = await question();
  state.proven = true;
  answer(true);
  expect(await outcome).toBe('done');
  expect([state.calls, proofQuestion.value]).toEqual([2, null]);
});

test('who closes the dialog gets the refusal, and the call is not made again', async () => {
  const { state, run } = guarded();
  const outcome = withProof(run);
  (await question()).answer(false);
  await expect(outcome).rejects.toMatchObject({ problem: { code: 'proof_needed' } });
  expect(state.calls).toBe(1);
});

test('two calls at once are asked about once', async () => {
  const [a, b] = [guarded(), guarded()];
  const outcomes = [withProof(a.run), withProof(b.run)];
  const { answer } = await question();
  a.state.proven = true;
  b.state.proven = true;
  answer(true);
  expect(await Promise.all(outcomes)).toEqual(['done', 'done']);
  expect(asked).toHaveLength(1);
});

test('any other refusal passes through unasked', async () => {
  await expect(withProof(() => Promise.reject(refusal('not_allowed')))).rejects.toMatchObject({ problem: { code: 'not_allowed' } });
  expect([asked.length, proofQuestion.value]).toEqual([0, null]);
});

test('a second factor is proven with a code and nothing less; without one by password, or by mail', () => {
  const secondFactorSince = '2026-11-21T09:00:00.000Z';
  const means = [true, false].map((hasPassword) => [
    meansOf({ secondFactorSince, hasPassword }),
    meansOf({ secondFactorSince: null, hasPassword }),
  ]);
  expect(means).toEqual([
    ['app', 'password'],
    ['app', 'mail'],
  ]);
});

test('a refusal that names the second factor asks for a code, any other does not', () => {
  const refused = (reason?: string) =>
    new ApiError({ type: '', title: '', status: 409, detail: '', code: 'conflict', requestId: 'req_1', ...(reason ? { reason } : {}) });
  expect([refused('proof_by_code'), refused('proof_otherwise'), refused(), new Error('proof_by_code')].map(asksForCode)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

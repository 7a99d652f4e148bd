import { expect, test } from 'vitest';
import * as contracts from '#shared/contracts/index.ts';
import type { AnyContract } from '#shared/contracts/index.ts';
import * as account from '#shared/contracts/account.ts';
import type { Me } from '#shared/contracts/identity.ts';
import { nameOf } from '../messaging/contract-names.ts';
import { SESSION_MOVES } from '../messaging/session-moves.ts';
import { memoryArea } from '../storage/area.ts';
import { createApiGateway } from './api-gateway.ts';
import { createSession } from './session.ts';

const user: Me['user'] = { id: 'usr_1', email: 'person-1@example.com', name: 'P', locale: 'en', isStaff: false };
const me: Me = { user, organization: null, role: null, permissions: [], client: null, supportUntil: null };

async function stage(answer: unknown) {
  const area = memoryArea();
  await area.set({ tokens: { accessToken: 'held', expiresAt: 900_000, refreshToken: 'kept' }, me, 'metrics:org_1': {} });
  const session = createSession({
    area,
    api: { call: () => Promise.reject(new Error('nothing is renewed here')) },
    now: () => 0,
    authorizeUrl: '',
    redirectUri: '',
    random: (bytes) => new Uint8Array(bytes),
    openAuthFlow: () => Promise.reject(new Error('nobody signs in here')),
  });
  const sent: { url: string; authorization: string | undefined }[] = [];
  const gateway = createApiGateway('https://api.example.com', session, async (url, init) => {
    sent.push({ url, authorization: (init.headers as Record<string, string>)['authorization'] });
    return Response.json(answer);
  });
  return { area, gateway, session, sent };
}

const all = Object.values(contracts)
  .flatMap((domain) => Object.values(domain))
  .filter((value): value is AnyContract => typeof value === 'object' && 'path' in value && 'access' in value && 'response' in value);

test('no page gets tokens: every call whose answer could hold them is refused before it is sent', async () => {
  const { gateway, sent } = await stage({});
  const withTokens = all.filter((one) => 'shape' in one.response && 'accessToken' in (one.response.shape as object));
  const before = all.filter((one) => one.access.kind === 'public' || one.access.kind === 'embed');
  expect(withTokens.length).toBeGreaterThanOrEqual(Object.keys(SESSION_MOVES).length);
  for (const contract of [...withTokens, ...before])
    await expect(gateway.callByName({ contract: nameOf(contract), input: {} }), contract.path).rejects.toThrow('does not make this call');
  await expect(gateway.callByName({ contract: 'identity.me', input: {} })).rejects.toThrow('does not make this call');
  expect(sent).toEqual([]);
});

test("a person's own calls go out with the session; a changed name is known to every page", async () => {
  const own = { ...user, hasPassword: true, googleEmail: null, secondFactorSince: null, recoveryCodesLeft: 0, pendingEmail: null };
  const answer = { ...own, name: 'New name', locale: 'fr', provenUntil: null, consents: [], deletionDueAt: null, digest: true };
  const { gateway, session, sent } = await stage(answer);
  await gateway.callByName({ contract: nameOf(account.updateAccount), input: { body: { name: 'New name', locale: 'fr' } } });
  expect(sent).toEqual([{ url: 'https://api.example.com/v1/account', authorization: 'Bearer held' }]);
  expect((await session.me())?.user).toEqual({ ...user, name: 'New name', locale: 'fr' });
});

test('going to another organization keeps the refresh token and drops the figures of the one before; the page learns who, not the token', async () => {
  const there: Me = { ...me, role: 'owner', permissions: ['*:*'] };
  const { area, gateway } = await stage({ accessToken: 'there', expiresIn: 900, me: there });
  const told = await gateway.moveSession('switch', { params: { id: 'org_2' } });
  expect(told).toEqual(there);
  expect(await area.get('tokens')).toEqual({ accessToken: 'there', expiresAt: 900_000, refreshToken: 'kept' });
  expect((await area.keys()).filter((key) => key.startsWith('metrics:'))).toEqual([]);
});

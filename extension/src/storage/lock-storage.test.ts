import { expect, test } from 'vitest';
import { lockStorage } from './lock-storage.ts';

test('both areas are closed to content scripts', async () => {
  const closed: string[] = [];
  const area = (name: string) => ({
    setAccessLevel: async ({ accessLevel }: { accessLevel: string }) => void closed.push(`${name}: ${accessLevel}`),
  });
  await lockStorage({ session: area('session'), local: area('local') });
  expect(closed).toEqual(['session: TRUSTED_CONTEXTS', 'local: TRUSTED_CONTEXTS']);
});

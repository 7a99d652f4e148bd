import { expect, test } from 'vitest';
import type { Me } from '#shared/contracts/identity.ts';
import { draftKey } from './draft-store.ts';

const at = (user: string, organization: string) => draftKey({ user: { id: user }, organization: { id: organization } } as Me);

test('a draft belongs to one person in one organization', () => {
  expect(new Set([at('a', 'x'), at('b', 'x'), at('a', 'y')]).size).toBe(3);
  expect(at('a', 'x')).toBe(at('a', 'x'));
});

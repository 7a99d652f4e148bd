import { afterEach, expect, test } from 'vitest';
import type { Me } from '#shared/contracts/identity.ts';
import { ROLE_PERMISSIONS, type Standing } from '#shared/rules/permissions.ts';
import { session } from '../../session/me.ts';
import { areasInReach } from '../../shell/navigation.ts';
import { scopesToGive } from './api-keys/scopes.ts';
import { canOpen, groupsInReach, sectionAt } from './sections.ts';

afterEach(() => {
  session.value = undefined;
});
const as = (role: Standing, isStaff = false): void => {
  session.value = { role, permissions: [...ROLE_PERMISSIONS[role]], user: { isStaff } } as Me;
};
const sections = () => groupsInReach().flatMap((group) => group.sections);

test('each role sees the sections its permissions open, and no others', () => {
  const own = ['account', 'security', 'browser'];
  as('owner');
  expect(sections()).toHaveLength(14);
  as('analyst');
  expect(sections()).toEqual([...own, 'general', 'members', 'invitations', 'clients', 'embeds']);
  as('client');
  expect(sections()).toEqual([...own, 'general']);
  expect(canOpen('members')).toBe(false);
  as('support');
  expect(sections()).toEqual([...own, 'general', 'members', 'invitations', 'clients', 'audit', 'support']);
});

test('a client’s navigation holds figures and launches; operations are for staff', () => {
  as('client');
  expect(areasInReach().map((area) => area.path)).toEqual(['/', '/launches', '/insights', '/settings']);
  as('owner');
  expect(areasInReach().map((area) => area.path)).not.toContain('/operations');
  as('owner', true);
  expect(areasInReach().map((area) => area.path)).toContain('/operations');
});

test('an address names its section; what names none is nothing', () => {
  expect(['/settings', '/settings/api-keys', '/settings/nothing', '/settings/members/usr_1'].map(sectionAt)).toEqual([
    'general',
    'api-keys',
    null,
    null,
  ]);
});

test('nobody gives a key what wants a person, or what they may not do themselves', () => {
  const given = () => scopesToGive().flatMap((group) => group.scopes);
  as('owner');
  expect(given().filter((scope) => /^(keys|privacy|support):|:(delete|transfer|approve)$/.test(scope))).toEqual([]);
  expect(given()).toContain('launches:write');
  as('analyst');
  expect(given().every((scope) => scope.endsWith(':read'))).toBe(true);
});

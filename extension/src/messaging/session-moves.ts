import * as organizations from '#shared/contracts/organizations.ts';
import * as members from '#shared/contracts/members.ts';
import * as support from '#shared/contracts/support.ts';
import type { CallInput } from '#shared/api-client/create-api-client.ts';
import type { AnyContract } from '#shared/contracts/index.ts';

/** Calls that take this session to another organization. Their answer carries tokens: it stays with whoever keeps the session. */
export const SESSION_MOVES = {
  switch: organizations.switchOrganization,
  create: organizations.createOrganization,
  accept: members.acceptInvitation,
  visit: support.enterAsSupport,
  leaveVisit: support.leaveAsSupport,
} as const;
export type SessionMove = keyof typeof SESSION_MOVES;
export type MoveInput<M extends SessionMove> = Pick<CallInput<(typeof SESSION_MOVES)[M]>, 'params' | 'body'>;

/** Whether the answer of a call holds tokens, which no page of the extension may see. */
export function carriesTokens(contract: AnyContract): boolean {
  return 'shape' in contract.response && 'accessToken' in (contract.response.shape as object);
}

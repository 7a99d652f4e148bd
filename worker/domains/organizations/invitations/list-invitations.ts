import type { Invitation } from '#shared/contracts/members.ts';
import type { Context } from '../../../kernel/context.ts';
import { readInvitations } from './present-invitation.ts';

export async function listInvitations(ctx: Context): Promise<{ invitations: Invitation[] }> {
  return { invitations: await readInvitations(ctx) };
}

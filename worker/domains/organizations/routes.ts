import * as organizations from '#shared/contracts/organizations.ts';
import * as members from '#shared/contracts/members.ts';
import * as clients from '#shared/contracts/clients.ts';
import * as audit from '#shared/contracts/audit.ts';
import * as support from '#shared/contracts/support.ts';
import { defineRoutes, memberOf } from '../../http/bind-contract.ts';
import { withCookie } from '../identity/index.ts';
import { listAudit } from './audit-log/list-audit.ts';
import { createClient } from './clients/create-client.ts';
import { listClients } from './clients/list-clients.ts';
import { updateClient } from './clients/update-client.ts';
import { createOrganization } from './create-organization.ts';
import { enterOrganization } from './enter-organization.ts';
import { acceptInvitation } from './invitations/accept-invitation.ts';
import { invite } from './invitations/invite.ts';
import { joinByInvitation } from './invitations/join-by-invitation.ts';
import { listInvitations } from './invitations/list-invitations.ts';
import { readInvitation } from './invitations/read-invitation.ts';
import { resendInvitation } from './invitations/resend-invitation.ts';
import { revokeInvitation } from './invitations/revoke-invitation.ts';
import { listOrganizations } from './list-organizations.ts';
import { getClientLogo, putClientLogo, removeClientLogo } from './logos/client-logo.ts';
import { getOrganizationLogo, putOrganizationLogo, removeOrganizationLogo } from './logos/organization-logo.ts';
import { leaveOrganization } from './members/leave-organization.ts';
import { listMembers } from './members/list-members.ts';
import { removeMember } from './members/remove-member.ts';
import { transferOwnership } from './members/transfer-ownership.ts';
import { updateMember } from './members/update-member.ts';
import { enterAsSupport } from './support/enter-as-support.ts';
import { grantSupport } from './support/grant-support.ts';
import { leaveAsSupport } from './support/leave-as-support.ts';
import { listOpenSupport } from './support/list-open-support.ts';
import { readGrants } from './support/read-grants.ts';
import { revokeSupport } from './support/revoke-support.ts';
import { updateOrganization } from './update-organization.ts';

export const routes = defineRoutes((bind) => {
  bind.person(organizations.listOrganizations, (ctx) => listOrganizations(ctx));
  bind.person(organizations.createOrganization, (ctx, { body }) => createOrganization(ctx, body));
  bind.person(organizations.switchOrganization, (ctx, { params }) => enterOrganization(ctx, params.id));
  bind.member(organizations.updateOrganization, (ctx, { body }) => updateOrganization(ctx, body));
  bind.member(organizations.transferOwnership, (ctx, { body }) => transferOwnership(ctx, body.userId));
  bind.member(organizations.leaveOrganization, (ctx) => leaveOrganization(ctx));
  bind.raw('PUT', organizations.organizationLogoPath, { kind: 'member', permission: 'organization:write' }, async (call) =>
    Response.json(await putOrganizationLogo(memberOf(call), call.request)),
  );
  bind.raw('GET', organizations.organizationLogoPath, { kind: 'member', permission: 'organization:read' }, (call) =>
    getOrganizationLogo(memberOf(call)),
  );
  bind.member(organizations.removeOrganizationLogo, (ctx) => removeOrganizationLogo(ctx));

  bind.member(members.listMembers, (ctx) => listMembers(ctx));
  bind.member(members.updateMember, (ctx, { params, body }) => updateMember(ctx, params.userId, body));
  bind.member(members.removeMember, (ctx, { params }) => removeMember(ctx, params.userId));

  bind.member(members.listInvitations, (ctx) => listInvitations(ctx));
  bind.member(members.invite, (ctx, { body }) => invite(ctx, body));
  bind.member(members.resendInvitation, (ctx, { params }) => resendInvitation(ctx, params.id));
  bind.member(members.revokeInvitation, (ctx, { params }) => revokeInvitation(ctx, params.id));
  bind.public(members.readInvitation, (ports, { body }) => readInvitation(ports, body.token), 'invitation');
  bind.public(members.joinByInvitation, async (ports, parts) => withCookie(await joinByInvitation(ports, parts.body), parts), 'invitation');
  bind.person(members.acceptInvitation, (ctx, { body }) => acceptInvitation(ctx, body.token));

  bind.member(clients.listClients, (ctx) => listClients(ctx));
  bind.member(clients.createClient, (ctx, { body }) => createClient(ctx, body));
  bind.member(clients.updateClient, (ctx, { params, body }) => updateClient(ctx, params.id, body));
  bind.raw('PUT', clients.clientLogoPath, { kind: 'member', permission: 'clients:write' }, async (call) =>
    Response.json(await putClientLogo(memberOf(call), call.params['id'] ?? '', call.request)),
  );
  // organization:read, because a client's login reads its own.
  bind.raw('GET', clients.clientLogoPath, { kind: 'member', permission: 'organization:read' }, (call) =>
    getClientLogo(memberOf(call), call.params['id'] ?? ''),
  );
  bind.member(clients.removeClientLogo, (ctx, { params }) => removeClientLogo(ctx, params.id));

  bind.member(audit.listAudit, (ctx, { query }) => listAudit(ctx, query));

  bind.member(support.listSupport, async (ctx) => ({ grants: await readGrants(ctx) }));
  bind.member(support.grantSupport, (ctx, { body }) => grantSupport(ctx, body));
  bind.member(support.revokeSupport, (ctx, { params }) => revokeSupport(ctx, params.id));
  bind.staff(support.listOpenSupport, (ctx) => listOpenSupport(ctx));
  bind.staff(support.enterAsSupport, async (ctx, parts) => withCookie(await enterAsSupport(ctx, parts.params.id, parts.body), parts));
  bind.staff(support.leaveAsSupport, async (ctx, parts) => withCookie(await leaveAsSupport(ctx), parts));
});

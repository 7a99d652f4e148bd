import * as contracts from '#shared/contracts/privacy.ts';
import { defineRoutes } from '../../http/bind-contract.ts';
import { giveConsent } from './consents/give-consent.ts';
import { askOrganizationCopy, askOwnCopy, listOrganizationCopies, listOwnCopies } from './copies/ask-copy.ts';
import { serveFile } from './copies/serve-file.ts';
import { askOrganizationDeletion, keepOrganization } from './deletion/organization-deletion.ts';
import { askPersonDeletion, keepPerson } from './deletion/person-deletion.ts';
import { readPlatformDeletion } from './platform/read-deletion.ts';
import { takeDeletionRequest } from './platform/take-request.ts';

export const routes = defineRoutes((bind) => {
  bind.member(contracts.exportOrganization, (ctx) => askOrganizationCopy(ctx));
  bind.member(contracts.listOrganizationExports, (ctx) => listOrganizationCopies(ctx));
  bind.person(contracts.exportAccount, (ctx) => askOwnCopy(ctx));
  bind.person(contracts.listAccountExports, (ctx) => listOwnCopies(ctx));
  bind.raw('GET', '/v1/exports/:id/file', { kind: 'public' }, ({ ports, params, request }) =>
    serveFile(ports, params['id'] ?? '', request),
  );
  bind.member(contracts.deleteOrganization, (ctx, { body }) => askOrganizationDeletion(ctx, body.name));
  bind.member(contracts.keepOrganization, (ctx) => keepOrganization(ctx));
  bind.person(contracts.deleteAccount, (ctx) => askPersonDeletion(ctx));
  bind.person(contracts.keepAccount, (ctx) => keepPerson(ctx));
  bind.person(contracts.giveConsent, (ctx, { body }) => giveConsent(ctx, body));
  bind.raw('POST', '/webhooks/meta/data-deletion', { kind: 'public' }, ({ ports, request }) => takeDeletionRequest(ports, request));
  bind.public(contracts.readPlatformDeletion, (ports, { params }) => readPlatformDeletion(ports, params.code));
});

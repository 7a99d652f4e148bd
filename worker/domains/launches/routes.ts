import * as templates from '#shared/contracts/launch-templates.ts';
import * as contracts from '#shared/contracts/launches.ts';
import * as limits from '#shared/contracts/spend-limits.ts';
import type { Ports } from '../../kernel/context.ts';
import { defineRoutes, memberOf } from '../../http/bind-contract.ts';
import { activateLaunch } from './activate-launch.ts';
import { acceptDifference } from './accept-difference.ts';
import { askApproval } from './approval/ask-approval.ts';
import { declineApproval } from './approval/decline-approval.ts';
import { approveLaunch } from './approve-launch.ts';
import { cancelLaunch } from './cancel-launch.ts';
import { checkLinks } from './check-links.ts';
import { confirmUndo } from './confirm-undo.ts';
import { correctItem } from './correct-item.ts';
import { createLaunch } from './create-launch.ts';
import { diffLaunches } from './diff-launches.ts';
import { dryRunLaunch } from './dry-run-launch.ts';
import { exportReceipts } from './export-receipts.ts';
import { listLimits } from './limits/list-limits.ts';
import { setLimit } from './limits/set-limit.ts';
import { getLaunch } from './get-launch.ts';
import { launchAgain } from './launch-again.ts';
import { listLaunchItems } from './list-launch-items.ts';
import { listLaunches } from './list-launches.ts';
import { receiveUpload } from './media/receive-upload.ts';
import { requestUploads } from './media/request-uploads.ts';
import { previewLaunch } from './preview-launch.ts';
import { previewUndo } from './preview-undo.ts';
import { retryLaunch } from './retry-launch.ts';
import { createTemplate } from './templates/create-template.ts';
import { deleteTemplate } from './templates/delete-template.ts';
import { getTemplate } from './templates/get-template.ts';
import { listTemplates } from './templates/list-templates.ts';
import { updateTemplate } from './templates/update-template.ts';
import { undoLaunch } from './undo-launch.ts';
import { watchLaunch } from './watch-launch.ts';

const READ = { kind: 'member', permission: 'launches:read' } as const;

export const routes = defineRoutes((bind) => {
  bind.member(contracts.requestUploads, (ctx, { body, request }) => requestUploads(ctx, body, uploadOrigin(ctx.ports, request)));
  bind.raw('PUT', '/v1/media/uploads/:id', { kind: 'public' }, async ({ ports, params, request }) =>
    Response.json(await receiveUpload(ports, params['id'] ?? '', request)),
  );
  bind.member(contracts.previewLaunch, (ctx, { body }) => previewLaunch(ctx, body));
  bind.member(contracts.checkLinks, (ctx, { body }) => checkLinks(ctx, body));
  bind.member(contracts.createLaunch, (ctx, { body }) => createLaunch(ctx, body));
  bind.member(contracts.listLaunches, (ctx, { query }) => listLaunches(ctx, query));
  bind.member(contracts.getLaunch, (ctx, { params }) => getLaunch(ctx, params));
  bind.member(contracts.listLaunchItems, (ctx, { params, query }) => listLaunchItems(ctx, { ...params, ...query }));
  bind.member(contracts.dryRunLaunch, (ctx, { params }) => dryRunLaunch(ctx, params));
  bind.member(contracts.approveLaunch, (ctx, { params, body }) => approveLaunch(ctx, { ...params, ...body }));
  bind.member(contracts.askApproval, (ctx, { params, body }) => askApproval(ctx, { ...params, ...body }));
  bind.member(contracts.declineApproval, (ctx, { params, body }) => declineApproval(ctx, { ...params, ...body }));
  bind.member(limits.listSpendLimits, (ctx) => listLimits(ctx));
  bind.member(limits.setSpendLimit, (ctx, { params, body }) => setLimit(ctx, params.currency, body));
  bind.member(contracts.activateLaunch, (ctx, { params }) => activateLaunch(ctx, params));
  bind.member(contracts.cancelLaunch, (ctx, { params }) => cancelLaunch(ctx, params));
  bind.member(contracts.correctItem, (ctx, { params, body }) => correctItem(ctx, { ...params, ...body }));
  bind.member(contracts.acceptDifference, (ctx, { params, body }) => acceptDifference(ctx, { ...params, ...body }));
  bind.member(contracts.retryLaunch, (ctx, { params }) => retryLaunch(ctx, params));
  bind.member(contracts.launchAgain, (ctx, { params }) => launchAgain(ctx, params));
  bind.member(contracts.diffLaunches, (ctx, { params, query }) => diffLaunches(ctx, { ...params, ...query }));
  bind.member(templates.listTemplates, (ctx) => listTemplates(ctx));
  bind.member(templates.getTemplate, (ctx, { params, query }) => getTemplate(ctx, { ...params, ...query }));
  bind.member(templates.createTemplate, (ctx, { body }) => createTemplate(ctx, body));
  bind.member(templates.updateTemplate, (ctx, { params, body }) => updateTemplate(ctx, { ...params, ...body }));
  bind.member(templates.deleteTemplate, (ctx, { params }) => deleteTemplate(ctx, params));
  bind.member(contracts.previewUndo, (ctx, { params }) => previewUndo(ctx, params));
  bind.member(contracts.undoLaunch, (ctx, { params }) => undoLaunch(ctx, params));
  bind.member(contracts.confirmUndo, (ctx, { params, body }) => confirmUndo(ctx, { ...params, ...body }));
  bind.raw('GET', contracts.launchEventsPath, READ, (call) =>
    watchLaunch(
      memberOf(call),
      { id: call.params['id'] ?? '' },
      { signal: call.request.signal, again: async () => memberOf({ ctx: await call.again() }) },
    ),
  );
  bind.raw('GET', contracts.launchReceiptsPath, READ, (call) => {
    const format = new URL(call.request.url).searchParams.get('format') === 'csv' ? 'csv' : 'json';
    return exportReceipts(memberOf(call), { id: call.params['id'] ?? '', format });
  });
});

/** The caller's own way to us, so that a page uploads to its own origin; the public name where a proxy stands in front. */
function uploadOrigin(ports: Ports, request: Request): string {
  const { host, origin } = new URL(request.url);
  return [ports.settings.API_ORIGIN, ports.settings.APP_ORIGIN].find((known) => new URL(known).host === host) ?? origin;
}

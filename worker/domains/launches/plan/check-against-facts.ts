import type { Plan, PlanMedia } from '#shared/rules/launch-plan.ts';
import { planError, planWarning } from '#shared/rules/plan-problem.ts';
import type { PlanProblem } from '#shared/rules/planned-item.ts';
import { ratioOf } from '#shared/rules/ratio.ts';
import type { PlanFacts } from './plan-facts.ts';

/** What the browser could not know, or could have said wrongly: account, page, clock and the files themselves. */
export function checkAgainstFacts(plan: Plan, facts: PlanFacts, now: Date): PlanProblem[] {
  const { account } = facts;
  if (!account)
    return [
      planError(
        'accountId',
        'UNKNOWN_ACCOUNT',
        'This ad account is not connected.',
        'Connect it under Connections, or choose another one.',
      ),
    ];
  const found: PlanProblem[] = [];
  const { settings } = plan;
  if (settings.currency !== account.currency)
    found.push(
      planError(
        'settings.currency',
        'WRONG_CURRENCY',
        `The plan is in ${settings.currency}; the ad account is in ${account.currency}.`,
        `Write the budgets in ${account.currency}.`,
        { plan: settings.currency, account: account.currency },
      ),
    );
  if (settings.timezone !== account.timezone)
    found.push(
      planError(
        'settings.timezone',
        'WRONG_TIMEZONE',
        `The plan counts days in ${settings.timezone}; the ad account in ${account.timezone}.`,
        `Use ${account.timezone}.`,
        { plan: settings.timezone, account: account.timezone },
      ),
    );
  // Whether a plan may do without one was checked before.
  if (settings.pageId !== '' && !facts.pageIds.has(settings.pageId))
    found.push(
      planError(
        'settings.pageId',
        'UNKNOWN_PAGE',
        'This page does not belong to the connection of the ad account.',
        'Choose one of the pages on the list.',
      ),
    );
  if (settings.startTime !== null && Date.parse(settings.startTime) < now.getTime())
    found.push(
      planError(
        'settings.startTime',
        'START_IN_PAST',
        'The start time has passed.',
        'Choose a later one, or none to start when you switch it on.',
      ),
    );
  if (account.connectionStatus !== 'active' && account.connectionStatus !== 'expiring')
    found.push(
      planWarning(
        'accountId',
        'RECONNECT',
        'The platform no longer accepts our access to this account.',
        'Reconnect it before you approve.',
      ),
    );
  return [...found, ...plan.media.flatMap((file) => checkFile(file, facts))];
}

function checkFile(file: PlanMedia, facts: PlanFacts): PlanProblem[] {
  const path = `media.${file.mediaKey}`;
  if (file.sha256 === null)
    return [planError(path, 'MEDIA_NOT_READ', `${file.fileName} has not been read yet.`, 'Add the file again.', { file: file.fileName })];
  const stored = facts.media.get(file.sha256);
  if (!stored)
    return [
      planError(path, 'MEDIA_MISSING', `${file.fileName} is not uploaded, or was refused.`, 'Upload it again.', { file: file.fileName }),
    ];
  if (stored.kind !== file.kind)
    return [
      planError(path, 'MEDIA_KIND', `${file.fileName} is ${stored.kind === 'image' ? 'an image' : 'a video'}.`, 'Add the file again.', {
        file: file.fileName,
      }),
    ];
  if (stored.width === null || stored.height === null) return [];
  const ratio = ratioOf(stored.width, stored.height);
  if (file.role === 'main' && ratio !== file.ratio)
    return [
      planError(
        path,
        'WRONG_RATIO',
        `${file.fileName} is ${stored.width} × ${stored.height}, which is ${ratio.replace('x', ':')} and not ${file.ratio.replace('x', ':')}.`,
        'Put it under its own ratio, or replace the file.',
        { file: file.fileName, ratio },
      ),
    ];
  if (stored.width < 500)
    return [
      planWarning(path, 'MEDIA_SMALL', `${file.fileName} is only ${stored.width} pixels wide.`, 'Use at least 500 pixels.', {
        width: stored.width,
      }),
    ];
  return [];
}

import type { z } from 'zod';
import * as affiliates from '#shared/contracts/affiliates.ts';
import * as connections from '#shared/contracts/connections.ts';
import * as embeds from '#shared/contracts/embeds.ts';
import * as identity from '#shared/contracts/identity.ts';
import * as launchTemplates from '#shared/contracts/launch-templates.ts';
import * as launches from '#shared/contracts/launches.ts';
import * as metrics from '#shared/contracts/metrics.ts';
import * as revenue from '#shared/contracts/revenue.ts';
import { answerOrganization } from './fake-organization.ts';
import { createFakePerson, meAs, type Looker } from './fake-person.ts';
import {
  account,
  adAccounts,
  affiliateRows,
  connectionRows,
  insights,
  items,
  keys,
  launchRows,
  undoPreview,
  waitingItems,
  leads,
  me,
  orders,
  program,
  running,
} from './fake-data.ts';

interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
}
type Answer = { status: number; json: unknown } | null;

const json = <S extends z.ZodType>(schema: S, value: z.input<S>, status = 200): Answer => ({ status, json: schema.parse(value) });

/** The API as the screens see it, from memory, every answer checked against its contract. For looking at screens only. */
export function createFakeApi(options: { empty: boolean; locale: 'en' | 'fr' | 'ar'; looker: Looker }) {
  let signedIn = false;
  let draft: z.input<typeof launches.launchSummary> | null = null;
  const who = () => meAs(me(options.locale), options.looker);
  const person = createFakePerson();
  const none = options.empty;
  return (asked: Asked): Answer => {
    const { method, path, query, body } = asked;
    const route = `${method} ${path}`;
    const tokens = { accessToken: 'fake', expiresIn: 900, me: who() };
    if (path === '/v1/auth/refresh')
      return signedIn ? json(identity.tokens, tokens) : problem(401, 'not_signed_in', 'Sign in to continue.');
    const own = person(route, body) ?? answerOrganization(route, query, none);
    if (own !== null) return own;
    if (path === '/v1/auth/sign-in') {
      if ((body as { email: string }).email === 'nobody@example.com')
        return problem(401, 'not_signed_in', 'The e-mail or the password is not right.');
      signedIn = true;
      return json(identity.tokens, tokens);
    }
    if (path === '/v1/auth/sign-out') {
      signedIn = false;
      return { status: 200, json: {} };
    }
    if (path === '/v1/connections') return json(connections.listConnections.response, { connections: none ? [] : connectionRows });
    if (path === '/v1/ad-accounts') return json(connections.listAdAccounts.response, { adAccounts: none ? [] : adAccounts });
    if (path.endsWith('/pages')) return json(connections.listPages.response, { pages: [{ id: '2000000001', name: 'Inlay demo' }] });
    if (path === '/v1/insights')
      return json(
        metrics.listInsights.response,
        insights(Number(query.get('days')), query.get('level') ?? 'campaign', Number(query.get('pageSize') ?? 50)),
      );
    if (path === '/v1/metrics/look-up') {
      const { definition, freshness, rows } = insights(28, 'ad', 1);
      return json(metrics.lookUpMetrics.response, {
        account: { id: account.id, name: account.name, currency: account.currency, timezone: account.timezone },
        definition,
        freshness,
        totals: null,
        answers: rows.map((row) => ({ id: row.id, figure: row.figure })),
      });
    }
    if (path === '/v1/leads') return json(revenue.listLeads.response, { leads: none ? [] : leads, nextCursor: null });
    if (path === '/v1/orders') return json(revenue.listOrders.response, { orders: none ? [] : orders, nextCursor: null });
    if (path === '/v1/affiliate-program')
      return json(affiliates.getProgram.response, none ? { program: null, affiliates: [] } : { program, affiliates: affiliateRows });
    if (path === '/v1/embed-keys')
      return json(embeds.listEmbedKeys.response, { keys: none ? [] : keys, script: 'https://api.example.com/widget/inlay.js' });
    if (path === '/v1/media/uploads') {
      const { files } = body as { files: { sha256: string }[] };
      return json(launches.requestUploads.response, {
        uploads: files.map(({ sha256 }, i) => ({ mediaId: `med_${i}`, sha256, url: null })),
      });
    }
    if (path === '/v1/launches/preview')
      return json(launches.preview, {
        planHash: 'hash',
        problems: [],
        counts: running.counts,
        platformCalls: 406,
        dailyBudgetMinor: 10_000,
        currency: 'EUR',
        estimate: { p50Seconds: 55, p90Seconds: 140, meter: 'Meta full tier' },
        samples: [],
      });
    if (path === '/v1/launches/check-links') return json(launches.checkLinks.response, { links: checkedLinks(body) });
    if (route === 'GET /v1/launch-templates')
      return json(launchTemplates.listTemplates.response, {
        templates: none
          ? []
          : [
              { id: 'tpl_1', name: 'Lead form, Europe', isPersonal: false, version: 3, updatedAt: running.createdAt },
              { id: 'tpl_2', name: 'My tests', isPersonal: true, version: 1, updatedAt: running.createdAt },
            ],
      });
    if (path.startsWith('/v1/launch-templates/'))
      return json(launchTemplates.getTemplate.response, {
        id: 'tpl_1',
        name: 'Lead form, Europe',
        isPersonal: false,
        version: 3,
        updatedAt: running.createdAt,
        content: { settings: { goal: 'traffic', dailyBudget: '35' }, rows: [], required: ['countries', 'link'] },
      });
    if (route === 'GET /v1/launches') {
      const rows = query.get('waits') === null ? launchRows : launchRows.filter((row) => row.approval.asked !== null);
      return json(launches.listLaunches.response, { launches: none ? [] : rows, nextCursor: null });
    }
    if (route === 'POST /v1/launches') {
      const { plan } = body as { plan: { name: string } };
      draft = {
        ...running,
        id: 'lch_new',
        name: plan.name,
        state: 'draft',
        approvedAt: null,
        approvedBy: null,
        byState: { ...running.byState, VERIFIED: 0, CREATED: 0, SENDING: 0, READY: 0, REJECTED: 0, HELD: 0, PLANNED: running.counts.total },
      };
      return json(launches.launchSummary, draft, 201);
    }
    const launch =
      path.startsWith('/v1/launches/lch_new') && draft !== null ? draft : (launchRows.find((one) => path.includes(one.id)) ?? running);
    if (path.endsWith('/diff'))
      return json(launches.diffLaunches.response, {
        a: { id: running.id, name: running.name, createdAt: running.createdAt },
        b: { id: 'lch_ver', name: 'Spring, second wave', createdAt: running.createdAt },
        counts: { onlyInA: 1, onlyInB: 1, changed: 1, same: 120 },
        differences: [
          {
            itemPath: 'c1/s1',
            kind: 'ad_set',
            name: 'Audience 1',
            in: 'both',
            fields: [
              { field: 'dailyBudgetMinor', a: '2000', b: '4200' },
              { field: 'ageMax', a: '60', b: null },
            ],
          },
          { itemPath: 'c1/s1/founder-story/1x1', kind: 'ad', name: 'Founder story | 1x1', in: 'a', fields: [] },
          { itemPath: 'c1/s1/unboxing/1x1', kind: 'ad', name: 'Unboxing | 1x1', in: 'b', fields: [] },
        ],
        nextCursor: null,
      });
    if (path.endsWith('/again'))
      return json(
        launches.launchAgain.response,
        {
          launch: { ...launch, state: 'draft' },
          moved: [
            { field: 'startTime', from: '2026-07-01T07:00:00.000Z', to: '2026-11-23T08:00:00.000Z' },
            { field: 'namingDate', from: '2026-07-01', to: '2026-11-22' },
          ],
          warnings: [],
        },
        201,
      );
    if (route.startsWith('GET') && path.endsWith('/undo')) return json(launches.undoPreview, undoPreview);
    const why = query.get('undo');
    if (path.endsWith('/items') && why !== null)
      return json(launches.listLaunchItems.response, { items: waitingItems(why), nextCursor: null });
    if (path.endsWith('/items')) return json(launches.listLaunchItems.response, { items: items(query.get('state')), nextCursor: null });
    if (path.endsWith('/dry-run') && draft !== null) {
      draft = { ...draft, state: 'checked' };
      return json(launches.launchSummary, draft, 202);
    }
    if (path.endsWith('/approve')) return json(launches.launchSummary, { ...launch, state: 'running' });
    if (path.startsWith('/v1/launches/')) return json(launches.launchSummary, launch);
    return problem(404, 'not_found', 'There is no such thing, or you cannot see it.');
  };
}

function problem(status: number, code: string, detail: string): Answer {
  return { status, json: { type: 'about:blank', title: code, status, detail, code, requestId: 'req_01look' } };
}

/** Every second page has something to tell. */
function checkedLinks(body: unknown): launches.CheckedLink[] {
  const { links } = body as { links: { url: string }[] };
  const page = { status: 200, redirects: 1, language: 'en' };
  return links.map(({ url }, i) => ({
    ...page,
    url,
    finalUrl: 'https://www.shop.example/en/spring',
    findings:
      i % 2 === 1
        ? []
        : [
            {
              code: 'LINK_LOST_PARAMETERS',
              severity: 'warning',
              message: 'A redirect loses utm_content, so that clicks cannot be matched.',
              fix: 'Link to www.shop.example directly, or keep the parameters in the redirect.',
            },
            {
              code: 'LINK_LANGUAGE',
              severity: 'hint',
              message: 'The page says it is in "en", the ads are in "fr".',
              fix: 'Link to the page in the language of the ads, if there is one.',
            },
          ],
  }));
}

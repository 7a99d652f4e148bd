import { afterAll, beforeAll, describe } from 'vitest';
import type { AdSpec } from '#shared/rules/planned-item.ts';
import type { Plan } from '#shared/rules/launch-plan.ts';
import { createSandbox, type Sandbox } from '../../../../sandbox/index.ts';
import { demandGenPlan, GOOGLE_ACCOUNT, searchPlan, uploadLogo } from '../../../testing/google-plan.ts';
import { picture } from '../../../testing/test-plan.ts';
import type { AdSession, CreateRequest } from '../ad-platform.ts';
import { conformance } from '../../../testing/conformance/conformance.ts';
import type { Subject } from '../../../testing/conformance/subject.ts';
import { googleAds } from './index.ts';
import { outsideOf } from '../../../testing/outside-of.ts';

let sandbox: Sandbox;
let logoId = '';
/** Each channel in a world of its own: pictures of one name and other bytes are refused. */
const inAWorld = (): void => {
  beforeAll(async () => {
    sandbox = await createSandbox({ seed: 7 });
    logoId = await uploadLogo(session());
  });
  afterAll(() => sandbox.close());
};
const session = (): AdSession => ({
  outside: outsideOf(sandbox),
  accessToken: sandbox.googleAds.issueToken(),
  accountExternalId: GOOGLE_ACCOUNT,
  timeoutMs: 5_000,
});

const nameOf = (id: string): string => sandbox.googleAds.objects().find((one) => one.id === id)?.resourceName ?? '';

/** What the platform itself refuses, by level: a day in the past, a place it does not have, an address of another kind. */
function spoil(request: CreateRequest): CreateRequest {
  switch (request.kind) {
    case 'campaign':
      return { ...request, spec: { ...(request.spec as object), startTime: '2020-01-01T23:00:00Z' } };
    case 'ad_set':
      return { ...request, spec: { ...(request.spec as object), countries: ['AQ'], ageMin: null, keywords: ['bad! word'] } };
    default: {
      const { creative, ...rest } = request.spec as AdSpec;
      return { ...request, spec: { ...rest, creative: creative && { ...creative, linkUrl: 'ftp://example.com/' } } };
    }
  }
}

const subject = (plan: Plan, rename: Subject['rename']): Subject => ({
  platform: googleAds,
  sandbox,
  plan,
  session,
  picture: (mediaKey) => {
    const n = Number(/\d+/.exec(mediaKey)?.[0] ?? 0);
    const { fileName, bytes } = picture(`concept-${n}`, '1x1', n);
    return { name: fileName, bytes: bytes.buffer };
  },
  video: () => null,
  made: () =>
    sandbox.googleAds
      .objects()
      .toSorted((a, b) => (a.createdTime < b.createdTime ? -1 : a.createdTime > b.createdTime ? 1 : 0))
      .flatMap(({ id, kind, name, status, demo }) =>
        demo || (kind !== 'campaign' && kind !== 'ad_set' && kind !== 'ad' && kind !== 'image')
          ? []
          : [{ id, kind, name, isOn: status === 'ENABLED' }],
      ),
  expireTokens: () => sandbox.googleAds.expireTokens(),
  rename,
  spoil,
});

const contentOf = (id: string): Record<string, unknown> =>
  (sandbox.googleAds.objects().find((one) => one.id === id)?.fields['ad'] ?? {}) as Record<string, unknown>;

describe('Demand Gen', () => {
  inAWorld();
  conformance(
    () =>
      subject(demandGenPlan({ adSets: 2, concepts: 2 }, logoId).plan, (id, name) =>
        sandbox.googleAds.editNatively(nameOf(id), { ad: { ...contentOf(id), name } }),
      ),
    { videos: false },
  );
});

describe('search', () => {
  inAWorld();
  conformance(
    () =>
      // Search ads have no name; the tail of their address is what carries the token.
      subject(searchPlan({ adSets: 2, concepts: 2 }), (id, name) =>
        sandbox.googleAds.editNatively(nameOf(id), { ad: { ...contentOf(id), finalUrlSuffix: name } }),
      ),
    { videos: false },
  );
});

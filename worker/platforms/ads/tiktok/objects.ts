import { PlatformError } from '../../platform-error.ts';
import type { AdSession, AsBuilt, ObjectKind, Objects } from '../ad-platform.ts';
import { compareObject } from './compare-object.ts';
import { createObjects } from './create.ts';
import { findByTokens, listCarrying } from './find.ts';
import { MOST } from './limits.ts';
import { readObjects } from './read-objects.ts';
import { setStatuses } from './set-status.ts';
import { familyOfSpec } from './to-create-params.ts';

const MANAGER_PAGE = { campaign: 'campaign', ad_set: 'adgroup', ad: 'creative' } as const;

/** Campaigns, ad groups and ads, classic and Smart+. Ads carry their content themselves. */
export const tiktokObjects: Objects = {
  // A wish for a campaign that is off is ignored unless our app is let to have one (single source).
  mayStartActive: new Set(['campaign']),
  freight: {
    campaign: { most: 1, together: 'any' },
    ad_set: { most: 1, together: 'any' },
    creative: { most: 1, together: 'any' },
    ad: { most: MOST.ads, together: 'one-parent', mayShare: (spec) => familyOfSpec('ad', spec) === 'classic' },
  },
  mostNamed: MOST.readIds,

  archivedTogether: MOST.ids,

  create: createObjects,

  async read(session, kind, externalId) {
    const answer = (await readMany(session, [{ kind, externalId }])).get(externalId);
    if (answer === undefined || answer instanceof PlatformError) throw answer ?? new Error(`no answer for ${externalId}`);
    return answer;
  },

  readMany,

  async setStatus(session, kind, externalId, status) {
    const answer = (await setStatuses(session, [{ kind, externalId }], status)).get(externalId);
    if (answer instanceof PlatformError) throw answer;
  },

  setStatusMany: (session, objects, status) => setStatuses(session, objects, status),

  findByTokens,
  listCarrying,
  compare: compareObject,

  managerUrl(accountExternalId, kind) {
    if (kind === 'creative') return null;
    // No address of a single object is known: the level of the account opens.
    return `https://ads.tiktok.com/i18n/perf/${MANAGER_PAGE[kind]}?aadvid=${accountExternalId}`;
  },
};

async function readMany(
  session: AdSession,
  objects: { kind: ObjectKind; externalId: string }[],
): Promise<Map<string, AsBuilt | PlatformError>> {
  const answers = await readObjects(session, objects);
  return new Map([...answers].map(([id, answer]) => [id, answer instanceof PlatformError ? answer : answer.built]));
}

import { adsWithToken, duplicatesAmong } from '../core/ads-oracle.ts';
import { addLead, type NewLead } from './leads.ts';
import { deleteNatively, editNatively, review } from './native-edits.ts';
import { listObjects } from './oracle.ts';
import type { PaceLimits } from './pace.ts';
import type { DayFigures } from './stats-book.ts';
import type { SnapSettings, SnapWorld } from './world.ts';

export interface SnapControl {
  world: SnapWorld;
  setDead(dead: boolean): void;
  issueToken(scopes?: readonly string[], lifeMs?: number): string;
}

interface StatsWish extends DayFigures {
  adId: string;
  /** Day of the account's own calendar, YYYY-MM-DD. */
  day: string;
}

export function setStats(world: SnapWorld, { adId, day, spendMicro, impressions, swipes }: StatsWish): void {
  if (world.store.find('ad', adId) === undefined) throw new Error(`there is no ad ${adId}`);
  if (![spendMicro, impressions, swipes].every((figure) => Number.isInteger(figure) && figure >= 0))
    throw new Error('figures are whole and not negative');
  world.stats.set(adId, day, { spendMicro, impressions, swipes });
  world.core.touch();
}

/** /_sandbox/snapchat/…: what a test or the demo does to the platform from another process. */
export async function controlSnapchat(tools: SnapControl, method: string, path: string, body: unknown): Promise<unknown> {
  const { world } = tools;
  const [name = '', argument = ''] = path.replace(/\?.*$/, '').split('/');
  switch (`${method} ${name}`) {
    case 'POST leads':
      return { id: addLead(world, body as NewLead).id };
    case 'POST stats':
      setStats(world, body as StatsWish);
      return { ok: true };
    case 'POST tokens': {
      const { scopes, lifeMs } = (body ?? {}) as { scopes?: string[]; lifeMs?: number };
      return { access_token: tools.issueToken(scopes, lifeMs) };
    }
    case 'POST expire-tokens':
      world.tokens.expireAll();
      return { ok: true };
    case 'POST revoke-tokens':
      world.tokens.revokeAll();
      return { ok: true };
    case 'PUT dead':
      tools.setDead((body as { dead: boolean }).dead);
      return { ok: true };
    case 'PUT limits':
      return Object.assign(world.pace.limits, body as Partial<PaceLimits>);
    case 'PUT settings':
      return Object.assign(world.settings, body as Partial<SnapSettings>);
    case 'PATCH objects':
      editNatively(world, argument, body as Record<string, unknown>);
      return { ok: true };
    case 'DELETE objects':
      deleteNatively(world, argument);
      return { ok: true };
    case 'POST reviews': {
      const { id, verdict, reasons } = body as { id: string; verdict: 'APPROVED' | 'REJECTED'; reasons?: string[] };
      review(world, id, verdict, reasons);
      return { ok: true };
    }
    case 'GET duplicates':
      return { duplicates: duplicatesAmong(listObjects(world)) };
    case 'GET ads-by-token':
      return { ads: adsWithToken(listObjects(world), argument) };
    default:
      return undefined;
  }
}

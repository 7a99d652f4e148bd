import { addLead, type NewLead } from './leads.ts';
import type { Tier } from './limits.ts';
import { changeObject } from './make-object.ts';
import { countDuplicates, findByToken } from './oracle.ts';
import type { Scope } from './tokens.ts';
import type { TiktokSettings, TiktokWorld } from './world.ts';

export interface TiktokControl {
  world: TiktokWorld;
  setDead(dead: boolean): void;
  issueToken(wish?: { scopes?: readonly Scope[]; advertiserIds?: string[]; shape?: 'creator' | 'long-lived' }): string;
}

interface InsightWish {
  adId: string;
  day: string;
  spendMinor: number;
  impressions: number;
  clicks: number;
}

/** What a person does in the native manager: no meter, no token, and another name in the change log. */
export function editNatively(world: TiktokWorld, id: string, changes: Record<string, unknown>): { ok: true } {
  const object = world.store.get(id);
  if (object === undefined) throw new Error(`there is no object ${id}`);
  changeObject(world, object, changes, 'Ads Manager');
  return { ok: true };
}

function setFigures(world: TiktokWorld, { adId, day, spendMinor, impressions, clicks }: InsightWish): { ok: true } {
  if (world.store.find('ad', adId) === undefined) throw new Error(`there is no ad ${adId}`);
  if (![spendMinor, impressions, clicks].every((figure) => Number.isInteger(figure) && figure >= 0))
    throw new Error('figures are whole and not negative');
  world.figures.set(adId, day, { spendMinor, impressions, clicks });
  return { ok: true };
}

/** /_sandbox/tiktok/…: what a test or the demo does to the platform from another process. */
export async function controlTiktok(tools: TiktokControl, method: string, path: string, body: unknown): Promise<unknown> {
  const { world } = tools;
  const [name = '', argument = ''] = path.replace(/\?.*$/, '').split('/');
  switch (`${method} ${name}`) {
    case 'POST leads':
      return { id: addLead(world, body as NewLead).id };
    case 'POST insights':
      return setFigures(world, body as InsightWish);
    case 'POST tokens':
      return { access_token: tools.issueToken((body ?? {}) as { scopes?: Scope[]; advertiserIds?: string[] }) };
    case 'POST expire-tokens':
      world.tokens.endAll((body as { how?: 'expired' | 'revoked' } | null)?.how ?? 'expired');
      return { ok: true };
    case 'PUT dead':
      tools.setDead((body as { dead: boolean }).dead);
      return { ok: true };
    case 'PUT tier':
      world.limits.tier = (body as { tier: Tier }).tier;
      return { ok: true };
    case 'POST drain-day':
      world.limits.drainDay();
      return { ok: true };
    case 'PUT settings':
      return Object.assign(world.settings, body as Partial<TiktokSettings>);
    case 'PUT objects':
      return editNatively(world, argument, body as Record<string, unknown>);
    case 'DELETE objects':
      return editNatively(world, argument, { operation_status: 'DELETE' });
    case 'DELETE advertisers': {
      const advertiser = world.store.find('advertiser', argument);
      if (advertiser === undefined) throw new Error(`there is no advertiser ${argument}`);
      world.store.remove(advertiser);
      return { ok: true };
    }
    case 'GET duplicates':
      return { duplicates: countDuplicates(world) };
    case 'GET ads-by-token':
      return { ads: findByToken(world, argument) };
    default:
      return undefined;
  }
}

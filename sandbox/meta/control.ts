import { addLead, type NewLead } from './leads.ts';
import { countDuplicates, findByToken } from './oracle.ts';
import type { Tier } from './usage.ts';
import type { MetaSettings, MetaWorld } from './world.ts';

export interface MetaControl {
  world: MetaWorld;
  setDead(dead: boolean): void;
  issueToken(scopes?: readonly string[], lifeMs?: number | null): string;
  verifyCallback(): Promise<{ ok: boolean; status: number | null }>;
}

interface InsightWish {
  adId: string;
  day: string;
  spendMinor: number;
  impressions: number;
  clicks: number;
}

/** /_sandbox/meta/…: what a test or the demo does to the platform from another process. */
export async function controlMeta(tools: MetaControl, method: string, path: string, body: unknown): Promise<unknown> {
  const { world } = tools;
  const [name = '', argument = ''] = path.replace(/\?.*$/, '').split('/');
  switch (`${method} ${name}`) {
    case 'POST leads':
      return { id: addLead(world, body as NewLead).id };
    case 'POST insights': {
      const { adId, day, spendMinor, impressions, clicks } = body as InsightWish;
      if (world.store.get(adId)?.kind !== 'ad') throw new Error(`there is no ad ${adId}`);
      if (![spendMinor, impressions, clicks].every((figure) => Number.isInteger(figure) && figure >= 0))
        throw new Error('figures are whole and not negative');
      world.insights.set(adId, day, { spendMinor, impressions, clicks });
      return { ok: true };
    }
    case 'POST tokens': {
      const { scopes, lifeMs } = (body ?? {}) as { scopes?: string[]; lifeMs?: number };
      return { access_token: tools.issueToken(scopes, lifeMs) };
    }
    case 'POST expire-tokens':
      world.tokens.expireAll();
      return { ok: true };
    case 'PUT dead':
      tools.setDead((body as { dead: boolean }).dead);
      return { ok: true };
    case 'PUT tier':
      world.usage.tier = (body as { tier: Tier }).tier;
      return { ok: true };
    case 'PUT settings':
      return Object.assign(world.settings, body as Partial<MetaSettings>);
    case 'POST verify-callback':
      return tools.verifyCallback();
    case 'GET duplicates':
      return { duplicates: countDuplicates(world.store) };
    case 'GET ads-by-token':
      return { ads: findByToken(world.store, argument) };
    default:
      return undefined;
  }
}

import { writeChange } from './change-events.ts';
import type { DayFigures } from './figure-book.ts';
import { NO_FIGURES } from './gaql/metrics.ts';
import { addLead, type NewAdsLead } from './leads.ts';
import { countDuplicates, findByToken } from './oracle.ts';
import type { AccessLevel } from './quota.ts';
import { RULES } from './rules/index.ts';
import type { AdsSettings, AdsWorld } from './world.ts';

export interface AdsControl {
  world: AdsWorld;
  setDead(dead: boolean): void;
  issueToken(): string;
}

const NATIVE = 'owner@example.com';

/** A person changes something in the platform's own manager: no rule of the API asks, and the change log says who it was. */
export function editNatively(world: AdsWorld, name: string, fields: Record<string, unknown>): void {
  const before = world.store.get(name);
  if (before === undefined) throw new Error(`there is no ${name}`);
  const after = { ...before, fields: { ...before.fields, ...fields } };
  after.keys = RULES[before.type]?.keys?.(after.fields, before.customerId) ?? before.keys;
  world.store.put(after);
  const paths = Object.keys(fields).map((camel) => camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  const { customerId } = before;
  writeChange(world, { customerId, email: NATIVE, client: 'GOOGLE_ADS_WEB_CLIENT', index: 0, requestId: 'native', before, after, paths });
  world.core.touch();
}

/** /_sandbox/google-ads/…: what a test or the demo does to the platform from another process. */
export async function controlAds(tools: AdsControl, method: string, path: string, body: unknown): Promise<unknown> {
  const { world } = tools;
  const [name = '', argument = ''] = path.replace(/\?.*$/, '').split('/');
  const given = (body ?? {}) as Record<string, unknown>;
  switch (`${method} ${name}`) {
    case 'POST leads':
      return { id: addLead(world, body as NewAdsLead).fields['id'] };
    case 'POST insights': {
      const { resourceName, day, ...figures } = body as { resourceName: string; day: string } & Partial<DayFigures>;
      if (world.store.get(resourceName) === undefined) throw new Error(`there is no ${resourceName}`);
      if (!Object.values(figures).every((figure) => Number.isInteger(figure) && figure >= 0))
        throw new Error('figures are whole and not negative');
      world.book.set(resourceName, day, { ...NO_FIGURES, ...figures });
      return { ok: true };
    }
    case 'POST tokens':
      return { access_token: tools.issueToken() };
    case 'PUT dead':
      tools.setDead(given['dead'] === true);
      return { ok: true };
    case 'PUT level':
      world.quota.level = given['level'] as AccessLevel;
      world.quota.perDay = typeof given['perDay'] === 'number' ? given['perDay'] : null;
      return { ok: true };
    case 'PUT settings':
      return Object.assign(world.settings, body as Partial<AdsSettings>);
    case 'POST native': {
      editNatively(world, String(given['resourceName']), (given['fields'] ?? {}) as Record<string, unknown>);
      return { ok: true };
    }
    case 'GET duplicates':
      return { duplicates: countDuplicates(world.store) };
    case 'GET ads-by-token':
      return { ads: findByToken(world.store, argument) };
    default:
      return undefined;
  }
}

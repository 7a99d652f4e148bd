import { giveRole } from './accounts.ts';
import { addLead, deleteLead, type NewLead } from './leads.ts';
import type { LiLimits } from './meter.ts';
import { challengeOnce } from './notifications.ts';
import { countDuplicates, findByToken } from './oracle.ts';
import { afterStatus } from './status.ts';
import type { LiObject } from './store.ts';
import { ALL_SCOPES } from './tokens.ts';
import type { LiSettings, LiWorld } from './world.ts';

export interface LinkedinControl {
  world: LiWorld;
  memberId: string;
  setDead(dead: boolean): void;
}

interface FigureWish {
  creativeId: string;
  day: string;
  spendMinor: number;
  impressions: number;
  clicks: number;
}

/** An object by its URN or number, whatever it is. */
function anyObject(world: LiWorld, id: string): LiObject {
  const kinds = ['group', 'campaign', 'creative', 'account', 'post', 'form'] as const;
  const found = world.store.get(id) ?? kinds.flatMap((kind) => world.store.all(kind)).find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no object ${id}`);
  return found;
}

/** A person changes something in Campaign Manager: past every rule of the API. */
export function editNatively(world: LiWorld, id: string, fields: Record<string, unknown>): void {
  const object = anyObject(world, id);
  afterStatus(world, object, fields);
  world.store.change(object, fields, world.core.now());
  world.core.touch();
}

/** A person deletes something in Campaign Manager. */
export function deleteNatively(world: LiWorld, id: string): void {
  const object = anyObject(world, id);
  object.inner['erased'] = true;
  editNatively(world, object.urn, { [object.kind === 'creative' ? 'intendedStatus' : 'status']: 'REMOVED' });
}

export function setFigures(world: LiWorld, { creativeId, day, ...figures }: FigureWish): void {
  const creative = world.store.all('creative').find((one) => one.id === creativeId || one.urn === creativeId);
  if (creative === undefined) throw new Error(`there is no creative ${creativeId}`);
  if (!Object.values(figures).every((figure) => Number.isInteger(figure) && figure >= 0))
    throw new Error('figures are whole and not negative');
  world.insights.set(creative.id, day, figures);
  world.core.touch();
}

/** /_sandbox/linkedin/…: what a test or the demo does to the platform from another process. */
export async function controlLinkedin(tools: LinkedinControl, method: string, path: string, body: unknown): Promise<unknown> {
  const { world, memberId } = tools;
  const [name = '', argument = ''] = path.replace(/\?.*$/, '').split('/');
  const done = { ok: true };
  switch (`${method} ${name}`) {
    case 'POST leads':
      return { id: addLead(world, body as NewLead).urn };
    case 'DELETE leads':
      deleteLead(world, decodeURIComponent(argument));
      return done;
    case 'POST insights':
      setFigures(world, body as FigureWish);
      return done;
    case 'POST tokens': {
      const { scopes, lifeMs } = (body ?? {}) as { scopes?: string[]; lifeMs?: number };
      return { access_token: world.tokens.issue(memberId, scopes ?? ALL_SCOPES, lifeMs).token };
    }
    case 'POST expire-tokens':
      world.tokens.expireAll();
      return done;
    case 'POST revoke':
      world.tokens.revokeMember(memberId);
      return done;
    case 'PUT refresh-tokens':
      world.tokens.refreshApproved = (body as { approved: boolean }).approved;
      return done;
    case 'PUT dead':
      tools.setDead((body as { dead: boolean }).dead);
      return done;
    case 'PUT limits':
      return Object.assign(world.meter.limits, body as Partial<LiLimits>);
    case 'PUT settings':
      return Object.assign(world.settings, body as Partial<LiSettings>);
    case 'PUT role': {
      const { account, role } = body as { account: string; role: string | null };
      giveRole(world, anyObject(world, account), memberId, role);
      return done;
    }
    case 'POST edit': {
      const { id, fields } = body as { id: string; fields: Record<string, unknown> };
      editNatively(world, id, fields);
      return done;
    }
    case 'POST remove':
      deleteNatively(world, (body as { id: string }).id);
      return done;
    case 'POST challenge':
      return { validated: await Promise.all(world.store.all('notification').map((one) => challengeOnce(world, one))) };
    case 'GET duplicates':
      return { duplicates: countDuplicates(world) };
    case 'GET ads-by-token':
      return { ads: findByToken(world, argument) };
    default:
      return undefined;
  }
}

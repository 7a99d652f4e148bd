import type { LaunchState, LaunchSummary, Preview } from '#shared/contracts/launches.ts';
import { platformRules } from '#shared/rules/ad-platforms/index.ts';
import { ITEM_STATES, type ItemState } from '#shared/rules/launch-states.ts';
import type { Actor } from '../../kernel/context.ts';
import { currentStatus } from '../connections/index.ts';
import { presentApproval } from './approval/present-approval.ts';
import type { LaunchFacts } from './launch-facts.ts';
import { whatIsOn } from './switch-facts.ts';

/** What the engine is at; not all of it is said while the connection is gone. */
export const WORKING: LaunchState[] = ['checking', 'running', 'cancelling', 'undoing'];
const UNDO: readonly LaunchState[] = ['undoing', 'partly_undone', 'undone'];

/** Row and tallies → wire. A launch whose connection ended waits for a person, whatever it was doing. */
export function presentLaunch(facts: LaunchFacts, actor: Actor, now: Date, estimate: Preview['estimate'] = null): LaunchSummary {
  const { launch, account, tallies } = facts;
  const needsConnection = WORKING.includes(launch.state) && !['active', 'expiring'].includes(currentStatus(facts.connection, now));
  const sum = (pick: (tally: LaunchFacts['tallies'][number]) => boolean) =>
    tallies.filter(pick).reduce((total, tally) => total + tally.n, 0);
  const kind = (word: string) => sum((tally) => tally.kind === word);
  return {
    id: launch.id,
    name: launch.name,
    state: needsConnection ? 'needs_attention' : launch.state,
    platform: account.platform,
    accountId: launch.accountId,
    accountName: account.name,
    accountExternalId: account.externalId,
    currency: launch.currency,
    planHash: launch.planHash,
    capMinor: launch.capMinor,
    counts: {
      media: kind('media'),
      campaign: kind('campaign'),
      ad_set: kind('ad_set'),
      creative: kind('creative'),
      ad: kind('ad'),
      total: sum(() => true),
    },
    byState: Object.fromEntries(ITEM_STATES.map((state) => [state, sum((tally) => tally.state === state)])) as Record<ItemState, number>,
    createdAt: launch.createdAt.toISOString(),
    createdBy: nameOf(facts, launch.createdBy),
    approvedAt: launch.approvedAt?.toISOString() ?? null,
    approvedBy: launch.approvedBy === null ? null : nameOf(facts, launch.approvedBy),
    approval: presentApproval(facts, actor, now),
    activatedAt: launch.activatedAt?.toISOString() ?? null,
    attention: needsConnection ? reconnectFirst(facts) : attentionOf(facts),
    callsMade: facts.callsMade,
    adoptions: facts.adoptions,
    incidents: facts.incidents,
    strays: facts.strays,
    undo: UNDO.includes(launch.state) ? undoCounts(facts) : null,
    estimate,
    address: `${facts.appOrigin}/launches/${launch.id}`,
  };
}

const nameOf = (facts: LaunchFacts, id: string): string => facts.people.get(id) ?? id;

function reconnectFirst({ launch, account, switched }: LaunchFacts): string {
  const on = whatIsOn(switched);
  const name = platformRules(account.platform).label;
  const ask = `${name} no longer accepts our access. Reconnect it under Connections; every row is kept and the launch goes on by itself.`;
  if (on === null) return ask;
  if (launch.state === 'undoing')
    return `${ask} Money is at risk: access ended before the undo could pause it; ${on}. Pause it in the ad manager; after the reconnect the undo does.`;
  const next = launch.state === 'cancelling' ? 'they are paused' : 'the switch-on is finished';
  return `${ask} Money is at risk: access ended while the switch was being thrown; ${on}. Look in the ad manager; after the reconnect ${next}.`;
}

function undoCounts({ tallies }: LaunchFacts): NonNullable<LaunchSummary['undo']> {
  const objects = tallies.filter((tally) => tally.kind !== 'media');
  const sum = (pick: (tally: LaunchFacts['tallies'][number]) => number) => objects.reduce((total, tally) => total + pick(tally), 0);
  return {
    done: sum((tally) => (tally.state === 'UNDONE' ? tally.n : 0)),
    left: sum((tally) => (['CREATED', 'VERIFIED', 'ACTIVE'].includes(tally.state) ? tally.n : 0)),
    changed: sum((tally) => tally.undoChanged),
    refused: sum((tally) => tally.undoRefused),
  };
}

function undoAttention(facts: LaunchFacts): string | null {
  const { changed, refused } = undoCounts(facts);
  const parts = [
    [changed, 'changed since and waits for your word', 'changed since and wait for your word'],
    [refused, 'kept by the platform', 'kept by the platform'],
  ].flatMap(([n, one, many]) => (n === 0 ? [] : [n === 1 ? `1 object was ${one}` : `${n} objects were ${many}`]));
  if (parts.length === 0) return null;
  return `${parts.join(', ')}; what they lie in stays, too. ${riskOf('partly_undone', whatIsOn(facts.switched))} Everything else goes on.`;
}

function attentionOf(facts: LaunchFacts): string | null {
  const { launch, tallies, switched } = facts;
  if (UNDO.includes(launch.state)) return undoAttention(facts);
  const sum = (state: ItemState) => tallies.filter((tally) => tally.state === state).reduce((total, tally) => total + tally.n, 0);
  const drifted = tallies.reduce((total, tally) => total + tally.drifted, 0);
  const parts = [
    [sum('REJECTED'), 'refused by the platform'],
    [sum('HELD'), 'could not be proven either way'],
    [drifted, 'built differently from the plan'],
  ].flatMap(([n, words]) => (n === 0 ? [] : [`${n} ${n === 1 ? 'row was' : 'rows were'} ${words}`]));
  if (parts.length === 0 || (launch.state !== 'needs_attention' && drifted === 0)) return null;
  return `${parts.join(', ')}. ${riskOf(launch.state, whatIsOn(switched))} Open the rows for the reason and the next step.`;
}

function riskOf(state: LaunchState, on: string | null): string {
  if (state === 'active') return 'The launch is running.';
  return on === null ? 'No money is at risk: everything is paused.' : `Money is at risk: ${on} at the platform.`;
}

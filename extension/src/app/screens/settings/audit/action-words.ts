import { appMessages, type AppMessageKey } from '#shared/messages/app.en.ts';
import { t } from '../../../../ui/i18n.ts';

const PREFIX = 'did.';

/** What was done in the reader's words; an action we have no words for is shown by its name. */
export function actionWord(action: string): string {
  const key = `${PREFIX}${action}`;
  return key in appMessages ? t(key as AppMessageKey) : action.replaceAll(/[._]/g, ' ');
}

/** What one can look for: the first word of the actions, and what it is called. */
const TOPICS = {
  identity: 'audit.signingIn',
  organization: 'resource.organization',
  member: 'resource.members',
  invitation: 'section.invitations',
  client: 'resource.clients',
  connection: 'resource.connections',
  launch: 'resource.launches',
  lead: 'resource.leads',
  affiliate: 'resource.affiliates',
  embed_key: 'resource.embeds',
  key: 'resource.keys',
  webhook_endpoint: 'resource.webhooks',
  support: 'resource.support',
  privacy: 'section.data',
} as const satisfies Record<string, AppMessageKey>;

export function topics(): { topic: string; word: string }[] {
  return Object.entries(TOPICS).map(([topic, key]) => ({ topic, word: t(key) }));
}

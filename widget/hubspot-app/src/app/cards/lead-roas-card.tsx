import { EmptyState, LoadingSpinner, Text, hubspot } from '@hubspot/ui-extensions';
import React, { useEffect, useState } from 'react';
import { createReader } from '../../../../ui/reader.ts';
import { fetchLeadCard, type Loaded } from './fetch-lead-card.ts';
import { LeadFacts } from './lead-facts.tsx';
import { CARD_WORDS } from './words.ts';

hubspot.extend<'crm.record.sidebar'>(({ context }) => (
  <LeadRoasCard contactId={String(context.crm.objectId)} locale={context.user.locale ?? 'en'} />
));

/** The same answer as the element and the overlay show, drawn with HubSpot's own components: a card has no DOM. */
function LeadRoasCard({ contactId, locale }: { contactId: string; locale: string }) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const reader = createReader(locale);

  useEffect(() => {
    let current = true;
    setLoaded(null);
    void fetchLeadCard(contactId).then((answer) => {
      if (current) setLoaded(answer);
    });
    return () => {
      current = false;
    };
  }, [contactId]);

  if (loaded === null) return <LoadingSpinner label={reader.say(CARD_WORDS.loading)} />;
  if (loaded.state === 'not_connected') return <EmptyState title={reader.say(CARD_WORDS.notConnected)} layout="vertical" />;
  if (loaded.state === 'away') return <Text variant="microcopy">{reader.say(CARD_WORDS.away)}</Text>;
  return <LeadFacts lead={loaded.lead} reader={reader} />;
}

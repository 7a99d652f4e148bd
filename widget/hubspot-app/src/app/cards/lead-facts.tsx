import { Accordion, DescriptionList, DescriptionListItem, Divider, Flex, Link, List, Text } from '@hubspot/ui-extensions';
import React from 'react';
import type { LeadCard } from '#shared/contracts/revenue.ts';
import { formText, matchedText, namesOf, noCardText, tilesOf, touchText } from '../../../../lead-roas/lead-texts.ts';
import { sumsOf } from '../../../../lead-roas/sums-of.ts';
import { WORDS } from '../../../../lead-roas/words.ts';
import type { Reader } from '../../../../ui/reader.ts';
import { CARD_WORDS } from './words.ts';

export function LeadFacts({ lead, reader }: { lead: LeadCard; reader: Reader }) {
  const { source } = lead;
  const noCard = noCardText(lead, reader);
  const asOf = <Text variant="microcopy">{reader.say(CARD_WORDS.asOf, { asOf: reader.instant(lead.asOf) })}</Text>;
  if (source === null || noCard !== null) {
    return (
      <Flex direction="column" gap="extra-small">
        <Text>{noCard}</Text>
        {asOf}
      </Flex>
    );
  }
  return (
    <Flex direction="column" gap="small">
      <Text format={{ fontWeight: 'bold' }}>{namesOf(source).join(' › ')}</Text>
      <Text>{formText(source, reader)}</Text>
      <Text>{touchText(source, reader)}</Text>
      <Link href={{ url: source.managerUrl, external: true }}>{reader.say(WORDS.openAd)}</Link>
      <Divider />
      <DescriptionList direction="column">
        {tilesOf(lead, reader).map(({ term, figure, note, estimate }) => (
          <DescriptionListItem key={term} label={term}>
            <Text format={{ fontWeight: 'bold' }}>{figure}</Text>
            {note === null ? null : (
              <Text variant="microcopy" format={{ italic: estimate === true }}>
                {note}
              </Text>
            )}
          </DescriptionListItem>
        ))}
      </DescriptionList>
      <Accordion title={reader.say(WORDS.how)} size="small">
        <List variant="unordered-styled">
          {sumsOf(lead, reader).map((sum) => (
            <Text key={sum}>{sum}</Text>
          ))}
        </List>
      </Accordion>
      <Text variant="microcopy">{matchedText(lead, reader)}</Text>
      {asOf}
    </Flex>
  );
}

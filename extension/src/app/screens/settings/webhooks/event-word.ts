import type { EVENT_TYPES } from '#shared/contracts/machines.ts';
import { t } from '../../../../ui/i18n.ts';

type EventType = (typeof EVENT_TYPES)[number];

/** The event in the reader's words; its own name stays beside it where it is set up. */
export const eventWord = (type: EventType): string => t(`event.${type}`);

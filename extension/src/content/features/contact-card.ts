import type { LeadCard } from '#shared/contracts/revenue.ts';
import { element, iconButton, nameIcon } from '../element.ts';
import { defineFeature } from '../define-feature.ts';
import type { HubspotPage } from '../hosts/page.ts';
import { contactCardCss } from '../contact-card-css.ts';
import { contactRows } from '../contact-rows.ts';
import type { OverlayText } from '../overlay-text.ts';

const RETRY_MS = 30_000;

/** Where a HubSpot contact came from, what it cost and returned, beside the record; shown only to people who allowed this host. */
export const contactCard = defineFeature<HubspotPage>({
  id: 'contact-card',
  runsOn: (page, state): page is HubspotPage => page.platform === 'hubspot' && state.signedIn,
  init(context, signal) {
    const { page, state, text, root } = context;
    const card = element('section', 'contact');
    card.dir = text.direction;
    card.setAttribute('role', 'region');
    card.ariaLabel = `${text.t('card.title')}, ${text.t('byInlay')}`;
    const sheet = root.style(contactCardCss(context.theme));
    context.onTheme((theme) => sheet.replaceSync(contactCardCss(theme)));
    signal.addEventListener('abort', () => card.remove(), { once: true });

    const body = element('div', 'body');
    const fold = iconButton('–', text.t('fold'), () => {
      const folded = card.classList.toggle('folded');
      nameIcon(fold, folded ? '+' : '–', text.t(folded ? 'unfold' : 'fold'));
    });
    const hide = iconButton('×', text.t('hide'), () => {
      void context.ask('overlay.setPrefs', { hidden: { ...state.prefs.hidden, hubspot: true } });
    });
    card.append(element('header', '', element('b', '', text.t('card.title')), fold, hide), body, element('p', 'by', text.t('byInlay')));
    body.append(...[1, 2, 3].map(() => element('div', 'skeleton')));
    root.show(card);

    const load = async (): Promise<void> => {
      const outcome = await context.ask('overlay.leadCard', { portalId: page.portalId, contactId: page.contactId });
      if (signal.aborted) return;
      if (outcome.ok) return body.replaceChildren(...describe(outcome.value, text));
      if (outcome.failure.kind === 'api' && outcome.failure.problem.status < 500)
        return body.replaceChildren(element('p', 'soft', text.t('card.not_found')));
      body.replaceChildren(element('p', 'soft', text.t('card.unavailable')));
      const again = setTimeout(() => {
        void load();
      }, RETRY_MS);
      signal.addEventListener('abort', () => clearTimeout(again), { once: true });
    };
    void load();
  },
});

function describe(lead: LeadCard, text: OverlayText): Node[] {
  if (!lead.matched) return [element('p', 'soft', text.t(`card.${lead.reason ?? 'not_found'}`))];
  const list = element('dl', '');
  for (const { name, value, more } of contactRows(lead, text))
    list.append(element('dt', '', name), element('dd', '', value, ...more.map((line) => element('small', '', line))));
  return [list, ...adLink(lead, text), element('p', 'soft', text.t('card.asOf', { when: text.instant(lead.asOf), days: lead.windowDays }))];
}

function adLink(lead: LeadCard, text: OverlayText): Node[] {
  if (lead.source === null || !lead.source.managerUrl.startsWith('https://')) return [];
  const link = element('a', '', text.t('card.openAd'));
  Object.assign(link, { href: lead.source.managerUrl, target: '_blank', rel: 'noopener noreferrer' });
  return [element('p', 'soft', link)];
}

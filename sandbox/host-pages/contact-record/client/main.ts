import { wordsFor, type Words } from './words.ts';

interface Settings {
  key: string | null;
  api: string;
  contact: string;
  language: string;
  theme: string | null;
}
interface RecordData {
  contact: { id: string; name: string; properties: Record<string, string | null> } | null;
  previous: string | null;
  next: string | null;
  deals: { id: string; name: string | null; amount: string | null; stage: string | null }[];
  events: { kind: string; name: string | null; value: string | null; at: number }[];
}
/** The part of our card endpoint's answer that the card draws. */
interface CardData {
  matched?: boolean;
  source?: { campaign: string | null; ad: string | null } | null;
  cost?: { allocatedMinor: number | null; currency: string } | null;
  returns?: { wonMinor: number | string; currency: string } | null;
}

const app = document.getElementById('app') as HTMLElement;
const settings = JSON.parse(app.dataset['settings'] ?? '{}') as Settings;
const words = wordsFor(settings.language);
const ROOT = new URL('../../../', import.meta.url);

type Child = Node | string | null;
function el(tag: string, attributes: Record<string, string> = {}, ...children: Child[]): HTMLElement {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== null));
  return node;
}
const dateText = (at: number): string => new Intl.DateTimeFormat(settings.language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);

function propertyList({ id, properties }: NonNullable<RecordData['contact']>): HTMLElement {
  const rows = Object.entries(properties).flatMap(([name, value]) => [
    el('dt', { 'data-selenium-test': `property-label-${name}` }, words[name as keyof Words] ?? name),
    el(
      'dd',
      { 'data-test-id': `cell-0-1-${name}-${id}` },
      el('bdi', {}, value === null ? '--' : name === 'createdate' ? dateText(Date.parse(value)) : value),
    ),
  ]);
  return el('dl', {}, ...rows);
}

const card = (id: string, title: string, ...children: Child[]): HTMLElement =>
  el(
    'section',
    { class: 'card', 'data-test-id': `card-wrapper-${id}` },
    el('header', {}, el('h2', {}, title), el('a', { href: '#' }, words.add)),
    ...children,
  );

function leftSide(data: RecordData, contact: NonNullable<RecordData['contact']>): HTMLElement {
  const initials = contact.name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();
  const step = (text: string, id: string | null): HTMLElement | null =>
    id === null ? null : el('a', { href: `./${id}${location.search}`, 'data-record': id }, text);
  const actions = (
    [
      ['✎', words.note],
      ['@', words.mail],
      ['☎', words.call],
      ['☑', words.task],
      ['◷', words.meeting],
    ] as const
  ).map(([sign, text]) => el('span', { class: 'action' }, el('i', { 'aria-hidden': 'true' }, sign), text));
  return el(
    'aside',
    { class: 'side', id: 'record-page-left-sidebar', 'data-test-id': 'left-sidebar' },
    el(
      'div',
      { class: 'crumbs' },
      el('a', { href: '#' }, `‹ ${words.contacts}`),
      el(
        'span',
        {},
        step(words.previous, data.previous),
        data.previous !== null && data.next !== null ? ' · ' : null,
        step(words.next, data.next),
      ),
    ),
    el(
      'div',
      { class: 'who', 'data-test-id': 'record-header' },
      el('span', { class: 'avatar', 'aria-hidden': 'true' }, initials),
      el('div', {}, el('h1', {}, contact.name), el('span', { class: 'quiet' }, contact.properties['email'] ?? '')),
    ),
    el('div', { class: 'actions' }, ...actions),
    card('about', words.about, propertyList(contact)),
  );
}

function middle(data: RecordData): HTMLElement {
  const event = ({ kind, name, value, at }: RecordData['events'][number]): HTMLElement =>
    el(
      'article',
      { class: 'card event' },
      el(
        'span',
        {},
        kind === 'created'
          ? `${words.created}${value === null ? '' : ` · ${words.from} ${value}`}`
          : `${words[name as keyof Words] ?? name} ${words.changed} ${value ?? '--'}`,
      ),
      el('time', { class: 'quiet', datetime: new Date(at).toISOString() }, dateText(at)),
    );
  return el(
    'main',
    { class: 'middle', 'data-test-id': 'middle-pane' },
    el(
      'div',
      { class: 'tabs' },
      el('span', { class: 'on' }, words.overview),
      el('span', {}, words.activities),
      el('span', {}, words.intelligence),
    ),
    el('div', { 'data-test-id': 'crm-events-viz-timeline' }, ...data.events.map(event)),
  );
}

function rightSide(data: RecordData, id: string): HTMLElement {
  const deals = data.deals.map(({ name, amount, stage }) =>
    el('p', {}, el('b', {}, name ?? '--'), el('br'), el('span', { class: 'quiet' }, [amount, stage].filter(Boolean).join(' · '))),
  );
  const widget =
    settings.key === null
      ? null
      : el('inlay-lead-roas', {
          'data-key': settings.key,
          'data-contact': id,
          'data-api': settings.api,
          'data-locale': settings.language,
          ...(settings.theme === null ? {} : { theme: settings.theme }),
        });
  return el(
    'aside',
    { class: 'side', 'data-test-id': 'right-sidebar' },
    el('section', { class: 'card', 'data-test-id': 'card-wrapper-app-card' }, el('header', {}, el('h2', {}, words.card)), appCard(id)),
    widget === null
      ? null
      : el(
          'section',
          { class: 'card', 'data-test-id': 'card-wrapper-module' },
          el('header', {}, el('h2', {}, words.where)),
          el('div', { class: 'inlay-slot' }, widget),
        ),
    card('companies', words.companies, el('span', { class: 'quiet' }, words.none)),
    card('deals', words.deals, ...(deals.length > 0 ? deals : [el('span', { class: 'quiet' }, words.none)])),
  );
}

/** The platform's own card: data through its signed fetch, drawn with its own plain components. */
function appCard(id: string): HTMLElement {
  const body = el('div', { class: 'cardbody quiet' }, '…');
  const show = (text: string): void => body.replaceChildren(text);
  const money = (minor: number | string, currency: string): string =>
    new Intl.NumberFormat(settings.language, { style: 'currency', currency }).format(Number(minor) / 100);
  void fetch(new URL(`card/${id}`, ROOT)).then(
    async (answer) => {
      if (!answer.ok) return show(words.cardOff);
      const data = (await answer.json()) as CardData;
      if (data.matched !== true) return show(words.cardNone);
      const { source, cost, returns } = data;
      const rows = [
        [words.campaign, source?.campaign ?? '—'],
        [words.ad, source?.ad ?? '—'],
        [words.cost, cost && cost.allocatedMinor !== null ? money(cost.allocatedMinor, cost.currency) : '—'],
        [words.returns, returns ? money(returns.wonMinor, returns.currency) : '—'],
      ] as const;
      body.classList.remove('quiet');
      body.replaceChildren(el('table', {}, ...rows.map(([name, value]) => el('tr', {}, el('td', {}, name), el('td', {}, value)))));
    },
    () => show(words.cardOff),
  );
  return body;
}

async function show(): Promise<void> {
  const id = location.pathname.split('/').at(-1) ?? '';
  const data = (await (await fetch(new URL(`data/${id}`, ROOT))).json()) as RecordData;
  const bar = el(
    'header',
    { class: 'topbar' },
    el('b', {}, words.crm),
    el('span', {}, words.contacts),
    el('span', {}, words.deals),
    el('span', {}, words.marketing),
    el('span', {}, words.automations),
    el('span', {}, words.reports),
  );
  if (data.contact === null) return app.replaceChildren(bar, el('p', { class: 'middle', role: 'status' }, words.missing));
  document.title = data.contact.name;
  app.replaceChildren(bar, el('div', { class: 'columns' }, leftSide(data, data.contact), middle(data), rightSide(data, data.contact.id)));
}

addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link === null) return;
  event.preventDefault();
  if (!link.dataset['record']) return;
  history.pushState(null, '', link.getAttribute('href') ?? '');
  void show();
});
addEventListener('popstate', () => void show());
void show();

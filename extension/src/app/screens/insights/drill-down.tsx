import { Fragment } from 'preact';
import { t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icon.tsx';
import { go, href } from '../../router.ts';

export type Level = 'campaign' | 'ad_set' | 'ad';

/**
 * Where one stands in campaign › ad set › ad, kept in the address so that it can be shared and gone back from:
 * `c`/`cn` are id and name of the opened campaign, `s`/`sn` those of the ad set.
 */
export function levelOf(query: URLSearchParams): Level {
  return query.has('s') ? 'ad' : query.has('c') ? 'ad_set' : 'campaign';
}

export function parentOf(query: URLSearchParams): { id: string; name: string } | null {
  const [id, name] = query.has('s') ? [query.get('s'), query.get('sn')] : [query.get('c'), query.get('cn')];
  return id === null ? null : { id, name: name ?? id };
}

export function openBelow(query: URLSearchParams, level: Level, row: { id: string; name: string }): void {
  const next = new URLSearchParams(query);
  const letter = level === 'campaign' ? 'c' : 's';
  next.set(letter, row.id);
  next.set(`${letter}n`, row.name);
  go(`/insights?${next}`);
}

export function Crumbs({ query }: { query: URLSearchParams }) {
  const campaign = { id: query.get('c'), name: query.get('cn') };
  const adSet = { id: query.get('s'), name: query.get('sn') };
  const crumbs = [
    { label: t('level.campaigns'), to: '/insights' },
    ...(campaign.id === null
      ? []
      : [
          {
            label: campaign.name ?? campaign.id,
            to: `/insights?${new URLSearchParams({ c: campaign.id, cn: campaign.name ?? campaign.id })}`,
          },
        ]),
    ...(adSet.id === null ? [] : [{ label: adSet.name ?? adSet.id, to: '' }]),
  ];
  return (
    <nav class="crumbs" aria-label={t('insights.path')}>
      {crumbs.map((crumb, i) => (
        <Fragment key={crumb.to}>
          {i > 0 && <Icon name="chevron" size={12} />}
          {i === crumbs.length - 1 ? (
            <strong aria-current="location">
              <bdi>{crumb.label}</bdi>
            </strong>
          ) : (
            <a href={href(crumb.to)}>
              <bdi>{crumb.label}</bdi>
            </a>
          )}
        </Fragment>
      ))}
    </nav>
  );
}

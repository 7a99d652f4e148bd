export type LevelPath = 'campaigns' | 'adsets' | 'ads';
export const LEVEL_PATHS: readonly LevelPath[] = ['campaigns', 'adsets', 'ads'];

/** What the address says. The address is the only state that survives a reload. */
export interface PageState {
  level: LevelPath;
  act: string;
  campaigns: string[];
  adsets: string[];
  ads: string[];
  date: string | null;
}

const ids = (query: URLSearchParams, name: string): string[] => (query.get(name) ?? '').split(',').filter(Boolean);

export function readState(): PageState {
  const query = new URLSearchParams(location.search);
  const last = location.pathname.split('/').at(-1) as LevelPath;
  return {
    level: LEVEL_PATHS.includes(last) ? last : 'campaigns',
    act: (query.get('act') ?? '1000000001').replace(/^act_/, ''),
    campaigns: ids(query, 'selected_campaign_ids'),
    adsets: ids(query, 'selected_adset_ids'),
    ads: ids(query, 'selected_ad_ids'),
    date: query.get('date'),
  };
}

/** The address of a state; switches of the imitation (variant, locale, theme…) are carried along. */
export function urlOf(state: PageState): string {
  const query = new URLSearchParams(location.search);
  query.set('act', state.act);
  const put = (name: string, list: string[]): void => {
    if (list.length > 0) query.set(name, list.join(','));
    else query.delete(name);
  };
  put('selected_campaign_ids', state.campaigns);
  put('selected_adset_ids', state.adsets);
  put('selected_ad_ids', state.ads);
  if (state.date === null) query.delete('date');
  else query.set('date', state.date);
  const path = location.pathname.replace(/[^/]*$/, state.level);
  return `${path}?${query.toString().replaceAll('%2C', ',')}`;
}

export type Variant = 'a' | 'b' | 'c';
export interface Switches {
  /** a: old text spans · b: new nested markup · c: no object id in the attributes, only in links. */
  variant: Variant;
  unit: 'present' | 'absent' | 'mixed';
  rowHeight: number;
  columns: string[] | null;
  idColumn: boolean;
  /** evict: foreign nodes inside rows are removed · attach: page scripts see every shadow root · freeze: prototypes frozen. */
  hostile: string[];
}

export function readSwitches(): Switches {
  const query = new URLSearchParams(location.search);
  const variant = (query.get('variant') ?? 'a') as Variant;
  const unit = query.get('unit') ?? (variant === 'b' ? 'mixed' : 'present');
  return {
    variant,
    unit: unit as Switches['unit'],
    rowHeight: { dense: 36, comfortable: 60 }[query.get('density') ?? ''] ?? 46,
    columns: query.get('columns')?.split(',') ?? null,
    idColumn: query.get('idcolumn') === '1',
    hostile: (query.get('hostile') ?? '').split(',').filter(Boolean),
  };
}

import { contentOf } from '#shared/rules/ad-content.ts';
import type { AdSetSpec, ExpandedPlan } from '#shared/rules/planned-item.ts';

export interface Targets {
  /** ISO codes over all ad sets, sorted. */
  countries: string[];
  /** Landing pages over all ads, in plan order, without link parameters. */
  links: string[];
  /** UTC ISO instant; null = when it is switched on. */
  startTime: string | null;
  pageId: string;
}

/** Where ads of a plan will run and lead to, read from the very objects that will be created. */
export function targetsOf({ items }: Pick<ExpandedPlan, 'items'>): Targets {
  const adSets = items.filter((item) => item.kind === 'ad_set').map((item) => item.spec as AdSetSpec);
  const contents = items.flatMap((item) => contentOf(item) ?? []);
  return {
    countries: [...new Set(adSets.flatMap((spec) => spec.countries))].toSorted(),
    links: [...new Set(contents.flatMap((content) => content.linkUrl ?? []))],
    startTime: adSets[0]?.startTime ?? null,
    pageId: adSets[0]?.pageId ?? '',
  };
}

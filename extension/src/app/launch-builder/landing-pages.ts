import { contentOf } from '#shared/rules/ad-content.ts';
import type { Plan } from '#shared/rules/launch-plan.ts';
import type { ExpandedPlan } from '#shared/rules/planned-item.ts';

export interface LandingPage {
  url: string;
  /** As the first ad that leads there adds them. */
  parameters: string;
  /** Of all ads that lead there; null = not said, or several. */
  language: string | null;
  ads: number;
}

/** Each landing page of a plan once, in plan order. */
export function landingPagesOf(plan: Plan, { items }: Pick<ExpandedPlan, 'items'>): LandingPage[] {
  const spoken = new Map(plan.concepts.map(({ key, lang }) => [key, lang]));
  const pages = new Map<string, LandingPage>();
  for (const item of items) {
    const content = contentOf(item);
    if (content === null || content.linkUrl === null) continue;
    const language = languageCode(spoken.get(item.itemPath.split('/')[2] ?? '') ?? plan.settings.locale);
    const known = pages.get(content.linkUrl);
    if (known === undefined) pages.set(content.linkUrl, { url: content.linkUrl, parameters: content.urlTags, language, ads: 1 });
    else {
      known.ads += 1;
      if (known.language !== language) known.language = null;
    }
  }
  return [...pages.values()];
}

/** "fr" of "fr_FR"; a language written out in words is not guessed at. */
function languageCode(text: string | null): string | null {
  return /^([a-z]{2,3})(?:[-_][a-z]{2,4})?$/i.exec(text?.trim() ?? '')?.[1]?.toLowerCase() ?? null;
}

import { platformRules } from './ad-platforms/index.ts';
import { LOCALE_PATTERN } from './ad-platforms/locales.ts';
import type { PlatformRules } from './ad-platforms/platform-rules.ts';
import type { Plan } from './launch-plan.ts';
import { planError } from './plan-problem.ts';
import type { PlanProblem } from './planned-item.ts';

/** What this platform cannot do, or asks for, beyond its goals: where budgets sit, languages, ages, countries. */
export function checkForPlatform({ platform, settings, adSets }: Plan): PlanProblem[] {
  const rules = platformRules(platform);
  const found: PlanProblem[] = [];
  if (!rules.budgetLevels.includes(settings.budgetLevel))
    found.push(
      planError(
        'settings.budgetLevel',
        'BAD_BUDGET_LEVEL',
        `${rules.label} has no daily budget on ${settings.budgetLevel === 'campaign' ? 'campaigns' : 'ad sets'}.`,
        `Put it on ${rules.budgetLevels[0] === 'campaign' ? 'campaigns' : 'ad sets'}.`,
      ),
    );
  if (settings.locale !== null && !LOCALE_PATTERN.test(settings.locale))
    found.push(
      planError('settings.locale', 'BAD_LOCALE', `"${settings.locale}" is not a language with its country.`, 'Write it as fr_FR.', {
        value: settings.locale,
      }),
    );
  if (settings.locale === null && rules.fields.some((field) => field.setting === 'locale' && field.required))
    found.push(
      planError(
        'settings.locale',
        'NO_LOCALE',
        `${rules.label} asks for the language of the ads.`,
        'Name it with its country, such as fr_FR.',
      ),
    );
  found.push(...checkCategories(settings.specialAdCategories, rules));
  const places = [
    { path: 'settings', ...settings },
    ...adSets.map(({ key, countries, ageMin, ageMax }) => ({ path: `adSets.${key}`, countries: countries ?? [], ageMin, ageMax })),
  ];
  for (const { path, countries, ageMin, ageMax } of places) {
    for (const code of countries)
      if (rules.countries !== undefined && rules.countries[code] === undefined)
        found.push(
          planError(`${path}.countries`, 'BAD_COUNTRY', `We cannot choose ${code} on ${rules.label} yet.`, 'Use another country.', {
            value: code,
          }),
        );
    if (rules.ages === undefined) continue;
    const { from, to } = rules.ages;
    if ((ageMin !== null && !from.includes(ageMin)) || (ageMax !== null && !to.includes(ageMax)))
      found.push(
        planError(
          `${path}.age`,
          'BAD_AGE_RANGE',
          `${rules.label} cuts ages from ${from.join(', ')} and to ${to.join(', ')} only.`,
          'Use these ages, or none.',
          { from: from.join(', '), to: to.join(', ') },
        ),
      );
  }
  return found;
}

/** A category the platform has no word for could not be declared, and the ads would run undeclared. */
function checkCategories(categories: readonly string[], { label, fields }: PlatformRules): PlanProblem[] {
  const known = fields.find((field) => field.setting === 'specialAdCategories')?.choices ?? [];
  return categories
    .filter((category) => !known.includes(category))
    .map((category) =>
      planError(
        'settings.specialAdCategories',
        'BAD_CATEGORY',
        `${label} has no special ad category ${category}.`,
        known.length === 0 ? 'Leave it out.' : `Use one of: ${known.join(', ')}.`,
        { value: category },
      ),
    );
}

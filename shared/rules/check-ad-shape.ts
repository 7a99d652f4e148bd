import { adShape } from './ad-shape.ts';
import { platformRules } from './ad-platforms/index.ts';
import type { AdShape } from './ad-platforms/platform-rules.ts';
import { countCharacters } from './count-characters.ts';
import type { Plan, PlanCopySet, PlanMedia } from './launch-plan.ts';
import { planError, planWarning } from './plan-problem.ts';
import type { PlanProblem } from './planned-item.ts';
import { checkText } from './text-limits.ts';

/** Whether what the plan holds makes ads of the kind its goal asks for: number of texts, each text's length, pictures, the name they carry. */
export function checkAdShape(plan: Plan): PlanProblem[] {
  const shape = adShape(plan);
  if (shape === null) return [];
  return [
    ...checkBrandName(plan, shape),
    ...plan.copySets.flatMap((copy) => checkTexts(plan, shape, copy)),
    ...plan.media.filter((file) => file.role === 'main').flatMap((file) => checkPicture(shape, file)),
  ];
}

function checkBrandName({ platform, settings }: Plan, { maxBrandName: most }: AdShape): PlanProblem[] {
  const name = settings.brandName ?? settings.accountName;
  const length = countCharacters(name);
  if (most === null || (length > 0 && length <= most)) return [];
  return [
    planError(
      'settings.brandName',
      'BAD_BRAND_NAME',
      `${platformRules(platform).label} shows the advertiser’s name in at most ${most} characters; "${name}" has ${length}.`,
      'Write the name people know, shorter.',
      { length, limit: most },
    ),
  ];
}

/** Texts of one ad in the order they are sent: headlines, and primary texts with descriptions. */
function checkTexts(plan: Plan, shape: AdShape, copy: PlanCopySet): PlanProblem[] {
  const path = `copySets.${copy.conceptKey === null ? '' : `${copy.conceptKey}/`}${copy.key}`;
  const sort = (
    field: 'headline' | 'description',
    texts: readonly string[],
    { least, most }: AdShape['headlines'],
    more: readonly string[],
  ): PlanProblem[] => {
    const said = texts.filter((text) => text.trim() !== '');
    const word = field === 'headline' ? 'headlines' : 'descriptions (primary texts among them)';
    const found: PlanProblem[] = [];
    if (said.length < least || said.length > most) {
      const params = { count: said.length, least, most };
      found.push(
        planError(
          `${path}.${field}`,
          'TEXT_COUNT',
          `An ad needs ${least} to ${most} ${word}; ${path} has ${said.length}.`,
          'Add or remove some.',
          params,
        ),
      );
    }
    if (new Set(said.map((text) => text.trim().toLowerCase())).size < said.length)
      found.push(planError(`${path}.${field}`, 'TEXT_TWICE', `${path} says the same twice among its ${word}.`, 'Write another text.'));
    // The first of each kind is looked at with the text set itself.
    for (const text of more)
      for (const { severity, length, limit } of checkText(plan.platform, field, text, [shape.placement]))
        if (severity === 'error')
          found.push(
            planError(
              `${path}.${field}`,
              'TEXT_TOO_LONG',
              `"${text}" has ${length} characters; at most ${limit} are accepted.`,
              `Shorten it by ${length - limit}.`,
              { length, limit, field },
            ),
          );
    return found;
  };
  return [
    ...sort('headline', [copy.headline, ...copy.moreHeadlines], shape.headlines, copy.moreHeadlines),
    ...sort('description', [copy.primaryText, ...copy.morePrimaryTexts, copy.description, ...copy.moreDescriptions], shape.descriptions, [
      ...copy.morePrimaryTexts,
      ...copy.moreDescriptions,
    ]),
  ];
}

function checkPicture({ pictures }: AdShape, file: PlanMedia): PlanProblem[] {
  const path = `media.${file.mediaKey}`;
  if (pictures.length === 0)
    return [
      planWarning(
        path,
        'MEDIA_UNUSED',
        `${file.fileName} is not used: these ads are words only.`,
        'Leave it out, or choose another goal.',
        {
          file: file.fileName,
        },
      ),
    ];
  const fits =
    file.kind === 'image' &&
    pictures.some(
      (one) =>
        one.ratio === file.ratio &&
        Math.abs(file.width / file.height / one.aspect - 1) <= one.tolerance &&
        file.width >= one.minWidth &&
        file.height >= one.minHeight,
    );
  if (fits) return [];
  const known = pictures.map((one) => `${one.aspect}:1 from ${one.minWidth} × ${one.minHeight}`).join(', ');
  return [
    planError(
      path,
      'BAD_PICTURE',
      `${file.fileName} (${file.width} × ${file.height}) does not fit these ads.`,
      `Use a picture of ${known}.`,
      { file: file.fileName },
    ),
  ];
}

import type { Checks } from './checks.ts';
import { given } from './entity-fields.ts';
import { objectiveOf, type Objective } from './enums.ts';
import type { Json } from './li-call.ts';

/** Unverified [K]: which objective goes with which type, cost and target. Only the plainly impossible is refused. */
const NOT_FOR_TYPE: Record<string, ReadonlySet<Objective>> = {
  TEXT_AD: new Set(['LEAD_GENERATION', 'VIDEO_VIEWS', 'ENGAGEMENT']),
  SPONSORED_INMAILS: new Set(['VIDEO_VIEWS', 'ENGAGEMENT']),
  DYNAMIC: new Set(['VIDEO_VIEWS', 'LEAD_GENERATION']),
};

const ONLY_FOR_TARGET: Record<string, Objective> = {
  MAX_LEAD: 'LEAD_GENERATION',
  MAX_QUALIFIED_LEAD: 'LEAD_GENERATION',
  CAP_COST_AND_MAXIMIZE_LEADS: 'LEAD_GENERATION',
  MAX_VIDEO_VIEW: 'VIDEO_VIEWS',
  TARGET_COST_PER_VIDEO_VIEW: 'VIDEO_VIEWS',
  MAX_CONVERSION: 'WEBSITE_CONVERSIONS',
};

const VIDEO_FORMATS = new Set(['SINGLE_VIDEO']);

/** objective × type × cost × target × format must make sense together; the answer names them all, as the platform does. */
export function checkConfiguration(checks: Checks, entity: Json): void {
  const objective = objectiveOf(entity['objectiveType']);
  if (objective === null) return;
  const [type, cost, target, format] = ['type', 'costType', 'optimizationTargetType', 'format'].map((name) => String(entity[name]));
  const wrong =
    NOT_FOR_TYPE[String(type)]?.has(objective) === true ||
    (cost === 'CPV' && objective !== 'VIDEO_VIEWS') ||
    (ONLY_FOR_TARGET[String(target)] ?? objective) !== objective ||
    (objective === 'VIDEO_VIEWS' && given(entity['format']) && !VIDEO_FORMATS.has(String(format)));
  if (!wrong) return;
  checks.add(
    'INVALID_CAMPAIGN_CONFIGURATION',
    'objectiveType',
    `objectiveType ${String(entity['objectiveType'])} does not go with type ${type}, costType ${cost}, optimizationTargetType ${target} and format ${format}`,
  );
}

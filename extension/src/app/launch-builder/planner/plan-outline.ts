import type { AdAccount } from '#shared/contracts/connections.ts';
import type { PlanProblem } from '#shared/contracts/launches.ts';
import { contentOf } from '#shared/rules/ad-content.ts';
import type { Plan, PlanMedia } from '#shared/rules/launch-plan.ts';
import type { CreativeSpec, PlanCounts, PlannedItem } from '#shared/rules/planned-item.ts';
import { addToLink, duplicateKeys } from '#shared/rules/utm.ts';
import { makePlan, type MadePlan, type PlanMemory, type PlanParts } from '../make-plan.ts';
import { matrixOf, type Matrix } from '../matrix.ts';
import { previewNames, type NamePreview } from '../name-preview.ts';

/** What the builder's screens show of a plan. The plan itself is much larger and stays where it was made until somebody asks for it. */
export interface PlanOutline {
  counts: PlanCounts;
  problems: PlanProblem[];
  hasErrors: boolean;
  matrix: Matrix;
  /** Concepts that found no ad set. */
  leftOver: string[];
  concepts: Pick<Plan['concepts'][number], 'key' | 'name'>[];
  /** Every file where name, pixels and hand put it, whether a row uses it or not. */
  media: PlanMedia[];
  samples: Sample[];
  names: NamePreview;
  /** Names that several objects side by side would have. */
  collisions: string[];
}

/** An object's name, and its link where it has one, before the service has said them. */
export interface Sample {
  itemPath: string;
  kind: PlannedItem['kind'];
  name: string;
  link: string | null;
}

const SAMPLES = 40;

/** The plan of these parts and what is shown of it. */
export function outlinePlan(
  parts: PlanParts,
  account: AdAccount,
  nowMs: number,
  memory: PlanMemory,
): { made: MadePlan; outline: PlanOutline } {
  const made = makePlan(parts, account, nowMs, memory);
  const { plan, expanded, problems } = made;
  return {
    made,
    outline: {
      counts: expanded.counts,
      problems,
      hasErrors: problems.some((problem) => problem.severity === 'error'),
      matrix: matrixOf(plan, expanded, parts.exclusions),
      leftOver: expanded.leftOver,
      concepts: plan.concepts.map(({ key, name }) => ({ key, name })),
      media: made.grouped.media,
      samples: samplesOf(expanded.items),
      names: previewNames(parts, account, memory),
      collisions: expanded.problems.flatMap(({ code, params }) => (code === 'NAME_COLLISION' ? [String(params['name'])] : [])),
    },
  };
}

function samplesOf(items: readonly PlannedItem[]): Sample[] {
  return items
    .flatMap((item) => (item.kind === 'media' || (item.kind === 'ad' && item.spec.creative === null) ? [] : [item]))
    .slice(0, SAMPLES)
    .map((item) => ({ itemPath: item.itemPath, kind: item.kind, name: item.name, link: linkOf(contentOf(item)) }));
}

/** A link that already carries one of the parameters is refused as a problem; there is no whole link to show. */
function linkOf(content: CreativeSpec | null): string | null {
  if (content === null || content.linkUrl === null) return null;
  const { linkUrl, urlTags } = content;
  return duplicateKeys(linkUrl, urlTags).length > 0 ? null : addToLink(linkUrl, urlTags);
}

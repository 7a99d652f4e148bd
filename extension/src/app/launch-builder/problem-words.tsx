import type { PlanProblem } from '#shared/contracts/launches.ts';
import { findingTitle } from './finding-text.ts';

/** What is wrong and how to mend it. The rules speak English, with the values in it; in another language a title of ours stands in front. */
export function ProblemWords({ problem }: { problem: Pick<PlanProblem, 'code' | 'message' | 'fix'> }) {
  const title = findingTitle(problem.code);
  return (
    <>
      {title !== null && <strong>{title} · </strong>}
      <bdi lang="en">
        {title !== null ? problem.message : <strong>{problem.message}</strong>} <span class="soft">{problem.fix}</span>
      </bdi>
    </>
  );
}

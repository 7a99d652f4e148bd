import { createPlannerDesk } from './planner-desk.ts';
import type { PlannerAnswer, PlannerQuestion } from './planner-messages.ts';

/** The planner's own thread. Only the page that started it can speak to it. */
const thread = globalThis as unknown as {
  postMessage(answer: PlannerAnswer): void;
  addEventListener(type: 'message', listener: (event: { data: PlannerQuestion }) => void): void;
};

const desk = createPlannerDesk({
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no other origin to name
  say: (answer) => thread.postMessage(answer),
  later: (work) => setTimeout(work, 0),
  now: () => Date.now(),
  clock: () => performance.now(),
});
thread.addEventListener('message', ({ data }) => desk.take(data));

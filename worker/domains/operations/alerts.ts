/** A promise of the service, over a calendar month. `share` is what must be good: 0.999 = 43 bad minutes a month. */
export interface Objective {
  id: string;
  promise: string;
  share: number;
  /** Prometheus expressions over a window `$w`: good and all events. */
  good: string;
  all: string;
}
/** When somebody is told. A page wakes a person, a ticket waits for the morning. */
export interface Alert {
  id: string;
  /** Burn of an objective's budget: `share` of the month's budget within the window; or a gauge above a bound for some minutes. */
  when: { objective: string; budget: number; window: '1h' | '3d' } | { gauge: string; above: number; forMinutes: number };
  does: 'page' | 'ticket';
  /** Heading in docs/operations.md. */
  runbook: string;
  /** What may be done at once and can make nothing worse. */
  firstStep: string;
}

export const OBJECTIVES: readonly Objective[] = [
  {
    id: 'intake',
    promise: 'A genuine webhook is answered with 2xx',
    share: 0.9995,
    good: 'sum(increase(inlay_requests_total{route=~"/webhooks/.*",status!~"5.."}[$w]))',
    all: 'sum(increase(inlay_requests_total{route=~"/webhooks/.*"}[$w]))',
  },
  {
    id: 'api',
    promise: 'A call of the API is answered, and not by a failure of ours',
    share: 0.999,
    good: 'sum(increase(inlay_requests_total{route=~"/v1/.*",status!~"5.."}[$w]))',
    all: 'sum(increase(inlay_requests_total{route=~"/v1/.*"}[$w]))',
  },
  {
    id: 'launch',
    promise: 'A step of a launch ends without a failure of ours; what the platform refuses does not count',
    share: 0.995,
    good: 'sum(increase(inlay_jobs_total{job="run-launch",outcome!="failed"}[$w]))',
    all: 'sum(increase(inlay_jobs_total{job="run-launch"}[$w]))',
  },
];

/** Fast burn: 2 % of a month's budget within an hour. Slow burn: 10 % within three days. */
const burns: Alert[] = OBJECTIVES.flatMap(({ id }): Alert[] => [
  {
    id: `${id}-fast-burn`,
    when: { objective: id, budget: 0.02, window: '1h' },
    does: 'page',
    runbook: `Budget of ${id} burns`,
    firstStep: 'Open /health and see which part is unwell; look at the newest deploy.',
  },
  {
    id: `${id}-slow-burn`,
    when: { objective: id, budget: 0.1, window: '3d' },
    does: 'ticket',
    runbook: `Budget of ${id} burns`,
    firstStep: 'Sort the log of the last three days by outcome and route.',
  },
]);

export const ALERTS: readonly Alert[] = [
  ...burns,
  {
    id: 'outbox-old',
    when: { gauge: 'inlay_outbox_oldest_seconds', above: 300, forMinutes: 2 },
    does: 'page',
    runbook: 'Work waits in the outbox',
    firstStep: 'Look whether cron ran in the last two minutes. Nothing is lost while it waits.',
  },
  {
    id: 'inbox-lag',
    when: { gauge: 'inlay_inbox_lag_seconds', above: 900, forMinutes: 5 },
    does: 'page',
    runbook: 'Webhooks wait for their effect',
    firstStep: 'Look at the dead letters of the ingest jobs. Bodies are kept for 48 hours before they are given up.',
  },
  {
    id: 'dead-letters',
    when: { gauge: 'inlay_dead_letters_open', above: 0, forMinutes: 60 },
    does: 'ticket',
    runbook: 'Dead letters',
    firstStep: 'Read the causes in Operations; a dry run counts and changes nothing.',
  },
  {
    id: 'unclear-items',
    when: { gauge: 'inlay_unclear_oldest_seconds', above: 3600, forMinutes: 1 },
    does: 'page',
    runbook: 'Launch items stay unclear',
    firstStep: 'Do not repeat anything by hand: what is unclear may exist. Everything created is paused.',
  },
  {
    id: 'audit-not-intact',
    when: { gauge: 'inlay_audit_not_intact', above: 0, forMinutes: 1 },
    does: 'page',
    runbook: 'An audit log is not what was sealed',
    firstStep: 'Change nothing in the database. Take a copy of it and of the seals noted in storage.',
  },
  {
    id: 'receivers-failing',
    when: { gauge: 'inlay_webhooks_out_failing', above: 10, forMinutes: 60 },
    does: 'ticket',
    runbook: 'Outgoing webhooks fail',
    firstStep: 'See whether they share a host. Deliveries are tried for 27 hours and can be replayed.',
  },
];

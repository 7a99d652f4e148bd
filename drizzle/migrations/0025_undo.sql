DROP INDEX "launches_at_work_index";--> statement-breakpoint
ALTER TABLE "launch_items" ADD COLUMN "undo" jsonb;--> statement-breakpoint
ALTER TABLE "launches" ADD COLUMN "undone_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "launches_at_work_index" ON "launches" USING btree ("updated_at") WHERE "launches"."state" in ('checking', 'running', 'cancelling', 'undoing');--> statement-breakpoint
-- Written by hand. An undo is work like any other: brought back by the minute's cron, and looked at again after its end.
CREATE OR REPLACE FUNCTION due_launches(p_now timestamptz) RETURNS TABLE (organization_id text, launch_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT l.organization_id, l.id FROM launches l WHERE l.state IN ('checking', 'running', 'cancelling', 'undoing') AND l.updated_at < p_now $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION due_sweeps(p_now timestamptz) RETURNS TABLE (organization_id text, launch_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT l.organization_id, l.id FROM launches l JOIN ad_accounts a ON a.id = l.account_id JOIN connections c ON c.id = a.connection_id
     WHERE l.next_sweep_at <= p_now AND l.state IN ('verified', 'active', 'needs_attention', 'cancelled', 'partly_undone', 'undone') AND c.status IN ('active', 'expiring') $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION operations_state(p_now timestamptz) RETURNS jsonb
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT jsonb_build_object(
       'deadLetters', (SELECT jsonb_build_object('open', count(*), 'groups', count(DISTINCT d.fingerprint)) FROM dead_letters d WHERE d.resolved_at IS NULL),
       'connections', (SELECT coalesce(jsonb_agg(jsonb_build_object('provider', c.provider, 'active', c.active, 'expiring', c.expiring, 'expired', c.expired, 'error', c.error) ORDER BY c.provider), '[]')
         FROM (SELECT provider, count(*) FILTER (WHERE status = 'active') AS active, count(*) FILTER (WHERE status = 'expiring') AS expiring,
                 count(*) FILTER (WHERE status = 'expired') AS expired, count(*) FILTER (WHERE status = 'error') AS error
               FROM connections GROUP BY provider) c),
       'mails', (SELECT jsonb_build_object('queued', count(*) FILTER (WHERE m.state = 'queued'),
           'failedToday', count(*) FILTER (WHERE m.state = 'failed' AND m.created_at > p_now - interval '1 day'))
         FROM mails m WHERE m.state = 'queued' OR m.created_at > p_now - interval '1 day'),
       'webhooks', jsonb_build_object('pending', (SELECT count(*) FROM webhook_deliveries d WHERE d.state = 'pending'),
         'failing', (SELECT count(*) FROM webhook_endpoints e WHERE e.failing_since IS NOT NULL)),
       'launches', (SELECT jsonb_build_object('running', count(DISTINCT l.id),
           'unclearItems', count(*) FILTER (WHERE i.state = 'SENDING' AND i.settle_until < p_now),
           'oldestUnclearSeconds', extract(epoch FROM p_now - min(i.settle_until) FILTER (WHERE i.state = 'SENDING' AND i.settle_until < p_now))::int,
           'items', (SELECT coalesce(jsonb_object_agg(s.state, s.n), '{}') FROM (SELECT j.state, count(*) AS n FROM launch_items j JOIN launches m ON m.id = j.launch_id
             WHERE m.state IN ('checking', 'running', 'cancelling', 'undoing') GROUP BY j.state) s))
         FROM launches l LEFT JOIN launch_items i ON i.launch_id = l.id WHERE l.state IN ('checking', 'running', 'cancelling', 'undoing')),
       'auditsNotIntact', (SELECT count(*) FROM audit_checks a WHERE NOT a.is_intact)) $$;

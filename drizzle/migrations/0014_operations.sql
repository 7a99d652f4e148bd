-- Written by hand: seals of the audit log, rewrapping of sealed values, operations and dead letters for staff.
ALTER TABLE "outbox" ADD COLUMN "trace" text;
--> statement-breakpoint
CREATE TABLE "audit_checks" (
	"organization_id" text PRIMARY KEY NOT NULL,
	"sealed_until" timestamp with time zone,
	"is_intact" boolean NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON audit_checks TO inlay_api;
--> statement-breakpoint
ALTER TABLE audit_checks ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE audit_checks FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON audit_checks TO inlay_api
  USING (organization_id = nullif(current_setting('app.organization_id', true), ''))
  WITH CHECK (organization_id = nullif(current_setting('app.organization_id', true), ''));
--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['audit_log', 'audit_seals', 'audit_checks', 'leads', 'oauth_states', 'webhook_endpoints', 'dead_letters', 'idempotency_keys'] LOOP
    EXECUTE format('GRANT SELECT ON %I TO inlay_router', t);
    CONTINUE WHEN EXISTS (SELECT FROM pg_policies p WHERE p.tablename = t AND p.policyname = 'router');
    EXECUTE format('CREATE POLICY router ON %I FOR SELECT TO inlay_router USING (true)', t);
  END LOOP;
  GRANT SELECT ON users, one_time_tokens, sign_in_states TO inlay_router;
END $$;
--> statement-breakpoint
-- Organizations with audit rows up to a time that no seal covers; 'none' and 'system' have rows of nobody's organization.
CREATE FUNCTION due_audit_seals(p_until timestamptz) RETURNS TABLE (organization_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT o.id FROM (SELECT id FROM organizations UNION ALL VALUES ('none'), ('system')) o
     CROSS JOIN LATERAL (SELECT a.at FROM audit_log a WHERE a.organization_id = o.id AND a.at <= p_until ORDER BY a.at DESC LIMIT 1) newest
     LEFT JOIN LATERAL (SELECT s.until_at FROM audit_seals s WHERE s.organization_id = o.id ORDER BY s.n DESC LIMIT 1) sealed ON true
     WHERE sealed.until_at IS NULL OR newest.at > sealed.until_at $$;
--> statement-breakpoint
CREATE FUNCTION sealed_organizations() RETURNS TABLE (organization_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT DISTINCT s.organization_id FROM audit_seals s $$;
--> statement-breakpoint
-- An audit row as it is hashed: one spelling, every column but the organization, which the seal names.
CREATE FUNCTION audit_row_text(a audit_log) RETURNS text LANGUAGE sql IMMUTABLE AS
  $$ SELECT jsonb_build_array(a.id, a.actor, a.via, a.action, a.object, a.detail, a.ip_hash, to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text $$;
--> statement-breakpoint
-- How many values are sealed under which key, 0 = from before values had keys of their own. Counts only: no value leaves.
CREATE FUNCTION sealed_versions() RETURNS TABLE (organization_id text, table_name text, column_name text, version int, n bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT v.organization_id, v.t, v.c, CASE split_part(v.value, '.', 1) WHEN 'v2' THEN split_part(v.value, '.', 2)::int WHEN 'v1' THEN 0 END, count(*)
     FROM (
       SELECT organization_id, 'connections' AS t, 'access_token' AS c, access_token AS value FROM connections
       UNION ALL SELECT organization_id, 'connections', 'refresh_token', refresh_token FROM connections
       UNION ALL SELECT organization_id, 'pages', 'access_token', access_token FROM pages
       UNION ALL SELECT organization_id, 'leads', 'contact', contact FROM leads
       UNION ALL SELECT organization_id, 'oauth_states', 'code_verifier', code_verifier FROM oauth_states
       UNION ALL SELECT organization_id, 'webhook_endpoints', 'secret', secret FROM webhook_endpoints
       UNION ALL SELECT organization_id, 'webhook_endpoints', 'previous_secret', previous_secret FROM webhook_endpoints
       UNION ALL SELECT organization_id, 'mails', 'sealed', sealed FROM mails
       UNION ALL SELECT organization_id, 'idempotency_keys', 'answer', answer FROM idempotency_keys
       UNION ALL SELECT organization_id, 'dead_letters', 'input', input->>'sealed' FROM dead_letters
       UNION ALL SELECT NULL, 'users', 'totp_secret', totp_secret FROM users
       UNION ALL SELECT NULL, 'one_time_tokens', 'payload', payload FROM one_time_tokens
       UNION ALL SELECT NULL, 'sign_in_states', 'code_verifier', code_verifier FROM sign_in_states
     ) v WHERE v.value IS NOT NULL GROUP BY 1, 2, 3, 4
     UNION ALL SELECT o.id, 'organizations', 'wrapped_data_key', o.key_version, 1 FROM organizations o $$;
--> statement-breakpoint
-- Organizations whose data key is not under the newest key yet: their values come first, their data key last.
CREATE FUNCTION due_rewraps(p_newest int) RETURNS TABLE (organization_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT o.id FROM organizations o WHERE o.key_version <> p_newest $$;
--> statement-breakpoint
-- Work that waits to be handed to a queue: how much, and since when.
CREATE FUNCTION outbox_state(p_now timestamptz) RETURNS TABLE (waiting bigint, oldest_seconds int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT count(*), extract(epoch FROM p_now - min(o.not_before))::int FROM outbox o WHERE o.published_at IS NULL AND o.not_before <= p_now $$;
--> statement-breakpoint
-- How the machine is, over all organizations: counts and ages, nothing of anybody's.
CREATE FUNCTION operations_state(p_now timestamptz) RETURNS jsonb
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
             WHERE m.state IN ('checking', 'running', 'cancelling') GROUP BY j.state) s))
         FROM launches l LEFT JOIN launch_items i ON i.launch_id = l.id WHERE l.state IN ('checking', 'running', 'cancelling')),
       'auditsNotIntact', (SELECT count(*) FROM audit_checks a WHERE NOT a.is_intact)) $$;
--> statement-breakpoint
CREATE FUNCTION dead_letter_groups() RETURNS TABLE (fingerprint text, job text, cause text, n bigint, organizations bigint, first_at timestamptz, last_at timestamptz, newest jsonb)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT d.fingerprint, min(d.job), (array_agg(d.cause ORDER BY d.at DESC))[1], count(*), count(DISTINCT d.organization_id), min(d.at), max(d.at),
       (SELECT jsonb_agg(jsonb_build_object('id', l.id, 'organizationId', l.organization_id, 'at', to_char(l.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'attempts', l.attempts))
        FROM (SELECT e.* FROM dead_letters e WHERE e.fingerprint = d.fingerprint AND e.resolved_at IS NULL ORDER BY e.at DESC LIMIT 5) l)
     FROM dead_letters d WHERE d.resolved_at IS NULL GROUP BY d.fingerprint ORDER BY max(d.at) DESC LIMIT 200 $$;
--> statement-breakpoint
-- Whose open letters are meant; what is in them is read behind their organization's walls. A null filter means any.
CREATE FUNCTION open_dead_letters(p_fingerprint text, p_id text, p_limit int) RETURNS TABLE (organization_id text, letter_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT d.organization_id, d.id FROM dead_letters d
     WHERE d.resolved_at IS NULL AND (p_fingerprint IS NULL OR d.fingerprint = p_fingerprint) AND (p_id IS NULL OR d.id = p_id)
     ORDER BY d.at, d.id LIMIT p_limit $$;
--> statement-breakpoint
DO $$ DECLARE f text; BEGIN
  EXECUTE format('GRANT inlay_router TO %I', current_user);
  GRANT CREATE ON SCHEMA public TO inlay_router;
  FOREACH f IN ARRAY ARRAY['due_audit_seals(timestamptz)', 'sealed_organizations()', 'sealed_versions()', 'due_rewraps(int)', 'outbox_state(timestamptz)', 'operations_state(timestamptz)', 'dead_letter_groups()', 'open_dead_letters(text, text, int)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO inlay_api', f);
    EXECUTE format('ALTER FUNCTION %s OWNER TO inlay_router', f);
  END LOOP;
  REVOKE CREATE ON SCHEMA public FROM inlay_router;
END $$;

-- When a mail may be tried next; moved forward by whoever takes it up, which is the claim. Null = at once.
ALTER TABLE "mails" ADD COLUMN "next_attempt_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "weekly_digest" boolean DEFAULT true NOT NULL;
--> statement-breakpoint
CREATE TABLE "digests" (
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"week" date NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "digests_organization_id_user_id_week_pk" PRIMARY KEY("organization_id","user_id","week")
);
--> statement-breakpoint
-- Written by hand, as in the first migration.
GRANT SELECT, INSERT, UPDATE, DELETE ON digests TO inlay_api;
--> statement-breakpoint
ALTER TABLE digests ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE digests FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON digests TO inlay_api
  USING (organization_id = nullif(current_setting('app.organization_id', true), ''))
  WITH CHECK (organization_id = nullif(current_setting('app.organization_id', true), ''));
--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['memberships', 'digests', 'data_exports'] LOOP
    EXECUTE format('GRANT SELECT ON %I TO inlay_router', t);
    IF NOT EXISTS (SELECT FROM pg_policies WHERE tablename = t AND policyname = 'router') THEN
      EXECUTE format('CREATE POLICY router ON %I FOR SELECT TO inlay_router USING (true)', t);
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION due_mails(p_before timestamptz, p_limit int) RETURNS TABLE (organization_id text, mail_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT m.organization_id, m.id FROM mails m WHERE m.state = 'queued' AND coalesce(m.next_attempt_at, m.created_at) < p_before
     ORDER BY m.created_at LIMIT p_limit $$;
--> statement-breakpoint
-- Members whose Monday morning has come where their organization is, who want the digest and had none this week.
CREATE FUNCTION due_digests(p_now timestamptz, p_roles text[]) RETURNS TABLE (organization_id text, user_id text, week date)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT m.organization_id, m.user_id, (p_now AT TIME ZONE o.timezone)::date FROM memberships m JOIN organizations o ON o.id = m.organization_id
     WHERE m.weekly_digest AND m.role = ANY (p_roles) AND o.deletion_due_at IS NULL
       AND extract(isodow FROM p_now AT TIME ZONE o.timezone) = 1 AND extract(hour FROM p_now AT TIME ZONE o.timezone) >= 8
       AND NOT EXISTS (SELECT FROM digests d WHERE d.organization_id = m.organization_id AND d.user_id = m.user_id AND d.week = (p_now AT TIME ZONE o.timezone)::date)
  $$;
--> statement-breakpoint
-- Copies whose time is over.
CREATE FUNCTION due_exports(p_now timestamptz) RETURNS TABLE (organization_id text, export_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT e.organization_id, e.id FROM data_exports e WHERE e.state = 'ready' AND e.expires_at <= p_now $$;
--> statement-breakpoint
-- Whose file is behind a signed address?
CREATE FUNCTION route_export(p_id text) RETURNS TABLE (organization_id text, export_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT e.organization_id, e.id FROM data_exports e WHERE e.id = p_id $$;
--> statement-breakpoint
DO $$ DECLARE f text; BEGIN
  EXECUTE format('GRANT inlay_router TO %I', current_user);
  GRANT CREATE ON SCHEMA public TO inlay_router;
  FOREACH f IN ARRAY ARRAY['due_mails(timestamptz, int)', 'due_digests(timestamptz, text[])', 'due_exports(timestamptz)', 'route_export(text)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO inlay_api', f);
    EXECUTE format('ALTER FUNCTION %s OWNER TO inlay_router', f);
  END LOOP;
  REVOKE CREATE ON SCHEMA public FROM inlay_router;
END $$;
--> statement-breakpoint
-- inlay_eraser owns what takes rows away across walls or out of append-only tables: three functions, each of which decides by itself what
-- may go. Nobody logs in as it.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'inlay_eraser') THEN CREATE ROLE inlay_eraser NOLOGIN; END IF;
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO inlay_eraser;
--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'applied_migrations' LOOP
    EXECUTE format('GRANT SELECT, DELETE ON %I TO inlay_eraser', t);
    IF (SELECT relrowsecurity FROM pg_class WHERE oid = format('public.%I', t)::regclass) THEN
      EXECUTE format('CREATE POLICY eraser ON %I TO inlay_eraser USING (true) WITH CHECK (true)', t);
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
GRANT UPDATE ON users, sessions, invitations, deletion_requests TO inlay_eraser;
--> statement-breakpoint
-- To hold an organization's owners still while one of them goes.
GRANT UPDATE (deletion_due_at) ON organizations TO inlay_eraser;
--> statement-breakpoint
-- Every row of an organization whose time to be deleted has come; counts by table. The wish itself stays as the proof. Repeatable.
CREATE FUNCTION erase_organization(p_request_id text, p_now timestamptz) RETURNS jsonb
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_org text; v_counts jsonb := '{}'; v_left text[]; v_stuck text[]; v_table text; v_rows bigint;
BEGIN
  SELECT r.subject INTO v_org FROM deletion_requests r
    WHERE r.id = p_request_id AND r.kind = 'organization' AND r.subject = r.organization_id AND r.due_at <= p_now AND r.cancelled_at IS NULL AND r.done_at IS NULL FOR UPDATE;
  IF v_org IS NULL THEN RAISE EXCEPTION 'no deletion is due under %', p_request_id USING ERRCODE = 'no_data_found'; END IF;
  UPDATE sessions SET organization_id = NULL, support_visit_id = NULL WHERE organization_id = v_org;
  SELECT array_agg(c.table_name::text) INTO v_left FROM information_schema.columns c JOIN pg_class k ON k.relname = c.table_name AND k.relnamespace = 'public'::regnamespace AND k.relkind = 'r'
    WHERE c.table_schema = 'public' AND c.column_name = 'organization_id' AND c.table_name NOT IN ('deletion_requests', 'sessions');
  -- A table that another one still points into waits for the next round.
  WHILE array_length(v_left, 1) > 0 LOOP
    v_stuck := '{}';
    FOREACH v_table IN ARRAY v_left LOOP
      BEGIN
        EXECUTE format('DELETE FROM %I WHERE organization_id = $1', v_table) USING v_org;
        GET DIAGNOSTICS v_rows = ROW_COUNT;
        IF v_rows > 0 THEN v_counts := v_counts || jsonb_build_object(v_table, v_rows); END IF;
      EXCEPTION WHEN foreign_key_violation THEN v_stuck := v_stuck || v_table;
      END;
    END LOOP;
    IF coalesce(array_length(v_stuck, 1), 0) = array_length(v_left, 1) THEN RAISE EXCEPTION 'rows point into each other: %', v_stuck; END IF;
    v_left := v_stuck;
  END LOOP;
  DELETE FROM organizations WHERE id = v_org;
  GET DIAGNOSTICS v_rows = ROW_COUNT;
  IF v_rows > 0 THEN v_counts := v_counts || jsonb_build_object('organizations', v_rows); END IF;
  RETURN v_counts;
END $$;
--> statement-breakpoint
-- A person whose time to be deleted has come: what proves them is gone, the account stays as a number that nobody can name, because audit
-- rows of organizations point at it. Refused while they alone own an organization. Repeatable.
CREATE FUNCTION erase_person(p_request_id text, p_now timestamptz) RETURNS jsonb
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_user text; v_key text; v_counts jsonb := '{}'; v_table text; v_rows bigint;
BEGIN
  SELECT r.subject INTO v_user FROM deletion_requests r
    WHERE r.id = p_request_id AND r.organization_id = 'none' AND r.kind = 'person' AND r.due_at <= p_now AND r.cancelled_at IS NULL AND r.done_at IS NULL FOR UPDATE;
  IF v_user IS NULL THEN RAISE EXCEPTION 'no deletion is due under %', p_request_id USING ERRCODE = 'no_data_found'; END IF;
  PERFORM FROM organizations o WHERE o.id IN (SELECT organization_id FROM memberships WHERE user_id = v_user AND role = 'owner') FOR SHARE;
  IF EXISTS (SELECT FROM memberships m WHERE m.user_id = v_user AND m.role = 'owner'
    AND NOT EXISTS (SELECT FROM memberships x WHERE x.organization_id = m.organization_id AND x.role = 'owner' AND x.user_id <> v_user)) THEN
    RAISE EXCEPTION 'the only owner of an organization' USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT email_key INTO v_key FROM users WHERE id = v_user;
  DELETE FROM refresh_tokens WHERE session_id IN (SELECT id FROM sessions WHERE user_id = v_user);
  DELETE FROM sign_in_failures WHERE email_key IN (v_key, v_user || '|codes');
  UPDATE invitations SET email = '', email_key = 'gone:' || id, revoked_at = coalesce(revoked_at, CASE WHEN accepted_at IS NULL THEN p_now END)
    WHERE email_key = v_key OR accepted_by = v_user;
  FOREACH v_table IN ARRAY ARRAY['sessions', 'authorization_codes', 'one_time_tokens', 'recovery_codes', 'totp_uses', 'sign_in_challenges', 'sign_in_states', 'external_identities', 'consents', 'memberships', 'oauth_states', 'digests', 'mails'] LOOP
    EXECUTE format('DELETE FROM %I WHERE user_id = $1', v_table) USING v_user;
    GET DIAGNOSTICS v_rows = ROW_COUNT;
    IF v_rows > 0 THEN v_counts := v_counts || jsonb_build_object(v_table, v_rows); END IF;
  END LOOP;
  UPDATE users SET email = '', email_key = 'gone:' || id, name = 'Deleted person', password_hash = NULL, totp_secret = NULL, totp_enabled_at = NULL,
    is_staff = false, disabled_at = coalesce(disabled_at, p_now) WHERE id = v_user;
  RETURN v_counts || jsonb_build_object('users', 1);
END $$;
--> statement-breakpoint
-- Rows whose time is over, some at a time. What counts as over stands here; how long it lasts, in worker/domains/privacy/retention.
CREATE FUNCTION purge_expired(p_table text, p_before timestamptz, p_limit int) RETURNS int
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE v_before timestamptz := least(p_before, now()); v_rows int;
BEGIN
  CASE p_table
    WHEN 'outbox' THEN DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE published_at < v_before LIMIT p_limit);
    WHEN 'inbox' THEN DELETE FROM inbox WHERE ctid IN (SELECT ctid FROM inbox WHERE at < v_before LIMIT p_limit);
    WHEN 'one_time_tokens' THEN DELETE FROM one_time_tokens WHERE hash IN (SELECT hash FROM one_time_tokens WHERE expires_at < v_before LIMIT p_limit);
    WHEN 'sign_in_challenges' THEN DELETE FROM sign_in_challenges WHERE hash IN (SELECT hash FROM sign_in_challenges WHERE expires_at < v_before LIMIT p_limit);
    WHEN 'sign_in_states' THEN DELETE FROM sign_in_states WHERE state_hash IN (SELECT state_hash FROM sign_in_states WHERE expires_at < v_before LIMIT p_limit);
    WHEN 'oauth_states' THEN DELETE FROM oauth_states WHERE state_hash IN (SELECT state_hash FROM oauth_states WHERE expires_at < v_before LIMIT p_limit);
    WHEN 'authorization_codes' THEN DELETE FROM authorization_codes WHERE hash IN (SELECT hash FROM authorization_codes WHERE expires_at < v_before LIMIT p_limit);
    WHEN 'refresh_tokens' THEN DELETE FROM refresh_tokens WHERE hash IN (SELECT t.hash FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id WHERE t.expires_at < v_before OR s.revoked_at < v_before LIMIT p_limit);
    WHEN 'sessions' THEN DELETE FROM sessions WHERE id IN (SELECT s.id FROM sessions s WHERE s.revoked_at < v_before AND NOT EXISTS (SELECT FROM refresh_tokens t WHERE t.session_id = s.id) LIMIT p_limit);
    WHEN 'totp_uses' THEN DELETE FROM totp_uses WHERE ctid IN (SELECT ctid FROM totp_uses WHERE at < v_before LIMIT p_limit);
    WHEN 'sign_in_failures' THEN DELETE FROM sign_in_failures WHERE email_key IN (SELECT email_key FROM sign_in_failures WHERE updated_at < v_before LIMIT p_limit);
    WHEN 'idempotency_keys' THEN DELETE FROM idempotency_keys WHERE ctid IN (SELECT ctid FROM idempotency_keys WHERE at < v_before LIMIT p_limit);
    WHEN 'webhook_attempts' THEN DELETE FROM webhook_attempts WHERE ctid IN (SELECT ctid FROM webhook_attempts WHERE at < v_before LIMIT p_limit);
    WHEN 'webhook_deliveries' THEN DELETE FROM webhook_attempts a USING webhook_deliveries d WHERE a.delivery_id = d.id AND d.id IN (SELECT id FROM webhook_deliveries WHERE created_at < v_before AND state <> 'pending' ORDER BY id LIMIT p_limit);
      DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries WHERE created_at < v_before AND state <> 'pending' ORDER BY id LIMIT p_limit);
    WHEN 'webhook_events' THEN DELETE FROM webhook_events WHERE id IN (SELECT e.id FROM webhook_events e WHERE e.at < v_before AND NOT EXISTS (SELECT FROM webhook_deliveries d WHERE d.event_id = e.id) LIMIT p_limit);
    WHEN 'mails' THEN DELETE FROM mails WHERE id IN (SELECT id FROM mails WHERE created_at < v_before AND state <> 'queued' LIMIT p_limit);
    WHEN 'digests' THEN DELETE FROM digests WHERE ctid IN (SELECT ctid FROM digests WHERE at < v_before LIMIT p_limit);
    WHEN 'dead_letters' THEN DELETE FROM dead_letters WHERE id IN (SELECT id FROM dead_letters WHERE resolved_at < v_before LIMIT p_limit);
    WHEN 'invitations' THEN DELETE FROM invitations WHERE id IN (SELECT id FROM invitations WHERE expires_at < v_before LIMIT p_limit);
    WHEN 'data_exports' THEN DELETE FROM data_exports WHERE id IN (SELECT id FROM data_exports WHERE state <> 'ready' AND created_at < v_before LIMIT p_limit);
    WHEN 'webhook_refusals' THEN DELETE FROM webhook_refusals WHERE ctid IN (SELECT ctid FROM webhook_refusals WHERE day < v_before::date LIMIT p_limit);
    WHEN 'platform_deletions' THEN DELETE FROM platform_deletions WHERE code IN (SELECT code FROM platform_deletions WHERE done_at < v_before LIMIT p_limit);
    WHEN 'deletion_requests' THEN DELETE FROM deletion_requests WHERE id IN (SELECT id FROM deletion_requests WHERE coalesce(done_at, cancelled_at) < v_before LIMIT p_limit);
    ELSE RAISE EXCEPTION 'nothing is said about how long rows of % are kept', p_table;
  END CASE;
  GET DIAGNOSTICS v_rows = ROW_COUNT;
  RETURN v_rows;
END $$;
--> statement-breakpoint
DO $$ DECLARE f text; BEGIN
  EXECUTE format('GRANT inlay_eraser TO %I', current_user);
  GRANT CREATE ON SCHEMA public TO inlay_eraser;
  FOREACH f IN ARRAY ARRAY['erase_organization(text, timestamptz)', 'erase_person(text, timestamptz)', 'purge_expired(text, timestamptz, int)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO inlay_api', f);
    EXECUTE format('ALTER FUNCTION %s OWNER TO inlay_eraser', f);
  END LOOP;
  REVOKE CREATE ON SCHEMA public FROM inlay_eraser;
END $$;

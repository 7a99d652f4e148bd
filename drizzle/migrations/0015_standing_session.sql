-- Who is behind a token, asked with every request: one function whose plans Postgres keeps, in place of a join that is planned anew each
-- time behind seven policies. It answers only for a session and its own person, and what it says is what that person may know anyway.
GRANT SELECT (id, user_id, organization_id, proven_at, last_seen_at, support_visit_id, revoked_at) ON sessions TO inlay_router;
--> statement-breakpoint
GRANT SELECT (id, disabled_at, is_staff) ON users TO inlay_router;
--> statement-breakpoint
GRANT SELECT (organization_id, user_id, role, client_id) ON memberships TO inlay_router;
--> statement-breakpoint
GRANT SELECT (id, organization_id, archived_at) ON clients TO inlay_router;
--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['sessions', 'memberships', 'clients'] LOOP
    IF NOT EXISTS (SELECT FROM pg_policies WHERE tablename = t AND policyname = 'router') THEN
      EXECUTE format('CREATE POLICY router ON %I FOR SELECT TO inlay_router USING (true)', t);
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
CREATE FUNCTION standing_session(p_session text, p_user text, p_now timestamptz)
  RETURNS TABLE (organization_id text, proven_at timestamptz, last_seen_at timestamptz, is_staff boolean, role text, client_id text, support_until timestamptz)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE v_visit text;
BEGIN
  SELECT s.organization_id, s.proven_at, s.last_seen_at, u.is_staff, s.support_visit_id
    INTO organization_id, proven_at, last_seen_at, is_staff, v_visit
    FROM sessions s JOIN users u ON u.id = s.user_id AND u.disabled_at IS NULL
    WHERE s.id = p_session AND s.user_id = p_user AND s.revoked_at IS NULL;
  IF NOT FOUND THEN RETURN; END IF;
  -- An archived client's logins lead nowhere.
  SELECT m.role, m.client_id INTO role, client_id
    FROM memberships m LEFT JOIN clients c ON c.id = m.client_id AND c.organization_id = m.organization_id
    WHERE m.user_id = p_user AND m.organization_id = standing_session.organization_id AND c.archived_at IS NULL;
  IF role IS NULL AND is_staff AND v_visit IS NOT NULL THEN
    SELECT v.expires_at INTO support_until
      FROM support_visits v JOIN support_grants g ON g.id = v.grant_id
      WHERE v.id = v_visit AND v.user_id = p_user AND v.organization_id = standing_session.organization_id
        AND v.expires_at > p_now AND v.ended_at IS NULL AND g.revoked_at IS NULL AND g.expires_at > p_now;
  END IF;
  RETURN NEXT;
END $$;
--> statement-breakpoint
DO $$ BEGIN
  EXECUTE format('GRANT inlay_router TO %I', current_user);
  GRANT CREATE ON SCHEMA public TO inlay_router;
  REVOKE ALL ON FUNCTION standing_session(text, text, timestamptz) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION standing_session(text, text, timestamptz) TO inlay_api;
  ALTER FUNCTION standing_session(text, text, timestamptz) OWNER TO inlay_router;
  REVOKE CREATE ON SCHEMA public FROM inlay_router;
END $$;

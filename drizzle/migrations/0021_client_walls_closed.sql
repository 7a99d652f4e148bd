-- Written by hand. The agency's own: how often its figures change, its copies and deletions, its connections under way. Nothing of it is a client's to read.
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['data_versions', 'data_exports', 'deletion_requests', 'audit_checks', 'oauth_states'] LOOP
    EXECUTE format($p$CREATE POLICY client ON %I AS RESTRICTIVE FOR SELECT TO inlay_api USING ((SELECT coalesce(current_setting('app.client_id', true), '')) = '')$p$, t);
  END LOOP;
END $$;

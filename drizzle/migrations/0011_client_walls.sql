ALTER TABLE "support_visits" ADD COLUMN "home_session_id" text;
--> statement-breakpoint
-- A client's login reads orders only where one of its own ad accounts was credited, and receipts only of its own accounts' launches.
-- Every policy here is down for everybody who is no client's login.
CREATE POLICY client ON orders AS RESTRICTIVE TO inlay_api
  USING ((SELECT coalesce(current_setting('app.client_id', true), '')) = '' OR EXISTS (SELECT FROM credits c WHERE c.order_id = orders.id));
--> statement-breakpoint
CREATE POLICY client ON launch_events AS RESTRICTIVE TO inlay_api
  USING ((SELECT coalesce(current_setting('app.client_id', true), '')) = '' OR EXISTS (SELECT FROM launches l WHERE l.id = launch_events.launch_id));
--> statement-breakpoint
CREATE POLICY client ON launch_attempts AS RESTRICTIVE TO inlay_api
  USING ((SELECT coalesce(current_setting('app.client_id', true), '')) = '' OR EXISTS (SELECT FROM launch_items i WHERE i.id = launch_attempts.item_id));
--> statement-breakpoint
CREATE POLICY client ON clients AS RESTRICTIVE TO inlay_api
  USING ((SELECT coalesce(current_setting('app.client_id', true), '')) = '' OR id = current_setting('app.client_id', true));
--> statement-breakpoint
CREATE POLICY client ON client_accounts AS RESTRICTIVE TO inlay_api
  USING ((SELECT coalesce(current_setting('app.client_id', true), '')) = '' OR client_id = current_setting('app.client_id', true));
--> statement-breakpoint
CREATE POLICY client ON memberships AS RESTRICTIVE TO inlay_api
  USING ((SELECT coalesce(current_setting('app.client_id', true), '')) = '' OR user_id = current_setting('app.user_id', true));
--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  -- The agency's own, and its customers' people: nothing of it is a client's to read.
  FOREACH t IN ARRAY ARRAY['people', 'person_keys', 'refunds', 'erasures', 'affiliate_programs', 'affiliate_program_rules', 'affiliates', 'affiliate_links', 'affiliate_clicks', 'affiliate_decisions', 'commission_postings', 'embed_keys', 'api_keys', 'invitations', 'support_grants', 'support_visits', 'audit_log', 'audit_seals', 'mails', 'dead_letters', 'pages', 'media'] LOOP
    EXECUTE format($p$CREATE POLICY client ON %I AS RESTRICTIVE FOR SELECT TO inlay_api USING ((SELECT coalesce(current_setting('app.client_id', true), '')) = '')$p$, t);
  END LOOP;
END $$;

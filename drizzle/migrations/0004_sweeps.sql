CREATE TABLE "stray_objects" (
	"organization_id" text NOT NULL,
	"account_id" text NOT NULL,
	"external_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"client_token" text NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"gone_at" timestamp with time zone,
	CONSTRAINT "stray_objects_organization_id_account_id_external_id_pk" PRIMARY KEY("organization_id","account_id","external_id")
);
--> statement-breakpoint
ALTER TABLE "ad_accounts" ADD COLUMN "next_listing_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "launches" ADD COLUMN "rested_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "launches" ADD COLUMN "next_sweep_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "ad_accounts_next_listing_at_index" ON "ad_accounts" USING btree ("next_listing_at");--> statement-breakpoint
CREATE INDEX "launches_next_sweep_at_index" ON "launches" USING btree ("next_sweep_at");
--> statement-breakpoint
-- Written by hand, as in the first migration. The looks of launches that ended within a day were promised to the queue: they are due now.
UPDATE launches SET rested_at = updated_at, next_sweep_at = now()
  WHERE state IN ('verified', 'active', 'needs_attention', 'cancelled') AND updated_at > now() - interval '1 day';
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON stray_objects TO inlay_api;
--> statement-breakpoint
ALTER TABLE stray_objects ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE stray_objects FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON stray_objects TO inlay_api
  USING (organization_id = nullif(current_setting('app.organization_id', true), ''))
  WITH CHECK (organization_id = nullif(current_setting('app.organization_id', true), ''));
--> statement-breakpoint
-- Looks that are due at launches nobody works on, and accounts to be listed, where the connection works. Ids only.
CREATE FUNCTION due_sweeps(p_now timestamptz) RETURNS TABLE (organization_id text, launch_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT l.organization_id, l.id FROM launches l JOIN ad_accounts a ON a.id = l.account_id JOIN connections c ON c.id = a.connection_id
     WHERE l.next_sweep_at <= p_now AND l.state IN ('verified', 'active', 'needs_attention', 'cancelled') AND c.status IN ('active', 'expiring') $$;
--> statement-breakpoint
CREATE FUNCTION due_listings(p_now timestamptz) RETURNS TABLE (organization_id text, account_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT a.organization_id, a.id FROM ad_accounts a JOIN connections c ON c.id = a.connection_id
     WHERE a.next_listing_at <= p_now AND c.status IN ('active', 'expiring') $$;
--> statement-breakpoint
DO $$ DECLARE f text; BEGIN
  EXECUTE format('GRANT inlay_router TO %I', current_user);
  GRANT CREATE ON SCHEMA public TO inlay_router;
  FOREACH f IN ARRAY ARRAY['due_sweeps(timestamptz)', 'due_listings(timestamptz)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO inlay_api', f);
    EXECUTE format('ALTER FUNCTION %s OWNER TO inlay_router', f);
  END LOOP;
  REVOKE CREATE ON SCHEMA public FROM inlay_router;
END $$;

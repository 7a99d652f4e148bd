CREATE TABLE "erasures" (
	"organization_id" text NOT NULL,
	"kind" text NOT NULL,
	"key_hash" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "erasures_organization_id_kind_key_hash_pk" PRIMARY KEY("organization_id","kind","key_hash")
);

--> statement-breakpoint
-- Written by hand, as in the first migration: walled by its organization, and nobody of ours takes an erasure back.
GRANT SELECT, INSERT ON erasures TO inlay_api;
--> statement-breakpoint
ALTER TABLE erasures ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE erasures FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON erasures TO inlay_api
  USING (organization_id = nullif(current_setting('app.organization_id', true), ''))
  WITH CHECK (organization_id = nullif(current_setting('app.organization_id', true), ''));
--> statement-breakpoint
-- Whose connection is or was this? A wish to be forgotten comes after the app was removed, too.
CREATE FUNCTION route_any_connection(p_provider text, p_external_id text) RETURNS TABLE (organization_id text, connection_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT c.organization_id, c.id FROM connections c WHERE c.provider = p_provider AND c.external_id = p_external_id $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION route_any_connection(text, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION route_any_connection(text, text) TO inlay_api;
--> statement-breakpoint
DO $$ BEGIN
  EXECUTE format('GRANT inlay_router TO %I', current_user);
  GRANT CREATE ON SCHEMA public TO inlay_router;
  ALTER FUNCTION route_any_connection(text, text) OWNER TO inlay_router;
  REVOKE CREATE ON SCHEMA public FROM inlay_router;
END $$;

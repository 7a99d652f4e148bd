-- Written by hand: seals of the audit log, rewrapping of sealed values, operations and dead letters for staff.
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
  FOREACH t IN ARRAY ARRAY['audit_log', 'audit_seals', 'audit_checks'] LOOP
    EXECUTE format('GRANT SELECT ON %I TO inlay_router', t);
    EXECUTE format('CREATE POLICY router ON %I FOR SELECT TO inlay_router USING (true)', t);
  END LOOP;
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
DO $$ DECLARE f text; BEGIN
  EXECUTE format('GRANT inlay_router TO %I', current_user);
  GRANT CREATE ON SCHEMA public TO inlay_router;
  FOREACH f IN ARRAY ARRAY['due_audit_seals(timestamptz)', 'sealed_organizations()'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO inlay_api', f);
    EXECUTE format('ALTER FUNCTION %s OWNER TO inlay_router', f);
  END LOOP;
  REVOKE CREATE ON SCHEMA public FROM inlay_router;
END $$;

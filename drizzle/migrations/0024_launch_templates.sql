CREATE TABLE "launch_template_versions" (
	"template_id" text NOT NULL,
	"version" integer NOT NULL,
	"organization_id" text NOT NULL,
	"content" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "launch_template_versions_template_id_version_pk" PRIMARY KEY("template_id","version")
);
--> statement-breakpoint
CREATE TABLE "launch_templates" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"owner_id" text,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "launch_template_versions" ADD CONSTRAINT "launch_template_versions_template_id_launch_templates_id_fk" FOREIGN KEY ("template_id") REFERENCES "public"."launch_templates"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "launch_templates_organization_id_name_index" ON "launch_templates" USING btree ("organization_id","name");
--> statement-breakpoint
-- Written by hand, as in the first migration. A version stays as it was written. Templates are the agency's own: nothing of them is a client's to read.
GRANT SELECT, INSERT, UPDATE, DELETE ON launch_templates TO inlay_api;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON launch_template_versions TO inlay_api;
--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['launch_templates', 'launch_template_versions'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I TO inlay_api USING (organization_id = nullif(current_setting('app.organization_id', true), '')) WITH CHECK (organization_id = nullif(current_setting('app.organization_id', true), ''))$p$, t);
    EXECUTE format($p$CREATE POLICY client ON %I AS RESTRICTIVE FOR SELECT TO inlay_api USING ((SELECT coalesce(current_setting('app.client_id', true), '')) = '')$p$, t);
    EXECUTE format('GRANT SELECT, DELETE ON %I TO inlay_eraser', t);
    EXECUTE format('CREATE POLICY eraser ON %I TO inlay_eraser USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;

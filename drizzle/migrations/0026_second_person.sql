CREATE TABLE "launch_approvals" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"launch_id" text NOT NULL,
	"plan_hash" text NOT NULL,
	"cap_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"asked_by" text,
	"asked_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	"decision" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "launch_corrections" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"launch_id" text NOT NULL,
	"item_id" text NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"fields" jsonb NOT NULL,
	"plan_hash_before" text NOT NULL,
	"plan_hash_after" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "spend_limits" (
	"organization_id" text NOT NULL,
	"currency" text NOT NULL,
	"second_person_above_minor" bigint,
	"account_daily_minor" bigint,
	"organization_daily_minor" bigint,
	"updated_by" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "spend_limits_organization_id_currency_pk" PRIMARY KEY("organization_id","currency")
);
--> statement-breakpoint
ALTER TABLE "launch_items" ADD COLUMN "accepted" jsonb;--> statement-breakpoint
ALTER TABLE "launches" ADD COLUMN "planner_id" text;--> statement-breakpoint
ALTER TABLE "launches" ADD COLUMN "approved_plan_hash" text;--> statement-breakpoint
ALTER TABLE "launch_approvals" ADD CONSTRAINT "launch_approvals_launch_id_launches_id_fk" FOREIGN KEY ("launch_id") REFERENCES "public"."launches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "launch_corrections" ADD CONSTRAINT "launch_corrections_launch_id_launches_id_fk" FOREIGN KEY ("launch_id") REFERENCES "public"."launches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "launch_corrections" ADD CONSTRAINT "launch_corrections_item_id_launch_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."launch_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "launch_approvals_launch_id_index" ON "launch_approvals" USING btree ("launch_id");--> statement-breakpoint
CREATE UNIQUE INDEX "launch_approvals_open_index" ON "launch_approvals" USING btree ("launch_id") WHERE "launch_approvals"."decision" is null;--> statement-breakpoint
CREATE INDEX "launch_corrections_launch_id_index" ON "launch_corrections" USING btree ("launch_id");--> statement-breakpoint
CREATE UNIQUE INDEX "launch_corrections_item_id_plan_hash_after_index" ON "launch_corrections" USING btree ("item_id","plan_hash_after");
--> statement-breakpoint
-- Written by hand, as in the first migration. What people stored themselves has its planner; what was approved was approved as it stands.
UPDATE launches SET planner_id = created_by WHERE created_by LIKE 'usr\_%';
--> statement-breakpoint
UPDATE launches SET approved_plan_hash = plan_hash WHERE approved_at IS NOT NULL;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON launch_approvals TO inlay_api;
--> statement-breakpoint
GRANT SELECT, INSERT ON launch_corrections TO inlay_api;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON spend_limits TO inlay_api;
--> statement-breakpoint
-- The agency's own: what it may spend, who decides, what was put right. Nothing of it is a client's to read.
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['launch_approvals', 'launch_corrections', 'spend_limits'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I TO inlay_api
      USING (organization_id = nullif(current_setting('app.organization_id', true), ''))
      WITH CHECK (organization_id = nullif(current_setting('app.organization_id', true), ''))$p$, t);
    EXECUTE format($p$CREATE POLICY client ON %I AS RESTRICTIVE TO inlay_api USING ((SELECT coalesce(current_setting('app.client_id', true), '')) = '')$p$, t);
    EXECUTE format('GRANT SELECT, DELETE ON %I TO inlay_eraser', t);
    EXECUTE format('CREATE POLICY eraser ON %I TO inlay_eraser USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;

ALTER TABLE "launch_items" ADD COLUMN "fingerprint" text;--> statement-breakpoint
ALTER TABLE "launches" ADD COLUMN "search_text" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "launch_items_fingerprint_index" ON "launch_items" USING btree ("organization_id","account_id","fingerprint") WHERE "launch_items"."fingerprint" is not null;--> statement-breakpoint
CREATE INDEX "launches_organization_id_account_id_id_index" ON "launches" USING btree ("organization_id","account_id","id");--> statement-breakpoint
CREATE INDEX "launches_organization_id_state_id_index" ON "launches" USING btree ("organization_id","state","id");--> statement-breakpoint
CREATE INDEX "launches_organization_id_created_by_id_index" ON "launches" USING btree ("organization_id","created_by","id");
--> statement-breakpoint
-- Written by hand. Launches of before are found by their name and concepts, too; accents count until they are launched again.
UPDATE launches SET search_text = lower(name || ' ' || coalesce((SELECT string_agg(c ->> 'name', ' ') FROM jsonb_array_elements(CASE WHEN jsonb_typeof(plan -> 'concepts') = 'array' THEN plan -> 'concepts' ELSE '[]' END) c), ''));

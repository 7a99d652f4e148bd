DROP INDEX "launch_items_state_settle_until_index";--> statement-breakpoint
DROP INDEX "launches_organization_id_created_at_index";--> statement-breakpoint
DROP INDEX "outbox_published_at_not_before_index";--> statement-breakpoint
CREATE INDEX "launches_organization_id_id_index" ON "launches" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "launches_at_work_index" ON "launches" USING btree ("updated_at") WHERE "launches"."state" in ('checking', 'running', 'cancelling');--> statement-breakpoint
CREATE INDEX "touches_unplaced_index" ON "touches" USING btree ("organization_id","ad_external_id") WHERE "touches"."account_id" is null;--> statement-breakpoint
CREATE INDEX "affiliate_links_organization_id_affiliate_id_index" ON "affiliate_links" USING btree ("organization_id","affiliate_id");--> statement-breakpoint
CREATE INDEX "embed_keys_origin_index" ON "embed_keys" USING btree ("origin");--> statement-breakpoint
CREATE INDEX "outbox_unpublished_index" ON "outbox" USING btree ("not_before") WHERE "outbox"."published_at" is null;
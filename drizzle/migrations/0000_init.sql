CREATE TABLE "audit_log" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"object" text,
	"detail" jsonb,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "authorization_codes" (
	"hash" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"client_id" text NOT NULL,
	"redirect_uri" text NOT NULL,
	"code_challenge" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"session_id" text
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_organization_id_user_id_pk" PRIMARY KEY("organization_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"currency" text NOT NULL,
	"timezone" text NOT NULL,
	"locale" text DEFAULT 'en' NOT NULL,
	"target_roas_milli" integer,
	"floor_roas_milli" integer,
	"attribution_window_days" integer DEFAULT 28 NOT NULL,
	"wrapped_data_key" text NOT NULL,
	"key_version" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "refresh_tokens" (
	"hash" text PRIMARY KEY NOT NULL,
	"session_id" text NOT NULL,
	"used_at" timestamp with time zone,
	"retry_hash" text,
	"sealed_reply" text,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"client" text NOT NULL,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	"revoked_reason" text
);
--> statement-breakpoint
CREATE TABLE "sign_in_failures" (
	"email_key" text PRIMARY KEY NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"blocked_until" timestamp with time zone,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"email_key" text NOT NULL,
	"password_hash" text NOT NULL,
	"name" text NOT NULL,
	"locale" text DEFAULT 'en' NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ad_accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"platform" text NOT NULL,
	"external_id" text NOT NULL,
	"name" text NOT NULL,
	"currency" text NOT NULL,
	"timezone" text NOT NULL,
	"status" text NOT NULL,
	"insights_synced_at" timestamp with time zone,
	"insights_from" text,
	"insights_to" text,
	"insights_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"provider" text NOT NULL,
	"external_id" text NOT NULL,
	"display_name" text NOT NULL,
	"status" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"scopes" jsonb NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"refresh_at" timestamp with time zone,
	"last_error" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "oauth_states" (
	"state_hash" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"session_id" text NOT NULL,
	"provider" text NOT NULL,
	"code_verifier" text,
	"shop" text,
	"return_to" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "pages" (
	"organization_id" text NOT NULL,
	"external_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"name" text NOT NULL,
	"access_token" text NOT NULL,
	"subscribed_at" timestamp with time zone,
	CONSTRAINT "pages_organization_id_external_id_pk" PRIMARY KEY("organization_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "account_media" (
	"organization_id" text NOT NULL,
	"account_id" text NOT NULL,
	"sha256" text NOT NULL,
	"external_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_media_organization_id_account_id_sha256_pk" PRIMARY KEY("organization_id","account_id","sha256")
);
--> statement-breakpoint
CREATE TABLE "launch_attempts" (
	"item_id" text NOT NULL,
	"n" integer NOT NULL,
	"organization_id" text NOT NULL,
	"request_hash" text NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"outcome" text,
	"platform_trace_id" text,
	"detail" jsonb,
	CONSTRAINT "launch_attempts_item_id_n_pk" PRIMARY KEY("item_id","n")
);
--> statement-breakpoint
CREATE TABLE "launch_events" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"launch_id" text NOT NULL,
	"item_id" text,
	"kind" text NOT NULL,
	"detail" jsonb,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "launch_items" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"launch_id" text NOT NULL,
	"account_id" text NOT NULL,
	"kind" text NOT NULL,
	"item_path" text NOT NULL,
	"position" integer NOT NULL,
	"parent_item_id" text,
	"depends_on" jsonb NOT NULL,
	"name" text NOT NULL,
	"spec" jsonb NOT NULL,
	"spec_hash" text NOT NULL,
	"client_token" text NOT NULL,
	"state" text NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"settle_until" timestamp with time zone,
	"not_before" timestamp with time zone,
	"searches" integer DEFAULT 0 NOT NULL,
	"last_search_at" timestamp with time zone,
	"flaky_retries" integer DEFAULT 0 NOT NULL,
	"external_id" text,
	"as_built" jsonb,
	"drift" jsonb,
	"validation" jsonb,
	"last_error" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "launches" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"account_id" text NOT NULL,
	"name" text NOT NULL,
	"plan" jsonb NOT NULL,
	"plan_hash" text NOT NULL,
	"state" text NOT NULL,
	"currency" text NOT NULL,
	"cap_minor" bigint NOT NULL,
	"created_by" text NOT NULL,
	"approved_by" text,
	"approved_at" timestamp with time zone,
	"activated_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone,
	"version" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "media" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"sha256" text,
	"file_name" text NOT NULL,
	"kind" text NOT NULL,
	"content_type" text NOT NULL,
	"bytes" bigint NOT NULL,
	"width" integer,
	"height" integer,
	"duration_ms" integer,
	"storage_key" text NOT NULL,
	"state" text NOT NULL,
	"refusal" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ad_days" (
	"organization_id" text NOT NULL,
	"account_id" text NOT NULL,
	"ad_external_id" text NOT NULL,
	"ad_set_external_id" text NOT NULL,
	"campaign_external_id" text NOT NULL,
	"day" date NOT NULL,
	"spend_minor" bigint NOT NULL,
	"impressions" integer NOT NULL,
	"clicks" integer NOT NULL,
	"claimed" jsonb,
	"synced_at" timestamp with time zone NOT NULL,
	CONSTRAINT "ad_days_organization_id_account_id_ad_external_id_day_pk" PRIMARY KEY("organization_id","account_id","ad_external_id","day")
);
--> statement-breakpoint
CREATE TABLE "ad_entities" (
	"organization_id" text NOT NULL,
	"account_id" text NOT NULL,
	"external_id" text NOT NULL,
	"kind" text NOT NULL,
	"campaign_external_id" text NOT NULL,
	"ad_set_external_id" text,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"status_raw" text NOT NULL,
	"synced_at" timestamp with time zone NOT NULL,
	CONSTRAINT "ad_entities_organization_id_account_id_external_id_pk" PRIMARY KEY("organization_id","account_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "credits" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"order_id" text NOT NULL,
	"model" text NOT NULL,
	"share" text NOT NULL,
	"touch_id" text,
	"person_id" text,
	"account_id" text,
	"ad_external_id" text,
	"ad_set_external_id" text,
	"campaign_external_id" text,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"touch_day" date,
	"cash_day" date NOT NULL,
	"posted_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "data_versions" (
	"organization_id" text PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"revenue_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "leads" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"source" text NOT NULL,
	"source_lead_id" text NOT NULL,
	"account_id" text,
	"page_external_id" text,
	"form_external_id" text,
	"form_name" text,
	"ad_external_id" text,
	"ad_set_external_id" text,
	"campaign_external_id" text,
	"person_id" text,
	"stage" text DEFAULT 'raw' NOT NULL,
	"is_test" boolean DEFAULT false NOT NULL,
	"backfilled" boolean DEFAULT false NOT NULL,
	"contact" text NOT NULL,
	"submitted_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"source" text NOT NULL,
	"shop" text NOT NULL,
	"source_order_id" text NOT NULL,
	"name" text NOT NULL,
	"source_updated_at" timestamp with time zone NOT NULL,
	"currency" text NOT NULL,
	"gross_minor" bigint NOT NULL,
	"net_minor" bigint NOT NULL,
	"lines" jsonb NOT NULL,
	"discount_codes" jsonb NOT NULL,
	"attributes" jsonb NOT NULL,
	"is_test" boolean NOT NULL,
	"financial_status" text NOT NULL,
	"person_id" text,
	"matched_by" text,
	"placed_at" timestamp with time zone NOT NULL,
	"cancelled_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"learned_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person_keys" (
	"organization_id" text NOT NULL,
	"kind" text NOT NULL,
	"key_hash" text NOT NULL,
	"person_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "person_keys_organization_id_kind_key_hash_pk" PRIMARY KEY("organization_id","kind","key_hash")
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"organization_id" text NOT NULL,
	"source" text NOT NULL,
	"shop" text NOT NULL,
	"source_refund_id" text NOT NULL,
	"source_order_id" text NOT NULL,
	"lines" jsonb NOT NULL,
	"adjustment_minor" bigint NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"learned_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refunds_organization_id_source_shop_source_refund_id_pk" PRIMARY KEY("organization_id","source","shop","source_refund_id")
);
--> statement-breakpoint
CREATE TABLE "touches" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"person_id" text NOT NULL,
	"kind" text NOT NULL,
	"account_id" text,
	"ad_external_id" text,
	"ad_set_external_id" text,
	"campaign_external_id" text,
	"occurred_at" timestamp with time zone NOT NULL,
	"source" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "affiliate_clicks" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"link_id" text NOT NULL,
	"kind" text NOT NULL,
	"duplicate" boolean DEFAULT false NOT NULL,
	"visitor_hash" text NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "affiliate_decisions" (
	"organization_id" text NOT NULL,
	"order_id" text NOT NULL,
	"program_id" text NOT NULL,
	"affiliate_id" text,
	"carrier" text,
	"receipt" jsonb NOT NULL,
	"decided_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "affiliate_decisions_organization_id_order_id_pk" PRIMARY KEY("organization_id","order_id")
);
--> statement-breakpoint
CREATE TABLE "affiliate_links" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"affiliate_id" text NOT NULL,
	"code" text NOT NULL,
	"destination" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "affiliate_programs" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"shop" text NOT NULL,
	"currency" text NOT NULL,
	"state" text NOT NULL,
	"rate_num" integer NOT NULL,
	"rate_den" integer NOT NULL,
	"window_days" integer DEFAULT 30 NOT NULL,
	"allowed_domains" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "affiliates" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"program_id" text NOT NULL,
	"name" text NOT NULL,
	"shop_customer_id" text,
	"coupon" text,
	"approved_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "commission_postings" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"affiliate_id" text NOT NULL,
	"order_id" text NOT NULL,
	"line_id" text NOT NULL,
	"cause" text NOT NULL,
	"base_minor" bigint NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"posted_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "embed_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"public_key" text NOT NULL,
	"kind" text NOT NULL,
	"origin" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dead_letters" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"job" text NOT NULL,
	"input" jsonb NOT NULL,
	"cause" text NOT NULL,
	"fingerprint" text NOT NULL,
	"attempts" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"resolved_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"organization_id" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"response" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_organization_id_key_pk" PRIMARY KEY("organization_id","key")
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"organization_id" text NOT NULL,
	"source" text NOT NULL,
	"event_id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inbox_organization_id_source_event_id_pk" PRIMARY KEY("organization_id","source","event_id")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"job" text NOT NULL,
	"input" jsonb NOT NULL,
	"not_before" timestamp with time zone NOT NULL,
	"published_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_refusals" (
	"source" text NOT NULL,
	"reason" text NOT NULL,
	"day" date NOT NULL,
	"n" integer NOT NULL,
	CONSTRAINT "webhook_refusals_source_reason_day_pk" PRIMARY KEY("source","reason","day")
);
--> statement-breakpoint
ALTER TABLE "authorization_codes" ADD CONSTRAINT "authorization_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ad_accounts" ADD CONSTRAINT "ad_accounts_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "launch_attempts" ADD CONSTRAINT "launch_attempts_item_id_launch_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."launch_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "launch_events" ADD CONSTRAINT "launch_events_launch_id_launches_id_fk" FOREIGN KEY ("launch_id") REFERENCES "public"."launches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "launch_items" ADD CONSTRAINT "launch_items_launch_id_launches_id_fk" FOREIGN KEY ("launch_id") REFERENCES "public"."launches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credits" ADD CONSTRAINT "credits_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_keys" ADD CONSTRAINT "person_keys_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "touches" ADD CONSTRAINT "touches_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "affiliate_links" ADD CONSTRAINT "affiliate_links_affiliate_id_affiliates_id_fk" FOREIGN KEY ("affiliate_id") REFERENCES "public"."affiliates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "affiliates" ADD CONSTRAINT "affiliates_program_id_affiliate_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."affiliate_programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_organization_id_at_index" ON "audit_log" USING btree ("organization_id","at");--> statement-breakpoint
CREATE INDEX "memberships_user_id_index" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "refresh_tokens_session_id_index" ON "refresh_tokens" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "sessions_user_id_index" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key_index" ON "users" USING btree ("email_key");--> statement-breakpoint
CREATE UNIQUE INDEX "ad_accounts_organization_id_platform_external_id_index" ON "ad_accounts" USING btree ("organization_id","platform","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "connections_organization_id_provider_external_id_index" ON "connections" USING btree ("organization_id","provider","external_id");--> statement-breakpoint
CREATE INDEX "connections_provider_external_id_index" ON "connections" USING btree ("provider","external_id");--> statement-breakpoint
CREATE INDEX "connections_refresh_at_index" ON "connections" USING btree ("refresh_at");--> statement-breakpoint
CREATE INDEX "pages_external_id_index" ON "pages" USING btree ("external_id");--> statement-breakpoint
CREATE INDEX "launch_events_launch_id_at_index" ON "launch_events" USING btree ("launch_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "launch_items_client_token_index" ON "launch_items" USING btree ("client_token");--> statement-breakpoint
CREATE UNIQUE INDEX "launch_items_launch_id_item_path_kind_index" ON "launch_items" USING btree ("launch_id","item_path","kind");--> statement-breakpoint
CREATE INDEX "launch_items_launch_id_state_index" ON "launch_items" USING btree ("launch_id","state");--> statement-breakpoint
CREATE INDEX "launch_items_state_settle_until_index" ON "launch_items" USING btree ("state","settle_until");--> statement-breakpoint
CREATE INDEX "launches_organization_id_created_at_index" ON "launches" USING btree ("organization_id","created_at");--> statement-breakpoint
CREATE INDEX "media_organization_id_sha256_index" ON "media" USING btree ("organization_id","sha256");--> statement-breakpoint
CREATE INDEX "ad_days_organization_id_account_id_day_index" ON "ad_days" USING btree ("organization_id","account_id","day");--> statement-breakpoint
CREATE INDEX "ad_entities_organization_id_account_id_kind_index" ON "ad_entities" USING btree ("organization_id","account_id","kind");--> statement-breakpoint
CREATE INDEX "credits_order_id_index" ON "credits" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "credits_organization_id_account_id_ad_external_id_index" ON "credits" USING btree ("organization_id","account_id","ad_external_id");--> statement-breakpoint
CREATE INDEX "credits_organization_id_cash_day_index" ON "credits" USING btree ("organization_id","cash_day");--> statement-breakpoint
CREATE UNIQUE INDEX "leads_organization_id_source_source_lead_id_index" ON "leads" USING btree ("organization_id","source","source_lead_id");--> statement-breakpoint
CREATE INDEX "leads_organization_id_submitted_at_index" ON "leads" USING btree ("organization_id","submitted_at");--> statement-breakpoint
CREATE INDEX "leads_person_id_index" ON "leads" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "leads_organization_id_ad_external_id_index" ON "leads" USING btree ("organization_id","ad_external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_organization_id_source_shop_source_order_id_index" ON "orders" USING btree ("organization_id","source","shop","source_order_id");--> statement-breakpoint
CREATE INDEX "orders_organization_id_placed_at_index" ON "orders" USING btree ("organization_id","placed_at");--> statement-breakpoint
CREATE INDEX "orders_person_id_index" ON "orders" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "person_keys_person_id_index" ON "person_keys" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "refunds_organization_id_shop_source_order_id_index" ON "refunds" USING btree ("organization_id","shop","source_order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "touches_organization_id_source_index" ON "touches" USING btree ("organization_id","source");--> statement-breakpoint
CREATE INDEX "touches_organization_id_person_id_occurred_at_index" ON "touches" USING btree ("organization_id","person_id","occurred_at");--> statement-breakpoint
CREATE INDEX "affiliate_clicks_organization_id_link_id_occurred_at_index" ON "affiliate_clicks" USING btree ("organization_id","link_id","occurred_at");--> statement-breakpoint
CREATE INDEX "affiliate_decisions_organization_id_affiliate_id_index" ON "affiliate_decisions" USING btree ("organization_id","affiliate_id");--> statement-breakpoint
CREATE UNIQUE INDEX "affiliate_links_code_index" ON "affiliate_links" USING btree ("code");--> statement-breakpoint
CREATE UNIQUE INDEX "affiliate_programs_organization_id_shop_index" ON "affiliate_programs" USING btree ("organization_id","shop");--> statement-breakpoint
CREATE UNIQUE INDEX "affiliates_organization_id_program_id_coupon_index" ON "affiliates" USING btree ("organization_id","program_id","coupon");--> statement-breakpoint
CREATE INDEX "affiliates_organization_id_shop_customer_id_index" ON "affiliates" USING btree ("organization_id","shop_customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "commission_postings_organization_id_order_id_line_id_cause_index" ON "commission_postings" USING btree ("organization_id","order_id","line_id","cause");--> statement-breakpoint
CREATE INDEX "commission_postings_organization_id_affiliate_id_index" ON "commission_postings" USING btree ("organization_id","affiliate_id");--> statement-breakpoint
CREATE UNIQUE INDEX "embed_keys_public_key_index" ON "embed_keys" USING btree ("public_key");--> statement-breakpoint
CREATE INDEX "dead_letters_fingerprint_index" ON "dead_letters" USING btree ("fingerprint");--> statement-breakpoint
CREATE INDEX "outbox_published_at_not_before_index" ON "outbox" USING btree ("published_at","not_before");--> statement-breakpoint
-- Walls. Everything below is written by hand: drizzle-kit knows neither FORCE, nor roles, nor definer functions.
--
-- inlay_api    the Worker's login. Owns nothing, cannot bypass row level security.
-- inlay_router owns a few narrow functions that answer "whose is this?" before an organization is known.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'inlay_api') THEN CREATE ROLE inlay_api LOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'inlay_router') THEN CREATE ROLE inlay_router NOLOGIN; END IF;
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO inlay_api, inlay_router;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO inlay_api;
--> statement-breakpoint
-- Append only: no role of ours may rewrite history.
REVOKE UPDATE, DELETE ON audit_log, credits, commission_postings, launch_events FROM inlay_api;
--> statement-breakpoint
-- Every table that names its organization is walled by it; a test lists tables and fails on one that is not.
DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'organization_id' AND table_name NOT IN ('sessions', 'authorization_codes', 'memberships') LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I TO inlay_api USING (organization_id = nullif(current_setting('app.organization_id', true), '')) WITH CHECK (organization_id = nullif(current_setting('app.organization_id', true), ''))$p$, t);
  END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE organizations ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE organizations FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON organizations TO inlay_api USING (id = nullif(current_setting('app.organization_id', true), '')) WITH CHECK (id = nullif(current_setting('app.organization_id', true), ''));
--> statement-breakpoint
-- A person sees the memberships of the organization they are in, and their own wherever they are.
ALTER TABLE memberships ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE memberships FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON memberships TO inlay_api
  USING (organization_id = nullif(current_setting('app.organization_id', true), '') OR user_id = nullif(current_setting('app.user_id', true), ''))
  WITH CHECK (organization_id = nullif(current_setting('app.organization_id', true), ''));
--> statement-breakpoint
-- Sessions and codes belong to a person and are looked up by a secret's hash before anybody is known; their organization is where
-- the person works, not whose row it is. Written as a policy so that no table with an organization stands without one.
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY person ON sessions TO inlay_api USING (true) WITH CHECK (true);
--> statement-breakpoint
ALTER TABLE authorization_codes ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE authorization_codes FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY person ON authorization_codes TO inlay_api USING (true) WITH CHECK (true);
--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['connections', 'pages', 'ad_accounts', 'launches', 'launch_items', 'outbox', 'affiliate_links', 'affiliates', 'affiliate_programs', 'embed_keys', 'organizations'] LOOP
    EXECUTE format('GRANT SELECT ON %I TO inlay_router', t);
    EXECUTE format('CREATE POLICY router ON %I FOR SELECT TO inlay_router USING (true)', t);
  END LOOP;
END $$;
--> statement-breakpoint
-- Whose connection is this? Revoked ones answer nothing.
CREATE FUNCTION route_connection(p_provider text, p_external_id text) RETURNS TABLE (organization_id text, connection_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT c.organization_id, c.id FROM connections c WHERE c.provider = p_provider AND c.external_id = p_external_id AND c.status <> 'revoked' $$;
--> statement-breakpoint
CREATE FUNCTION route_page(p_page_id text) RETURNS TABLE (organization_id text, connection_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT p.organization_id, p.connection_id FROM pages p JOIN connections c ON c.id = p.connection_id WHERE p.external_id = p_page_id AND c.status <> 'revoked' $$;
--> statement-breakpoint
CREATE FUNCTION route_affiliate_link(p_code text) RETURNS TABLE (organization_id text, link_id text, destination text, open boolean, window_days int, allowed_domains jsonb)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT l.organization_id, l.id, l.destination, l.active AND a.approved_at IS NOT NULL AND g.state = 'open', g.window_days, g.allowed_domains
     FROM affiliate_links l JOIN affiliates a ON a.id = l.affiliate_id JOIN affiliate_programs g ON g.id = a.program_id WHERE l.code = p_code $$;
--> statement-breakpoint
CREATE FUNCTION route_embed_key(p_public_key text) RETURNS TABLE (organization_id text, kind text, origin text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT k.organization_id, k.kind, k.origin FROM embed_keys k WHERE k.public_key = p_public_key AND k.active $$;
--> statement-breakpoint
-- Is any widget allowed on this page origin? Answers a browser's preflight, which carries no key.
CREATE FUNCTION route_embed_origin(p_origin text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT EXISTS (SELECT FROM embed_keys k WHERE k.origin = p_origin AND k.active) $$;
--> statement-breakpoint
-- Work for the minute's sweep: ids only; the work itself runs inside the organization's walls.
CREATE FUNCTION due_outbox(p_before timestamptz, p_limit int) RETURNS TABLE (organization_id text, id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT o.organization_id, o.id FROM outbox o WHERE o.published_at IS NULL AND o.not_before < p_before ORDER BY o.id LIMIT p_limit $$;
--> statement-breakpoint
CREATE FUNCTION due_launches(p_now timestamptz) RETURNS TABLE (organization_id text, launch_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT l.organization_id, l.id FROM launches l WHERE l.state IN ('checking', 'running', 'cancelling') AND l.updated_at < p_now $$;
--> statement-breakpoint
CREATE FUNCTION due_connections(p_now timestamptz) RETURNS TABLE (organization_id text, connection_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT c.organization_id, c.id FROM connections c WHERE c.refresh_at <= p_now AND c.status IN ('active', 'expiring') $$;
--> statement-breakpoint
CREATE FUNCTION due_ad_accounts(p_synced_before timestamptz) RETURNS TABLE (organization_id text, account_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT a.organization_id, a.id FROM ad_accounts a JOIN connections c ON c.id = a.connection_id
     WHERE c.status IN ('active', 'expiring') AND (a.insights_synced_at IS NULL OR a.insights_synced_at < p_synced_before) $$;
--> statement-breakpoint
DO $$ DECLARE f text; BEGIN
  FOREACH f IN ARRAY ARRAY['route_connection(text, text)', 'route_page(text)', 'route_affiliate_link(text)', 'route_embed_key(text)', 'route_embed_origin(text)', 'due_outbox(timestamptz, int)', 'due_launches(timestamptz)', 'due_connections(timestamptz)', 'due_ad_accounts(timestamptz)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO inlay_api', f);
    EXECUTE format('GRANT inlay_router TO %I', current_user);
    EXECUTE format('GRANT CREATE ON SCHEMA public TO inlay_router');
    EXECUTE format('ALTER FUNCTION %s OWNER TO inlay_router', f);
    EXECUTE format('REVOKE CREATE ON SCHEMA public FROM inlay_router');
  END LOOP;
END $$;
--> statement-breakpoint
-- Conservation: at commit, the postings of an order add up to its net, for every model that has postings.
CREATE FUNCTION credits_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE v_order text; v_net bigint; v_bad record;
BEGIN
  IF TG_TABLE_NAME = 'orders' THEN v_order := NEW.id; ELSE v_order := NEW.order_id; END IF;
  SELECT net_minor INTO v_net FROM orders WHERE id = v_order;
  SELECT c.model, sum(c.amount_minor) AS posted INTO v_bad FROM credits c WHERE c.order_id = v_order GROUP BY c.model HAVING sum(c.amount_minor) <> v_net LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'credits of order % under model % add up to %, its net is %', v_order, v_bad.model, v_bad.posted, v_net USING ERRCODE = 'check_violation';
  END IF;
  IF v_net <> 0 AND NOT EXISTS (SELECT FROM credits c WHERE c.order_id = v_order) THEN
    RAISE EXCEPTION 'order % has a net of % and no credits', v_order, v_net USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER credits_balance AFTER INSERT ON credits DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION credits_balance();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER orders_balance AFTER INSERT OR UPDATE OF net_minor ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION credits_balance();

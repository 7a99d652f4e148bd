-- Written by hand: columns and the look-up that machines need.
ALTER TABLE "idempotency_keys" ADD COLUMN "answer" text;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD COLUMN "took_effect" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD COLUMN "claimed_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD COLUMN "by_hand" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD COLUMN "rest_until" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_pending_index" ON "webhook_deliveries" USING btree ("endpoint_id","next_attempt_at") WHERE "webhook_deliveries"."state" = 'pending';--> statement-breakpoint
-- Endpoints with something to send, the longest waiting first: one line for each, however much waits there.
CREATE FUNCTION due_endpoints(p_now timestamptz, p_limit int) RETURNS TABLE (organization_id text, endpoint_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT d.organization_id, d.endpoint_id FROM webhook_deliveries d WHERE d.state = 'pending' AND d.next_attempt_at <= p_now
     GROUP BY d.organization_id, d.endpoint_id ORDER BY min(d.next_attempt_at) LIMIT p_limit $$;
--> statement-breakpoint
DO $$ BEGIN
  EXECUTE format('GRANT inlay_router TO %I', current_user);
  GRANT CREATE ON SCHEMA public TO inlay_router;
  REVOKE ALL ON FUNCTION due_endpoints(timestamptz, int) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION due_endpoints(timestamptz, int) TO inlay_api;
  ALTER FUNCTION due_endpoints(timestamptz, int) OWNER TO inlay_router;
  REVOKE CREATE ON SCHEMA public FROM inlay_router;
END $$;

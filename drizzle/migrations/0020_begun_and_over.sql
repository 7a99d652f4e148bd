ALTER TABLE "sign_in_states" ADD COLUMN "beginning" jsonb;--> statement-breakpoint
ALTER TABLE "deletion_requests" ADD COLUMN "begun_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "refresh_tokens_expires_at_index" ON "refresh_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sessions_revoked_index" ON "sessions" USING btree ("revoked_at") WHERE "sessions"."revoked_at" is not null;--> statement-breakpoint
CREATE INDEX "sign_in_failures_updated_at_index" ON "sign_in_failures" USING btree ("updated_at");--> statement-breakpoint
CREATE INDEX "idempotency_keys_at_index" ON "idempotency_keys" USING btree ("at");--> statement-breakpoint
CREATE INDEX "inbox_at_index" ON "inbox" USING btree ("at");--> statement-breakpoint
CREATE INDEX "outbox_published_index" ON "outbox" USING btree ("published_at") WHERE "outbox"."published_at" is not null;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_event_id_index" ON "webhook_deliveries" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_over_index" ON "webhook_deliveries" USING btree ("created_at") WHERE "webhook_deliveries"."state" <> 'pending';--> statement-breakpoint
CREATE INDEX "webhook_events_at_index" ON "webhook_events" USING btree ("at");--> statement-breakpoint
-- Written by hand. As before, but what is over of refresh tokens is found by indexes.
CREATE OR REPLACE FUNCTION purge_expired(p_table text, p_before timestamptz, p_limit int) RETURNS int
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE v_before timestamptz := least(p_before, now()); v_rows int; v_more int;
BEGIN
  CASE p_table
    WHEN 'outbox' THEN DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE published_at < v_before LIMIT p_limit);
    WHEN 'inbox' THEN DELETE FROM inbox WHERE ctid IN (SELECT ctid FROM inbox WHERE at < v_before LIMIT p_limit);
    WHEN 'one_time_tokens' THEN DELETE FROM one_time_tokens WHERE hash IN (SELECT hash FROM one_time_tokens WHERE expires_at < v_before LIMIT p_limit);
    WHEN 'sign_in_challenges' THEN DELETE FROM sign_in_challenges WHERE hash IN (SELECT hash FROM sign_in_challenges WHERE expires_at < v_before LIMIT p_limit);
    WHEN 'sign_in_states' THEN DELETE FROM sign_in_states WHERE state_hash IN (SELECT state_hash FROM sign_in_states WHERE expires_at < v_before LIMIT p_limit);
    WHEN 'oauth_states' THEN DELETE FROM oauth_states WHERE state_hash IN (SELECT state_hash FROM oauth_states WHERE expires_at < v_before LIMIT p_limit);
    WHEN 'authorization_codes' THEN DELETE FROM authorization_codes WHERE hash IN (SELECT hash FROM authorization_codes WHERE expires_at < v_before LIMIT p_limit);
    WHEN 'refresh_tokens' THEN
      -- Each way by an index of its own; one condition over both tables would read all of them, every hour.
      DELETE FROM refresh_tokens WHERE hash IN (SELECT hash FROM refresh_tokens WHERE expires_at < v_before LIMIT p_limit);
      GET DIAGNOSTICS v_rows = ROW_COUNT;
      IF v_rows < p_limit THEN
        DELETE FROM refresh_tokens WHERE hash IN (SELECT t.hash FROM sessions s JOIN refresh_tokens t ON t.session_id = s.id WHERE s.revoked_at < v_before LIMIT p_limit - v_rows);
        GET DIAGNOSTICS v_more = ROW_COUNT;
        RETURN v_rows + v_more;
      END IF;
    WHEN 'sessions' THEN DELETE FROM sessions WHERE id IN (SELECT s.id FROM sessions s WHERE s.revoked_at < v_before AND NOT EXISTS (SELECT FROM refresh_tokens t WHERE t.session_id = s.id) LIMIT p_limit);
    WHEN 'totp_uses' THEN DELETE FROM totp_uses WHERE ctid IN (SELECT ctid FROM totp_uses WHERE at < v_before LIMIT p_limit);
    WHEN 'sign_in_failures' THEN DELETE FROM sign_in_failures WHERE email_key IN (SELECT email_key FROM sign_in_failures WHERE updated_at < v_before LIMIT p_limit);
    WHEN 'idempotency_keys' THEN DELETE FROM idempotency_keys WHERE ctid IN (SELECT ctid FROM idempotency_keys WHERE at < v_before LIMIT p_limit);
    WHEN 'webhook_attempts' THEN DELETE FROM webhook_attempts WHERE ctid IN (SELECT ctid FROM webhook_attempts WHERE at < v_before LIMIT p_limit);
    WHEN 'webhook_deliveries' THEN DELETE FROM webhook_attempts a USING webhook_deliveries d WHERE a.delivery_id = d.id AND d.id IN (SELECT id FROM webhook_deliveries WHERE created_at < v_before AND state <> 'pending' ORDER BY id LIMIT p_limit);
      DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries WHERE created_at < v_before AND state <> 'pending' ORDER BY id LIMIT p_limit);
    WHEN 'webhook_events' THEN DELETE FROM webhook_events WHERE id IN (SELECT e.id FROM webhook_events e WHERE e.at < v_before AND NOT EXISTS (SELECT FROM webhook_deliveries d WHERE d.event_id = e.id) LIMIT p_limit);
    WHEN 'mails' THEN DELETE FROM mails WHERE id IN (SELECT id FROM mails WHERE created_at < v_before AND state <> 'queued' LIMIT p_limit);
    WHEN 'digests' THEN DELETE FROM digests WHERE ctid IN (SELECT ctid FROM digests WHERE at < v_before LIMIT p_limit);
    WHEN 'dead_letters' THEN DELETE FROM dead_letters WHERE id IN (SELECT id FROM dead_letters WHERE resolved_at < v_before LIMIT p_limit);
    WHEN 'invitations' THEN DELETE FROM invitations WHERE id IN (SELECT id FROM invitations WHERE expires_at < v_before LIMIT p_limit);
    WHEN 'data_exports' THEN DELETE FROM data_exports WHERE id IN (SELECT id FROM data_exports WHERE state <> 'ready' AND created_at < v_before LIMIT p_limit);
    WHEN 'webhook_refusals' THEN DELETE FROM webhook_refusals WHERE ctid IN (SELECT ctid FROM webhook_refusals WHERE day < v_before::date LIMIT p_limit);
    WHEN 'platform_deletions' THEN DELETE FROM platform_deletions WHERE code IN (SELECT code FROM platform_deletions WHERE done_at < v_before LIMIT p_limit);
    WHEN 'deletion_requests' THEN DELETE FROM deletion_requests WHERE id IN (SELECT id FROM deletion_requests WHERE coalesce(done_at, cancelled_at) < v_before LIMIT p_limit);
    ELSE RAISE EXCEPTION 'nothing is said about how long rows of % are kept', p_table;
  END CASE;
  GET DIAGNOSTICS v_rows = ROW_COUNT;
  RETURN v_rows;
END $$;

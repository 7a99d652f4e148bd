-- A code for the extension hands on how long ago its person proved who they are; a sign-in at a provider that links it belongs to a session.
ALTER TABLE "authorization_codes" ADD COLUMN "proven_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sign_in_states" ADD COLUMN "session_id" text;

ALTER TABLE "launch_attempts" ADD COLUMN "visible_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "launch_attempts" ADD COLUMN "visible_by" text;
ALTER TABLE "connections" ADD COLUMN "records_from" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "records_read_at" timestamp with time zone;
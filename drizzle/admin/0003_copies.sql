CREATE TABLE `kept_databases` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`tenant_id` int unsigned NOT NULL,
	`nombre_db` varchar(64) NOT NULL,
	`generation` int NOT NULL,
	`server_id` int NOT NULL,
	`why` varchar(8) NOT NULL,
	`kept_at` datetime(3) NOT NULL,
	`kept_until` datetime(3) NOT NULL,
	`dropped_at` datetime(3),
	CONSTRAINT `kept_databases_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `servers` (
	`id` int NOT NULL,
	`name` varchar(60) NOT NULL,
	`status` varchar(8) NOT NULL,
	`capacity` int NOT NULL DEFAULT 1000,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `servers_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `tenant_keys` (
	`tenant_id` int unsigned NOT NULL,
	`uid` char(36) NOT NULL,
	`recipient` varchar(120) NOT NULL,
	`wrapped_identity` text NOT NULL,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `tenant_keys_tenant_id` PRIMARY KEY(`tenant_id`)
);
--> statement-breakpoint
CREATE TABLE `work_leases` (
	`name` varchar(64) NOT NULL,
	`owner` varchar(64) NOT NULL,
	`lease_until` datetime(3) NOT NULL,
	CONSTRAINT `work_leases_name` PRIMARY KEY(`name`)
);
--> statement-breakpoint
ALTER TABLE `backups` ADD `nombre_db` varchar(64) NOT NULL;--> statement-breakpoint
ALTER TABLE `backups` ADD `server_id` int DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `backups` ADD `schema_version` int DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `backups` ADD `dumped_on` date NOT NULL;--> statement-breakpoint
ALTER TABLE `backups` ADD `sha256` char(64);--> statement-breakpoint
ALTER TABLE `backups` ADD `binlog_file` varchar(80);--> statement-breakpoint
ALTER TABLE `backups` ADD `binlog_offset` bigint;--> statement-breakpoint
ALTER TABLE `backups` ADD `duration_ms` int;--> statement-breakpoint
ALTER TABLE `backups` ADD `is_local` boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `job_runs` ADD `log` text;--> statement-breakpoint
ALTER TABLE `tenants` ADD `busy_until` datetime(3);--> statement-breakpoint
ALTER TABLE `tenants` ADD `busy_reason` varchar(40);--> statement-breakpoint
CREATE INDEX `kept_databases_until` ON `kept_databases` (`kept_until`);--> statement-breakpoint
CREATE INDEX `backups_of_night` ON `backups` (`night`);
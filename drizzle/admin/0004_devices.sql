CREATE TABLE `devices` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`tenant_id` int unsigned NOT NULL,
	`token_hash` char(64) NOT NULL,
	`name` varchar(60) NOT NULL,
	`register_id` int unsigned NOT NULL,
	`generation` int NOT NULL,
	`staff_id` int unsigned,
	`unlocked_at` datetime(3),
	`created_at` datetime(3) NOT NULL,
	`created_by` int unsigned,
	`last_seen_at` datetime(3) NOT NULL,
	`sold_count` int NOT NULL DEFAULT 0,
	`waiting_count` int NOT NULL DEFAULT 0,
	`oldest_waiting_at` datetime(3),
	`revoked_at` datetime(3),
	CONSTRAINT `devices_id` PRIMARY KEY(`id`),
	CONSTRAINT `devices_token` UNIQUE(`token_hash`)
);
--> statement-breakpoint
CREATE TABLE `pin_failures` (
	`device_id` int unsigned NOT NULL,
	`staff_id` int unsigned NOT NULL,
	`failures` int NOT NULL,
	`blocked_until` datetime(3),
	`last_at` datetime(3) NOT NULL,
	CONSTRAINT `pin_failures_device_id_staff_id_pk` PRIMARY KEY(`device_id`,`staff_id`)
);
--> statement-breakpoint
ALTER TABLE `devices` ADD CONSTRAINT `devices_tenant_id_tenants_id_fk` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `devices` ADD CONSTRAINT `devices_created_by_users_id_fk` FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `pin_failures` ADD CONSTRAINT `pin_failures_device_id_devices_id_fk` FOREIGN KEY (`device_id`) REFERENCES `devices`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `devices_tenant` ON `devices` (`tenant_id`,`register_id`);
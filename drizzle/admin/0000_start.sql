CREATE TABLE `email_confirmations` (
	`token_hash` char(64) NOT NULL,
	`user_id` int unsigned NOT NULL,
	`email` varchar(254) NOT NULL,
	`expires_at` datetime(3) NOT NULL,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `email_confirmations_token_hash` PRIMARY KEY(`token_hash`)
);
--> statement-breakpoint
CREATE TABLE `job_runs` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`job` varchar(64) NOT NULL,
	`tenant_id` int unsigned NOT NULL DEFAULT 0,
	`due_at` datetime(3) NOT NULL,
	`status` varchar(8) NOT NULL,
	`owner` varchar(64),
	`attempts` int NOT NULL DEFAULT 0,
	`lease_until` datetime(3),
	`heartbeat_at` datetime(3),
	`started_at` datetime(3),
	`finished_at` datetime(3),
	`error` text,
	CONSTRAINT `job_runs_id` PRIMARY KEY(`id`),
	CONSTRAINT `job_runs_once` UNIQUE(`job`,`tenant_id`,`due_at`)
);
--> statement-breakpoint
CREATE TABLE `memberships` (
	`user_id` int unsigned NOT NULL,
	`tenant_id` int unsigned NOT NULL,
	`staff_id` int unsigned NOT NULL,
	CONSTRAINT `memberships_user_id_tenant_id_pk` PRIMARY KEY(`user_id`,`tenant_id`)
);
--> statement-breakpoint
CREATE TABLE `password_resets` (
	`token_hash` char(64) NOT NULL,
	`user_id` int unsigned NOT NULL,
	`email` varchar(254) NOT NULL,
	`expires_at` datetime(3) NOT NULL,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `password_resets_token_hash` PRIMARY KEY(`token_hash`)
);
--> statement-breakpoint
CREATE TABLE `plans` (
	`code` varchar(32) NOT NULL,
	`name` varchar(60) NOT NULL,
	`kind` varchar(8) NOT NULL,
	`position` int NOT NULL,
	`trial_days` int,
	`trial_sales` int,
	`trial_rule` varchar(16),
	`trial_max_days` int,
	`price_monthly_centimos` int,
	`price_yearly_centimos` int,
	`branches` int,
	`registers` int,
	`staff` int,
	`products` int,
	CONSTRAINT `plans_code` PRIMARY KEY(`code`)
);
--> statement-breakpoint
CREATE TABLE `rate_limits` (
	`key_hash` char(64) NOT NULL,
	`hits` int NOT NULL,
	`window_ends_at` datetime(3) NOT NULL,
	CONSTRAINT `rate_limits_key_hash` PRIMARY KEY(`key_hash`)
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` char(64) NOT NULL,
	`user_id` int unsigned NOT NULL,
	`tenant_id` int unsigned NOT NULL,
	`expires_at` datetime(3) NOT NULL,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `sessions_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `tenants` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`uid` char(36) NOT NULL,
	`generation` int NOT NULL DEFAULT 1,
	`nombre_db` varchar(64) NOT NULL,
	`business_name` varchar(120),
	`rubro` varchar(32),
	`status` varchar(16) NOT NULL,
	`plan` varchar(32),
	`trial_started_at` datetime(3),
	`trial_ends_at` datetime(3),
	`paid_until` datetime(3),
	`server_id` int NOT NULL DEFAULT 1,
	`schema_version` int NOT NULL DEFAULT 0,
	`lease_until` datetime(3),
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `tenants_id` PRIMARY KEY(`id`),
	CONSTRAINT `tenants_uid` UNIQUE(`uid`),
	CONSTRAINT `tenants_nombre_db` UNIQUE(`nombre_db`)
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`email` varchar(254) NOT NULL,
	`password_hash` varchar(255) NOT NULL,
	`email_confirmed_at` datetime(3),
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `users_id` PRIMARY KEY(`id`),
	CONSTRAINT `users_email` UNIQUE(`email`)
);
--> statement-breakpoint
ALTER TABLE `email_confirmations` ADD CONSTRAINT `email_confirmations_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `memberships` ADD CONSTRAINT `memberships_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `memberships` ADD CONSTRAINT `memberships_tenant_id_tenants_id_fk` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `password_resets` ADD CONSTRAINT `password_resets_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `sessions` ADD CONSTRAINT `sessions_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `sessions` ADD CONSTRAINT `sessions_tenant_id_tenants_id_fk` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `tenants` ADD CONSTRAINT `tenants_plan_plans_code_fk` FOREIGN KEY (`plan`) REFERENCES `plans`(`code`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `email_confirmations_user` ON `email_confirmations` (`user_id`);--> statement-breakpoint
CREATE INDEX `job_runs_status` ON `job_runs` (`status`,`id`);--> statement-breakpoint
CREATE INDEX `memberships_tenant` ON `memberships` (`tenant_id`);--> statement-breakpoint
CREATE INDEX `password_resets_user` ON `password_resets` (`user_id`);--> statement-breakpoint
CREATE INDEX `rate_limits_window` ON `rate_limits` (`window_ends_at`);--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_expires` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE INDEX `tenants_status` ON `tenants` (`status`,`id`);
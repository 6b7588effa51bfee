CREATE TABLE `audit_log` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`at` datetime(3) NOT NULL,
	`operator_id` int unsigned,
	`user_id` int unsigned,
	`tenant_id` int unsigned,
	`act` varchar(60) NOT NULL,
	`reason` varchar(300),
	`detail` json,
	`address` varchar(45),
	CONSTRAINT `audit_log_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `backups` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`tenant_id` int unsigned NOT NULL,
	`uid` char(36) NOT NULL,
	`generation` int NOT NULL,
	`night` date NOT NULL,
	`kind` varchar(8) NOT NULL,
	`status` varchar(8) NOT NULL,
	`taken_at` datetime(3) NOT NULL,
	`content_hash` char(64),
	`sales_made` int,
	`sales_centimos` bigint,
	`bytes` bigint,
	`verified_at` datetime(3),
	`uploaded_at` datetime(3),
	`problem` varchar(500),
	CONSTRAINT `backups_id` PRIMARY KEY(`id`),
	CONSTRAINT `backups_night` UNIQUE(`tenant_id`,`night`,`uid`,`generation`)
);
--> statement-breakpoint
CREATE TABLE `complaint_answers` (
	`complaint_id` int unsigned NOT NULL,
	`operator_id` int unsigned NOT NULL,
	`answered_at` datetime(3) NOT NULL,
	`answer` text NOT NULL,
	CONSTRAINT `complaint_answers_complaint_id` PRIMARY KEY(`complaint_id`)
);
--> statement-breakpoint
CREATE TABLE `complaint_mails` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`complaint_id` int unsigned NOT NULL,
	`kind` varchar(8) NOT NULL,
	`accepted_at` datetime(3) NOT NULL,
	CONSTRAINT `complaint_mails_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `complaints` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`year` int NOT NULL,
	`number` int NOT NULL,
	`request_key` char(36) NOT NULL,
	`received_at` datetime(3) NOT NULL,
	`answer_by` date NOT NULL,
	`kind` varchar(8) NOT NULL,
	`consumer_name` varchar(150) NOT NULL,
	`consumer_address` varchar(200) NOT NULL,
	`document_type` varchar(10) NOT NULL,
	`document_number` varchar(15) NOT NULL,
	`phone` varchar(20) NOT NULL,
	`email` varchar(254) NOT NULL,
	`guardian_name` varchar(150),
	`item` varchar(8) NOT NULL,
	`item_description` varchar(300) NOT NULL,
	`amount_centimos` int,
	`detail` text NOT NULL,
	`request` text NOT NULL,
	`provider` varchar(250) NOT NULL,
	CONSTRAINT `complaints_id` PRIMARY KEY(`id`),
	CONSTRAINT `complaints_number` UNIQUE(`year`,`number`),
	CONSTRAINT `complaints_request` UNIQUE(`request_key`)
);
--> statement-breakpoint
CREATE TABLE `daily_counts` (
	`day` date NOT NULL,
	`name` varchar(40) NOT NULL,
	`tenant_id` int unsigned NOT NULL DEFAULT 0,
	`count` int NOT NULL,
	CONSTRAINT `daily_counts_day_name_tenant_id_pk` PRIMARY KEY(`day`,`name`,`tenant_id`)
);
--> statement-breakpoint
CREATE TABLE `exports` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`tenant_id` int unsigned NOT NULL,
	`user_id` int unsigned NOT NULL,
	`session_id` char(64) NOT NULL,
	`status` varchar(8) NOT NULL,
	`done_parts` int NOT NULL DEFAULT 0,
	`all_parts` int NOT NULL DEFAULT 0,
	`file_name` varchar(120),
	`bytes` bigint,
	`problem` varchar(300),
	`lease_until` datetime(3),
	`created_at` datetime(3) NOT NULL,
	`finished_at` datetime(3),
	`expires_at` datetime(3),
	CONSTRAINT `exports_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `files` (
	`id` char(64) NOT NULL,
	`type` varchar(40) NOT NULL,
	`bytes` mediumblob NOT NULL,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `files_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `notices` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`tenant_id` int unsigned NOT NULL,
	`kind` varchar(24) NOT NULL,
	`about` varchar(40) NOT NULL,
	`attempts` int NOT NULL DEFAULT 0,
	`created_at` datetime(3) NOT NULL,
	`accepted_at` datetime(3),
	`error` varchar(300),
	CONSTRAINT `notices_id` PRIMARY KEY(`id`),
	CONSTRAINT `notices_once` UNIQUE(`tenant_id`,`kind`,`about`)
);
--> statement-breakpoint
CREATE TABLE `operator_recovery_codes` (
	`code_hash` char(64) NOT NULL,
	`operator_id` int unsigned NOT NULL,
	`used_at` datetime(3),
	CONSTRAINT `operator_recovery_codes_code_hash` PRIMARY KEY(`code_hash`)
);
--> statement-breakpoint
CREATE TABLE `operator_sessions` (
	`id` char(64) NOT NULL,
	`operator_id` int unsigned NOT NULL,
	`created_at` datetime(3) NOT NULL,
	`last_seen_at` datetime(3) NOT NULL,
	CONSTRAINT `operator_sessions_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `operators` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`name` varchar(80) NOT NULL,
	`email` varchar(254) NOT NULL,
	`password_hash` varchar(255) NOT NULL,
	`totp_secret` varchar(255) NOT NULL,
	`totp_last_step` bigint NOT NULL DEFAULT 0,
	`active` boolean NOT NULL DEFAULT true,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `operators_id` PRIMARY KEY(`id`),
	CONSTRAINT `operators_email` UNIQUE(`email`)
);
--> statement-breakpoint
CREATE TABLE `payments` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`tenant_id` int unsigned NOT NULL,
	`reference` char(36) NOT NULL,
	`plan` varchar(32) NOT NULL,
	`plan_name` varchar(60) NOT NULL,
	`period` varchar(5) NOT NULL,
	`price_centimos` int NOT NULL,
	`credit_centimos` int NOT NULL DEFAULT 0,
	`amount_centimos` int NOT NULL,
	`currency` char(3) NOT NULL DEFAULT 'PEN',
	`covers_from` datetime(3),
	`covers_until` datetime(3),
	`method` varchar(12) NOT NULL,
	`status` varchar(12) NOT NULL,
	`operation_number` varchar(40),
	`picture_id` char(64),
	`document` varchar(8) NOT NULL,
	`document_number` varchar(15),
	`document_name` varchar(150),
	`document_address` varchar(200),
	`invoice_number` varchar(20),
	`user_id` int unsigned,
	`declared_at` datetime(3),
	`decided_at` datetime(3),
	`operator_id` int unsigned,
	`reason` varchar(300),
	`external_id` varchar(64),
	`checkout_url` varchar(500),
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `payments_id` PRIMARY KEY(`id`),
	CONSTRAINT `payments_reference` UNIQUE(`reference`),
	CONSTRAINT `payments_external` UNIQUE(`external_id`)
);
--> statement-breakpoint
CREATE TABLE `queue_marks` (
	`tenant_id` int unsigned NOT NULL,
	`queue` varchar(24) NOT NULL,
	`about` varchar(40) NOT NULL,
	`operator_id` int unsigned NOT NULL,
	`marked_at` datetime(3) NOT NULL,
	CONSTRAINT `queue_marks_tenant_id_queue_about_pk` PRIMARY KEY(`tenant_id`,`queue`,`about`)
);
--> statement-breakpoint
CREATE TABLE `subscriptions` (
	`tenant_id` int unsigned NOT NULL,
	`plan` varchar(32) NOT NULL,
	`period` varchar(5) NOT NULL,
	`provider` varchar(12) NOT NULL,
	`external_id` varchar(64),
	`status` varchar(10) NOT NULL,
	`document` varchar(8) NOT NULL,
	`document_number` varchar(15),
	`document_name` varchar(150),
	`document_address` varchar(200),
	`cancelled_at` datetime(3),
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `subscriptions_tenant_id` PRIMARY KEY(`tenant_id`)
);
--> statement-breakpoint
CREATE TABLE `support_grants` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`tenant_id` int unsigned NOT NULL,
	`granted_by` int unsigned NOT NULL,
	`granted_at` datetime(3) NOT NULL,
	`expires_at` datetime(3) NOT NULL,
	`ended_at` datetime(3),
	`account_dropped_at` datetime(3),
	`operator_id` int unsigned,
	`entered_at` datetime(3),
	`last_seen_at` datetime(3),
	`code_hash` char(64),
	`session_hash` char(64),
	CONSTRAINT `support_grants_id` PRIMARY KEY(`id`),
	CONSTRAINT `support_grants_code` UNIQUE(`code_hash`),
	CONSTRAINT `support_grants_session` UNIQUE(`session_hash`)
);
--> statement-breakpoint
CREATE TABLE `tenant_stats` (
	`tenant_id` int unsigned NOT NULL,
	`refreshed_at` datetime(3) NOT NULL,
	`setup_step` int NOT NULL DEFAULT 0,
	`owner_name` varchar(80) NOT NULL DEFAULT '',
	`owner_email` varchar(254) NOT NULL DEFAULT '',
	`whatsapp` varchar(20),
	`branches` int NOT NULL DEFAULT 0,
	`registers` int NOT NULL DEFAULT 0,
	`staff` int NOT NULL DEFAULT 0,
	`products` int NOT NULL DEFAULT 0,
	`sales_made` int NOT NULL DEFAULT 0,
	`sales_centimos` bigint NOT NULL DEFAULT 0,
	`sales_7_days` int NOT NULL DEFAULT 0,
	`first_sale_at` datetime(3),
	`last_sale_at` datetime(3),
	`trial_sales_used_up_at` datetime(3),
	`database_bytes` bigint NOT NULL DEFAULT 0,
	CONSTRAINT `tenant_stats_tenant_id` PRIMARY KEY(`tenant_id`)
);
--> statement-breakpoint
CREATE TABLE `webhook_events` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`provider` varchar(12) NOT NULL,
	`topic` varchar(40) NOT NULL,
	`resource_id` varchar(64) NOT NULL,
	`request_id` varchar(100) NOT NULL,
	`signed_at` datetime(3),
	`received_at` datetime(3) NOT NULL,
	`status` varchar(8) NOT NULL,
	`attempts` int NOT NULL DEFAULT 0,
	`next_attempt_at` datetime(3),
	`error` varchar(500),
	`processed_at` datetime(3),
	CONSTRAINT `webhook_events_id` PRIMARY KEY(`id`),
	CONSTRAINT `webhook_events_once` UNIQUE(`provider`,`topic`,`resource_id`,`request_id`)
);
--> statement-breakpoint
ALTER TABLE `plans` ADD `retired_at` datetime(3);--> statement-breakpoint
ALTER TABLE `tenants` ADD `provisional_until` datetime(3);--> statement-breakpoint
ALTER TABLE `tenants` ADD `extended_until` datetime(3);--> statement-breakpoint
ALTER TABLE `tenants` ADD `extension_taken_at` datetime(3);--> statement-breakpoint
ALTER TABLE `tenants` ADD `suspended_at` datetime(3);--> statement-breakpoint
ALTER TABLE `tenants` ADD `closed_at` datetime(3);--> statement-breakpoint
ALTER TABLE `tenants` ADD `strip_hidden_on` date;--> statement-breakpoint
ALTER TABLE `tenants` ADD `flags` varchar(120) DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `complaint_answers` ADD CONSTRAINT `complaint_answers_complaint_id_complaints_id_fk` FOREIGN KEY (`complaint_id`) REFERENCES `complaints`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `complaint_mails` ADD CONSTRAINT `complaint_mails_complaint_id_complaints_id_fk` FOREIGN KEY (`complaint_id`) REFERENCES `complaints`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `operator_recovery_codes` ADD CONSTRAINT `operator_recovery_codes_operator_id_operators_id_fk` FOREIGN KEY (`operator_id`) REFERENCES `operators`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `operator_sessions` ADD CONSTRAINT `operator_sessions_operator_id_operators_id_fk` FOREIGN KEY (`operator_id`) REFERENCES `operators`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `payments` ADD CONSTRAINT `payments_tenant_id_tenants_id_fk` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `payments` ADD CONSTRAINT `payments_plan_plans_code_fk` FOREIGN KEY (`plan`) REFERENCES `plans`(`code`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `payments` ADD CONSTRAINT `payments_picture_id_files_id_fk` FOREIGN KEY (`picture_id`) REFERENCES `files`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `subscriptions` ADD CONSTRAINT `subscriptions_tenant_id_tenants_id_fk` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `subscriptions` ADD CONSTRAINT `subscriptions_plan_plans_code_fk` FOREIGN KEY (`plan`) REFERENCES `plans`(`code`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `tenant_stats` ADD CONSTRAINT `tenant_stats_tenant_id_tenants_id_fk` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `audit_log_tenant` ON `audit_log` (`tenant_id`,`id`);--> statement-breakpoint
CREATE INDEX `audit_log_at` ON `audit_log` (`at`);--> statement-breakpoint
CREATE INDEX `backups_verified` ON `backups` (`tenant_id`,`verified_at`);--> statement-breakpoint
CREATE INDEX `exports_tenant` ON `exports` (`tenant_id`,`id`);--> statement-breakpoint
CREATE INDEX `exports_status` ON `exports` (`status`,`id`);--> statement-breakpoint
CREATE INDEX `operator_recovery_codes_operator` ON `operator_recovery_codes` (`operator_id`);--> statement-breakpoint
CREATE INDEX `operator_sessions_seen` ON `operator_sessions` (`last_seen_at`);--> statement-breakpoint
CREATE INDEX `payments_tenant` ON `payments` (`tenant_id`,`id`);--> statement-breakpoint
CREATE INDEX `payments_status` ON `payments` (`status`,`created_at`);--> statement-breakpoint
CREATE INDEX `subscriptions_external` ON `subscriptions` (`external_id`);--> statement-breakpoint
CREATE INDEX `support_grants_tenant` ON `support_grants` (`tenant_id`,`id`);--> statement-breakpoint
CREATE INDEX `tenant_stats_refreshed` ON `tenant_stats` (`refreshed_at`);--> statement-breakpoint
CREATE INDEX `webhook_events_status` ON `webhook_events` (`status`,`next_attempt_at`);
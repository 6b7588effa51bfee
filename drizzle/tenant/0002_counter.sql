-- reads_from: 0.1.0
CREATE TABLE `sale_returns` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`sale_id` int unsigned NOT NULL,
	`request_key` char(36) NOT NULL,
	`staff_id` int unsigned NOT NULL,
	`granted_by` int unsigned,
	`cash_session_id` int unsigned NOT NULL,
	`method` varchar(12) NOT NULL,
	`total_centimos` bigint NOT NULL,
	`rounding_centimos` bigint NOT NULL,
	`igv_centimos` bigint NOT NULL,
	`reason` varchar(120) NOT NULL,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `sale_returns_id` PRIMARY KEY(`id`),
	CONSTRAINT `sale_returns_request_key` UNIQUE(`request_key`),
	INDEX `sale_returns_sale` (`sale_id`),
	INDEX `sale_returns_session` (`cash_session_id`),
	INDEX `sale_returns_created` (`created_at`),
	CONSTRAINT `sale_returns_sale_id_sales_id_fk` FOREIGN KEY (`sale_id`) REFERENCES `sales`(`id`),
	CONSTRAINT `sale_returns_staff_id_staff_id_fk` FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`),
	CONSTRAINT `sale_returns_granted_by_staff_id_fk` FOREIGN KEY (`granted_by`) REFERENCES `staff`(`id`),
	CONSTRAINT `sale_returns_cash_session_id_cash_sessions_id_fk` FOREIGN KEY (`cash_session_id`) REFERENCES `cash_sessions`(`id`)
);
--> statement-breakpoint
CREATE TABLE `cash_counts` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`cash_session_id` int unsigned NOT NULL,
	`request_key` char(36) NOT NULL,
	`kind` varchar(8) NOT NULL,
	`pieces` longtext NOT NULL,
	`cash_centimos` bigint NOT NULL,
	`expected_centimos` bigint NOT NULL,
	`staff_id` int unsigned NOT NULL,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `cash_counts_id` PRIMARY KEY(`id`),
	CONSTRAINT `cash_counts_request_key` UNIQUE(`request_key`),
	INDEX `cash_counts_session` (`cash_session_id`),
	CONSTRAINT `cash_counts_cash_session_id_cash_sessions_id_fk` FOREIGN KEY (`cash_session_id`) REFERENCES `cash_sessions`(`id`),
	CONSTRAINT `cash_counts_staff_id_staff_id_fk` FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`)
);
--> statement-breakpoint
CREATE TABLE `audit_events` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`act` varchar(24) NOT NULL,
	`staff_id` int unsigned,
	`granted_by` int unsigned,
	`device_id` int unsigned,
	`register_id` int unsigned,
	`cash_session_id` int unsigned,
	`sale_id` int unsigned,
	`amount_centimos` bigint,
	`detail` longtext,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `audit_events_id` PRIMARY KEY(`id`),
	INDEX `audit_events_created` (`created_at`),
	INDEX `audit_events_staff` (`staff_id`,`created_at`),
	INDEX `audit_events_sale` (`sale_id`),
	CONSTRAINT `audit_events_staff_id_staff_id_fk` FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`),
	CONSTRAINT `audit_events_granted_by_staff_id_fk` FOREIGN KEY (`granted_by`) REFERENCES `staff`(`id`)
);
--> statement-breakpoint
CREATE TABLE `cash_closes` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`cash_session_id` int unsigned NOT NULL,
	`request_key` char(36) NOT NULL,
	`count_id` int unsigned NOT NULL,
	`expected_centimos` bigint NOT NULL,
	`counted_centimos` bigint NOT NULL,
	`methods` longtext NOT NULL,
	`explanations` longtext NOT NULL,
	`left_centimos` bigint NOT NULL,
	`handed_centimos` bigint NOT NULL,
	`handed_to` varchar(80),
	`chickens` longtext,
	`report` longtext NOT NULL,
	`skipped_devices` longtext,
	`staff_id` int unsigned NOT NULL,
	`accepted_by` int unsigned,
	`created_at` datetime(3) NOT NULL,
	`mailed_at` datetime(3),
	CONSTRAINT `cash_closes_id` PRIMARY KEY(`id`),
	CONSTRAINT `cash_closes_session` UNIQUE(`cash_session_id`),
	CONSTRAINT `cash_closes_request_key` UNIQUE(`request_key`),
	INDEX `cash_closes_created` (`created_at`),
	CONSTRAINT `cash_closes_cash_session_id_cash_sessions_id_fk` FOREIGN KEY (`cash_session_id`) REFERENCES `cash_sessions`(`id`),
	CONSTRAINT `cash_closes_count_id_cash_counts_id_fk` FOREIGN KEY (`count_id`) REFERENCES `cash_counts`(`id`),
	CONSTRAINT `cash_closes_staff_id_staff_id_fk` FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`),
	CONSTRAINT `cash_closes_accepted_by_staff_id_fk` FOREIGN KEY (`accepted_by`) REFERENCES `staff`(`id`)
);
--> statement-breakpoint
CREATE TABLE `cash_float_corrections` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`cash_session_id` int unsigned NOT NULL,
	`request_key` char(36) NOT NULL,
	`before_centimos` bigint NOT NULL,
	`after_centimos` bigint NOT NULL,
	`reason` varchar(120) NOT NULL,
	`staff_id` int unsigned NOT NULL,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `cash_float_corrections_id` PRIMARY KEY(`id`),
	CONSTRAINT `cash_float_corrections_request_key` UNIQUE(`request_key`),
	INDEX `cash_float_corrections_session` (`cash_session_id`),
	CONSTRAINT `cash_float_corrections_cash_session_id_cash_sessions_id_fk` FOREIGN KEY (`cash_session_id`) REFERENCES `cash_sessions`(`id`),
	CONSTRAINT `cash_float_corrections_staff_id_staff_id_fk` FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`)
);
--> statement-breakpoint
CREATE TABLE `cash_movements` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`cash_session_id` int unsigned NOT NULL,
	`request_key` char(36) NOT NULL,
	`kind` varchar(8) NOT NULL,
	`amount_centimos` bigint NOT NULL,
	`reason` varchar(120) NOT NULL,
	`staff_id` int unsigned NOT NULL,
	`granted_by` int unsigned,
	`created_at` datetime(3) NOT NULL,
	`voided_at` datetime(3),
	`voided_by` int unsigned,
	`void_reason` varchar(120),
	CONSTRAINT `cash_movements_id` PRIMARY KEY(`id`),
	CONSTRAINT `cash_movements_request_key` UNIQUE(`request_key`),
	INDEX `cash_movements_session` (`cash_session_id`),
	CONSTRAINT `cash_movements_cash_session_id_cash_sessions_id_fk` FOREIGN KEY (`cash_session_id`) REFERENCES `cash_sessions`(`id`),
	CONSTRAINT `cash_movements_staff_id_staff_id_fk` FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`),
	CONSTRAINT `cash_movements_granted_by_staff_id_fk` FOREIGN KEY (`granted_by`) REFERENCES `staff`(`id`),
	CONSTRAINT `cash_movements_voided_by_staff_id_fk` FOREIGN KEY (`voided_by`) REFERENCES `staff`(`id`)
);
--> statement-breakpoint
CREATE TABLE `customers` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`document_type` varchar(10),
	`document` varchar(15),
	`name` varchar(150) NOT NULL,
	`phone` varchar(20),
	`address` varchar(200),
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `customers_id` PRIMARY KEY(`id`),
	CONSTRAINT `customers_document` UNIQUE(`document_type`,`document`),
	INDEX `customers_name` (`name`),
	INDEX `customers_phone` (`phone`)
);
--> statement-breakpoint
CREATE TABLE `orders` (
	`request_key` char(36) NOT NULL,
	`branch_id` int unsigned NOT NULL,
	`register_id` int unsigned NOT NULL,
	`name` varchar(40) NOT NULL,
	`label` varchar(4) NOT NULL,
	`version` int NOT NULL DEFAULT 1,
	`status` varchar(12) NOT NULL,
	`body` longtext NOT NULL,
	`kitchen` longtext,
	`total_centimos` bigint NOT NULL,
	`line_count` int NOT NULL,
	`staff_id` int unsigned NOT NULL,
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `orders_request_key` PRIMARY KEY(`request_key`),
	INDEX `orders_open` (`branch_id`,`status`),
	INDEX `orders_updated` (`updated_at`),
	CONSTRAINT `orders_branch_id_branches_id_fk` FOREIGN KEY (`branch_id`) REFERENCES `branches`(`id`),
	CONSTRAINT `orders_register_id_registers_id_fk` FOREIGN KEY (`register_id`) REFERENCES `registers`(`id`),
	CONSTRAINT `orders_staff_id_staff_id_fk` FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`)
);
--> statement-breakpoint
CREATE TABLE `permission_grants` (
	`id` char(64) NOT NULL,
	`permission` varchar(24) NOT NULL,
	`granted_by` int unsigned NOT NULL,
	`staff_id` int unsigned NOT NULL,
	`device_id` int unsigned,
	`created_at` datetime(3) NOT NULL,
	`used_at` datetime(3),
	CONSTRAINT `permission_grants_id` PRIMARY KEY(`id`),
	INDEX `permission_grants_created` (`created_at`),
	CONSTRAINT `permission_grants_granted_by_staff_id_fk` FOREIGN KEY (`granted_by`) REFERENCES `staff`(`id`),
	CONSTRAINT `permission_grants_staff_id_staff_id_fk` FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`)
);
--> statement-breakpoint
CREATE TABLE `sale_documents` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`sale_id` int unsigned NOT NULL,
	`document_type` varchar(8) NOT NULL,
	`series_code` varchar(4) NOT NULL,
	`number` int unsigned NOT NULL,
	`issued_on` char(10) NOT NULL,
	`staff_id` int unsigned NOT NULL,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `sale_documents_id` PRIMARY KEY(`id`),
	INDEX `sale_documents_sale` (`sale_id`),
	CONSTRAINT `sale_documents_sale_id_sales_id_fk` FOREIGN KEY (`sale_id`) REFERENCES `sales`(`id`),
	CONSTRAINT `sale_documents_staff_id_staff_id_fk` FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`)
);
--> statement-breakpoint
CREATE TABLE `sale_return_lines` (
	`return_id` int unsigned NOT NULL,
	`sale_line_id` int unsigned NOT NULL,
	`quantity_thousandths` int NOT NULL,
	`total_centimos` bigint NOT NULL,
	`restocked` boolean NOT NULL DEFAULT true,
	CONSTRAINT `sale_return_lines_return_id_sale_line_id_pk` PRIMARY KEY(`return_id`,`sale_line_id`),
	INDEX `sale_return_lines_line` (`sale_line_id`),
	CONSTRAINT `sale_return_lines_return_id_sale_returns_id_fk` FOREIGN KEY (`return_id`) REFERENCES `sale_returns`(`id`),
	CONSTRAINT `sale_return_lines_sale_line_id_sale_lines_id_fk` FOREIGN KEY (`sale_line_id`) REFERENCES `sale_lines`(`id`)
);
--> statement-breakpoint
CREATE TABLE `sale_voids` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`sale_id` int unsigned NOT NULL,
	`request_key` char(36) NOT NULL,
	`staff_id` int unsigned NOT NULL,
	`granted_by` int unsigned,
	`cash_session_id` int unsigned,
	`reason` varchar(120) NOT NULL,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `sale_voids_id` PRIMARY KEY(`id`),
	CONSTRAINT `sale_voids_sale` UNIQUE(`sale_id`),
	CONSTRAINT `sale_voids_request_key` UNIQUE(`request_key`),
	INDEX `sale_voids_session` (`cash_session_id`),
	CONSTRAINT `sale_voids_sale_id_sales_id_fk` FOREIGN KEY (`sale_id`) REFERENCES `sales`(`id`),
	CONSTRAINT `sale_voids_staff_id_staff_id_fk` FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`),
	CONSTRAINT `sale_voids_granted_by_staff_id_fk` FOREIGN KEY (`granted_by`) REFERENCES `staff`(`id`),
	CONSTRAINT `sale_voids_cash_session_id_cash_sessions_id_fk` FOREIGN KEY (`cash_session_id`) REFERENCES `cash_sessions`(`id`)
);
--> statement-breakpoint
CREATE TABLE `sold_out_today` (
	`branch_id` int unsigned NOT NULL,
	`product_id` int unsigned NOT NULL,
	`until` datetime(3) NOT NULL,
	`staff_id` int unsigned NOT NULL,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `sold_out_today_branch_id_product_id_pk` PRIMARY KEY(`branch_id`,`product_id`),
	INDEX `sold_out_today_product` (`product_id`),
	CONSTRAINT `sold_out_today_branch_id_branches_id_fk` FOREIGN KEY (`branch_id`) REFERENCES `branches`(`id`),
	CONSTRAINT `sold_out_today_product_id_products_id_fk` FOREIGN KEY (`product_id`) REFERENCES `products`(`id`),
	CONSTRAINT `sold_out_today_staff_id_staff_id_fk` FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`)
);
--> statement-breakpoint
CREATE TABLE `ticket_revocations` (
	`sale_id` int unsigned NOT NULL,
	`staff_id` int unsigned NOT NULL,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `ticket_revocations_sale_id` PRIMARY KEY(`sale_id`),
	CONSTRAINT `ticket_revocations_sale_id_sales_id_fk` FOREIGN KEY (`sale_id`) REFERENCES `sales`(`id`),
	CONSTRAINT `ticket_revocations_staff_id_staff_id_fk` FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`)
);
--> statement-breakpoint
ALTER TABLE `branches`
	ADD `active` boolean DEFAULT true NOT NULL,
	ALGORITHM=INSTANT, LOCK=NONE;
--> statement-breakpoint
ALTER TABLE `business`
	ADD `lock_minutes` tinyint DEFAULT 5 NOT NULL,
	ADD `discount_reason_basis_points` int DEFAULT 1000 NOT NULL,
	ADD `asks_operation_number` boolean DEFAULT false NOT NULL,
	ADD `forbids_anonymous` boolean DEFAULT false NOT NULL,
	ADD `recargo_basis_points` int DEFAULT 0 NOT NULL,
	ADD `takes_tips` boolean DEFAULT false NOT NULL,
	ADD `apps` varchar(40) DEFAULT '' NOT NULL,
	ADD `prints_by_itself` boolean DEFAULT false NOT NULL,
	ADD `prints_kitchen` boolean DEFAULT false NOT NULL,
	ADD `close_tolerance_centimos` int DEFAULT 500 NOT NULL,
	ADD `logo_id` char(64),
	ADD `ticket_footer` varchar(120),
	ADD `permissions` longtext,
	ALGORITHM=INSTANT, LOCK=NONE;
--> statement-breakpoint
ALTER TABLE `cash_sessions`
	ADD `float_pieces` longtext,
	ADD `expected_float_centimos` bigint,
	ADD `chickens_thousandths` bigint,
	ALGORITHM=INSTANT, LOCK=NONE;
--> statement-breakpoint
ALTER TABLE `prints`
	ADD `kind` varchar(8) DEFAULT 'ticket' NOT NULL,
	ADD `device_id` int unsigned,
	ADD `reason` varchar(80),
	ADD `failed_at` datetime(3),
	ALGORITHM=INSTANT, LOCK=NONE;
--> statement-breakpoint
ALTER TABLE `products`
	ADD `is_bag` boolean DEFAULT false NOT NULL,
	ADD `is_free_amount` boolean DEFAULT false NOT NULL,
	ALGORITHM=INSTANT, LOCK=NONE;
--> statement-breakpoint
ALTER TABLE `registers`
	ADD `active` boolean DEFAULT true NOT NULL,
	ADD `usual_float_centimos` bigint,
	ALGORITHM=INSTANT, LOCK=NONE;
--> statement-breakpoint
ALTER TABLE `sale_lines`
	ADD `options` longtext,
	ADD `options_centimos` int DEFAULT 0 NOT NULL,
	ADD `note` varchar(120),
	ADD `discount_centimos` bigint DEFAULT 0 NOT NULL,
	ADD `discount_reason` varchar(80),
	ADD `list_price_centimos` int,
	ALGORITHM=INSTANT, LOCK=NONE;
--> statement-breakpoint
ALTER TABLE `sale_payments`
	ADD `kind` varchar(12) DEFAULT 'sale' NOT NULL,
	ADD `cash_session_id` int unsigned,
	ADD `reason` varchar(120),
	ADD `request_key` char(36),
	ALGORITHM=INSTANT, LOCK=NONE;
--> statement-breakpoint
ALTER TABLE `sales`
	ADD `order_name` varchar(40),
	ADD `discount_centimos` bigint DEFAULT 0 NOT NULL,
	ADD `discount_reason` varchar(80),
	ADD `recargo_centimos` bigint DEFAULT 0 NOT NULL,
	ADD `icbper_centimos` bigint DEFAULT 0 NOT NULL,
	ADD `tip_centimos` bigint DEFAULT 0 NOT NULL,
	ADD `customer_id` int unsigned,
	ADD `customer_document_type` varchar(10),
	ADD `customer_document` varchar(15),
	ADD `customer_name` varchar(150),
	ADD `delivery` longtext,
	ADD `provisional_number` varchar(8),
	ADD `late_for_cash_session_id` int unsigned,
	ADD `ticket_token` char(22),
	ALGORITHM=INSTANT, LOCK=NONE;
--> statement-breakpoint
ALTER TABLE `staff`
	ADD `branch_id` int unsigned,
	ALGORITHM=INSTANT, LOCK=NONE;
--> statement-breakpoint
CREATE INDEX `sale_payments_session` ON `sale_payments` (`cash_session_id`) ALGORITHM=INPLACE LOCK=NONE;
--> statement-breakpoint
CREATE INDEX `sale_payments_request_key` ON `sale_payments` (`request_key`) ALGORITHM=INPLACE LOCK=NONE;

-- reads_from: 0.1.0
CREATE TABLE `branches` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`name` varchar(120) NOT NULL,
	`address` varchar(200),
	`whatsapp` varchar(20),
	`whatsapp_consent_at` datetime(3),
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `branches_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `business` (
	`id` tinyint NOT NULL,
	`uid` char(36) NOT NULL,
	`legal_name` varchar(150),
	`ruc` char(11),
	`address` varchar(200),
	`currency` char(3) NOT NULL DEFAULT 'PEN',
	`regime` varchar(8) NOT NULL DEFAULT 'unknown',
	`igv_kind` varchar(10) NOT NULL DEFAULT 'general',
	`ruc_state` varchar(40),
	`ruc_condition` varchar(40),
	`setup_step` tinyint NOT NULL DEFAULT 0,
	`catalogue_version` int NOT NULL DEFAULT 1,
	`first_practice_sale_at` datetime(3),
	`first_print_at` datetime(3),
	`welcome_dismissed_at` datetime(3),
	CONSTRAINT `business_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `cash_sessions` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`register_id` int unsigned NOT NULL,
	`request_key` char(36) NOT NULL,
	`opened_by` int unsigned NOT NULL,
	`opened_at` datetime(3) NOT NULL,
	`float_centimos` bigint NOT NULL,
	`closed_by` int unsigned,
	`closed_at` datetime(3),
	`open_slot` tinyint DEFAULT 1,
	CONSTRAINT `cash_sessions_id` PRIMARY KEY(`id`),
	CONSTRAINT `cash_sessions_request_key` UNIQUE(`request_key`),
	CONSTRAINT `cash_sessions_open` UNIQUE(`register_id`,`open_slot`)
);
--> statement-breakpoint
CREATE TABLE `categories` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`name` varchar(60) NOT NULL,
	`position` int NOT NULL,
	CONSTRAINT `categories_id` PRIMARY KEY(`id`),
	CONSTRAINT `categories_name` UNIQUE(`name`)
);
--> statement-breakpoint
CREATE TABLE `practice_sales` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`request_key` char(36) NOT NULL,
	`body_hash` char(64) NOT NULL,
	`register_id` int unsigned NOT NULL,
	`staff_id` int unsigned NOT NULL,
	`number` int unsigned NOT NULL,
	`ticket` longtext NOT NULL,
	`sold_at` datetime(3) NOT NULL,
	CONSTRAINT `practice_sales_id` PRIMARY KEY(`id`),
	CONSTRAINT `practice_sales_request_key` UNIQUE(`request_key`),
	CONSTRAINT `practice_sales_number` UNIQUE(`number`)
);
--> statement-breakpoint
CREATE TABLE `prints` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`sale_id` int unsigned NOT NULL,
	`request_key` char(36) NOT NULL,
	`staff_id` int unsigned NOT NULL,
	`printed_at` datetime(3) NOT NULL,
	CONSTRAINT `prints_id` PRIMARY KEY(`id`),
	CONSTRAINT `prints_request_key` UNIQUE(`request_key`)
);
--> statement-breakpoint
CREATE TABLE `product_components` (
	`product_id` int unsigned NOT NULL,
	`component_id` int unsigned NOT NULL,
	`quantity_thousandths` int NOT NULL,
	CONSTRAINT `product_components_product_id_component_id_pk` PRIMARY KEY(`product_id`,`component_id`)
);
--> statement-breakpoint
CREATE TABLE `products` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`category_id` int unsigned,
	`name` varchar(120) NOT NULL,
	`price_centimos` int NOT NULL,
	`unit` varchar(8) NOT NULL DEFAULT 'unidad',
	`step_thousandths` int NOT NULL DEFAULT 1000,
	`affectation` char(2) NOT NULL DEFAULT '10',
	`code` varchar(32),
	`barcode` varchar(32),
	`tracks_stock` boolean NOT NULL DEFAULT false,
	`for_sale` boolean NOT NULL DEFAULT true,
	`active` boolean NOT NULL DEFAULT true,
	`from_menu` boolean NOT NULL DEFAULT false,
	`position` int NOT NULL DEFAULT 0,
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `products_id` PRIMARY KEY(`id`),
	CONSTRAINT `products_barcode` UNIQUE(`barcode`),
	CONSTRAINT `products_code` UNIQUE(`code`)
);
--> statement-breakpoint
CREATE TABLE `registers` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`branch_id` int unsigned NOT NULL,
	`name` varchar(60) NOT NULL,
	`paper` varchar(4) NOT NULL DEFAULT '80',
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `registers_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `sale_lines` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`sale_id` int unsigned NOT NULL,
	`position` int NOT NULL,
	`parent_line_id` int unsigned,
	`product_id` int unsigned NOT NULL,
	`name` varchar(120) NOT NULL,
	`unit_price_centimos` int NOT NULL,
	`quantity_thousandths` int NOT NULL,
	`affectation` char(2) NOT NULL,
	`igv_centimos` bigint NOT NULL,
	`total_centimos` bigint NOT NULL,
	`cost_centimos` bigint,
	CONSTRAINT `sale_lines_id` PRIMARY KEY(`id`),
	CONSTRAINT `sale_lines_sale` UNIQUE(`sale_id`,`position`)
);
--> statement-breakpoint
CREATE TABLE `sale_payments` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`sale_id` int unsigned NOT NULL,
	`method` varchar(12) NOT NULL,
	`amount_centimos` bigint NOT NULL,
	`received_centimos` bigint,
	`change_centimos` bigint,
	`operation_number` varchar(32),
	`staff_id` int unsigned NOT NULL,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `sale_payments_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `sales` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`request_key` char(36) NOT NULL,
	`body_hash` char(64) NOT NULL,
	`register_id` int unsigned NOT NULL,
	`cash_session_id` int unsigned NOT NULL,
	`staff_id` int unsigned NOT NULL,
	`device_id` int unsigned,
	`device_counter` int unsigned,
	`series_code` varchar(4) NOT NULL,
	`number` int unsigned NOT NULL,
	`order_label` varchar(4) NOT NULL,
	`channel` varchar(12) NOT NULL,
	`regime` varchar(8) NOT NULL,
	`igv_basis_points` int NOT NULL,
	`gravado_centimos` bigint NOT NULL,
	`exonerado_centimos` bigint NOT NULL,
	`inafecto_centimos` bigint NOT NULL,
	`igv_centimos` bigint NOT NULL,
	`total_centimos` bigint NOT NULL,
	`rounding_centimos` bigint NOT NULL,
	`sold_at` datetime(3) NOT NULL,
	`received_at` datetime(3) NOT NULL,
	CONSTRAINT `sales_id` PRIMARY KEY(`id`),
	CONSTRAINT `sales_request_key` UNIQUE(`request_key`),
	CONSTRAINT `sales_number` UNIQUE(`series_code`,`number`)
);
--> statement-breakpoint
CREATE TABLE `series` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`register_id` int unsigned NOT NULL,
	`document_type` varchar(16) NOT NULL,
	`code` varchar(4) NOT NULL,
	`next_number` int unsigned NOT NULL DEFAULT 1,
	CONSTRAINT `series_id` PRIMARY KEY(`id`),
	CONSTRAINT `series_code` UNIQUE(`code`),
	CONSTRAINT `series_register` UNIQUE(`register_id`,`document_type`)
);
--> statement-breakpoint
CREATE TABLE `staff` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`name` varchar(80) NOT NULL,
	`role` varchar(12) NOT NULL,
	`pin_hash` varchar(255),
	`active` boolean NOT NULL DEFAULT true,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `staff_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `stock_levels` (
	`branch_id` int unsigned NOT NULL,
	`product_id` int unsigned NOT NULL,
	`quantity_thousandths` bigint NOT NULL DEFAULT 0,
	CONSTRAINT `stock_levels_branch_id_product_id_pk` PRIMARY KEY(`branch_id`,`product_id`)
);
--> statement-breakpoint
CREATE TABLE `stock_movements` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`branch_id` int unsigned NOT NULL,
	`product_id` int unsigned NOT NULL,
	`quantity_thousandths` bigint NOT NULL,
	`reason` varchar(16) NOT NULL,
	`sale_id` int unsigned,
	`staff_id` int unsigned NOT NULL,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `stock_movements_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
ALTER TABLE `cash_sessions` ADD CONSTRAINT `cash_sessions_register_id_registers_id_fk` FOREIGN KEY (`register_id`) REFERENCES `registers`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `cash_sessions` ADD CONSTRAINT `cash_sessions_opened_by_staff_id_fk` FOREIGN KEY (`opened_by`) REFERENCES `staff`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `cash_sessions` ADD CONSTRAINT `cash_sessions_closed_by_staff_id_fk` FOREIGN KEY (`closed_by`) REFERENCES `staff`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `practice_sales` ADD CONSTRAINT `practice_sales_register_id_registers_id_fk` FOREIGN KEY (`register_id`) REFERENCES `registers`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `practice_sales` ADD CONSTRAINT `practice_sales_staff_id_staff_id_fk` FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `prints` ADD CONSTRAINT `prints_sale_id_sales_id_fk` FOREIGN KEY (`sale_id`) REFERENCES `sales`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `prints` ADD CONSTRAINT `prints_staff_id_staff_id_fk` FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `product_components` ADD CONSTRAINT `product_components_product_id_products_id_fk` FOREIGN KEY (`product_id`) REFERENCES `products`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `product_components` ADD CONSTRAINT `product_components_component_id_products_id_fk` FOREIGN KEY (`component_id`) REFERENCES `products`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `products` ADD CONSTRAINT `products_category_id_categories_id_fk` FOREIGN KEY (`category_id`) REFERENCES `categories`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `registers` ADD CONSTRAINT `registers_branch_id_branches_id_fk` FOREIGN KEY (`branch_id`) REFERENCES `branches`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `sale_lines` ADD CONSTRAINT `sale_lines_sale_id_sales_id_fk` FOREIGN KEY (`sale_id`) REFERENCES `sales`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `sale_lines` ADD CONSTRAINT `sale_lines_parent_line_id_sale_lines_id_fk` FOREIGN KEY (`parent_line_id`) REFERENCES `sale_lines`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `sale_lines` ADD CONSTRAINT `sale_lines_product_id_products_id_fk` FOREIGN KEY (`product_id`) REFERENCES `products`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `sale_payments` ADD CONSTRAINT `sale_payments_sale_id_sales_id_fk` FOREIGN KEY (`sale_id`) REFERENCES `sales`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `sale_payments` ADD CONSTRAINT `sale_payments_staff_id_staff_id_fk` FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `sales` ADD CONSTRAINT `sales_register_id_registers_id_fk` FOREIGN KEY (`register_id`) REFERENCES `registers`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `sales` ADD CONSTRAINT `sales_cash_session_id_cash_sessions_id_fk` FOREIGN KEY (`cash_session_id`) REFERENCES `cash_sessions`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `sales` ADD CONSTRAINT `sales_staff_id_staff_id_fk` FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `series` ADD CONSTRAINT `series_register_id_registers_id_fk` FOREIGN KEY (`register_id`) REFERENCES `registers`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `stock_levels` ADD CONSTRAINT `stock_levels_branch_id_branches_id_fk` FOREIGN KEY (`branch_id`) REFERENCES `branches`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `stock_levels` ADD CONSTRAINT `stock_levels_product_id_products_id_fk` FOREIGN KEY (`product_id`) REFERENCES `products`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `stock_movements` ADD CONSTRAINT `stock_movements_branch_id_branches_id_fk` FOREIGN KEY (`branch_id`) REFERENCES `branches`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `stock_movements` ADD CONSTRAINT `stock_movements_product_id_products_id_fk` FOREIGN KEY (`product_id`) REFERENCES `products`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `stock_movements` ADD CONSTRAINT `stock_movements_sale_id_sales_id_fk` FOREIGN KEY (`sale_id`) REFERENCES `sales`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `stock_movements` ADD CONSTRAINT `stock_movements_staff_id_staff_id_fk` FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `practice_sales_sold_at` ON `practice_sales` (`sold_at`);--> statement-breakpoint
CREATE INDEX `prints_sale` ON `prints` (`sale_id`);--> statement-breakpoint
CREATE INDEX `products_category` ON `products` (`category_id`);--> statement-breakpoint
CREATE INDEX `products_name` ON `products` (`name`);--> statement-breakpoint
CREATE INDEX `registers_branch` ON `registers` (`branch_id`);--> statement-breakpoint
CREATE INDEX `sale_lines_product` ON `sale_lines` (`product_id`);--> statement-breakpoint
CREATE INDEX `sale_payments_sale` ON `sale_payments` (`sale_id`);--> statement-breakpoint
CREATE INDEX `sales_session` ON `sales` (`cash_session_id`);--> statement-breakpoint
CREATE INDEX `sales_sold_at` ON `sales` (`sold_at`);--> statement-breakpoint
CREATE INDEX `stock_movements_product` ON `stock_movements` (`product_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `stock_movements_sale` ON `stock_movements` (`sale_id`);
-- reads_from: 0.1.0
CREATE TABLE `bulk_changes` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`staff_id` int unsigned NOT NULL,
	`kind` varchar(12) NOT NULL,
	`changes` longtext NOT NULL,
	`said` varchar(300) NOT NULL,
	`created_at` datetime(3) NOT NULL,
	`undone_at` datetime(3),
	CONSTRAINT `bulk_changes_id` PRIMARY KEY(`id`)
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
CREATE TABLE `import_changes` (
	`import_id` int unsigned NOT NULL,
	`position` int NOT NULL,
	`product_id` int unsigned NOT NULL,
	`kind` varchar(8) NOT NULL,
	`before_state` longtext,
	`after_state` longtext,
	`undone` varchar(200),
	CONSTRAINT `import_changes_import_id_position_pk` PRIMARY KEY(`import_id`,`position`)
);
--> statement-breakpoint
CREATE TABLE `import_edits` (
	`import_id` int unsigned NOT NULL,
	`row_number` int NOT NULL,
	`field` varchar(16) NOT NULL,
	`text` varchar(300) NOT NULL,
	CONSTRAINT `import_edits_import_id_row_number_field_pk` PRIMARY KEY(`import_id`,`row_number`,`field`)
);
--> statement-breakpoint
CREATE TABLE `import_sheets` (
	`import_id` int unsigned NOT NULL,
	`position` int NOT NULL,
	`name` varchar(120) NOT NULL,
	`rows` longblob NOT NULL,
	CONSTRAINT `import_sheets_import_id_position_pk` PRIMARY KEY(`import_id`,`position`)
);
--> statement-breakpoint
CREATE TABLE `imports` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`staff_id` int unsigned NOT NULL,
	`file_name` varchar(200) NOT NULL,
	`status` varchar(12) NOT NULL,
	`mapping` longtext NOT NULL,
	`match_by` varchar(8) NOT NULL,
	`stock_mode` varchar(4) NOT NULL DEFAULT 'set',
	`branch_id` int unsigned,
	`removes_menu` boolean NOT NULL DEFAULT false,
	`summary` longtext NOT NULL,
	`failure` varchar(300),
	`rows_total` int NOT NULL DEFAULT 0,
	`rows_done` int NOT NULL DEFAULT 0,
	`owner` varchar(64),
	`lease_until` datetime(3),
	`created_at` datetime(3) NOT NULL,
	`saved_at` datetime(3),
	`undo_until` datetime(3),
	`undone_at` datetime(3),
	CONSTRAINT `imports_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `modifier_groups` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`name` varchar(60) NOT NULL,
	`min` tinyint NOT NULL DEFAULT 0,
	`max` tinyint NOT NULL DEFAULT 1,
	`position` int NOT NULL,
	CONSTRAINT `modifier_groups_id` PRIMARY KEY(`id`),
	CONSTRAINT `modifier_groups_name` UNIQUE(`name`)
);
--> statement-breakpoint
CREATE TABLE `modifiers` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`group_id` int unsigned NOT NULL,
	`name` varchar(60) NOT NULL,
	`price_centimos` int NOT NULL DEFAULT 0,
	`position` int NOT NULL,
	`active` boolean NOT NULL DEFAULT true,
	CONSTRAINT `modifiers_id` PRIMARY KEY(`id`),
	CONSTRAINT `modifiers_name` UNIQUE(`group_id`,`name`)
);
--> statement-breakpoint
CREATE TABLE `product_modifier_groups` (
	`product_id` int unsigned NOT NULL,
	`group_id` int unsigned NOT NULL,
	`position` int NOT NULL,
	CONSTRAINT `product_modifier_groups_product_id_group_id_pk` PRIMARY KEY(`product_id`,`group_id`)
);
--> statement-breakpoint
CREATE TABLE `product_unavailable` (
	`branch_id` int unsigned NOT NULL,
	`product_id` int unsigned NOT NULL,
	CONSTRAINT `product_unavailable_branch_id_product_id_pk` PRIMARY KEY(`branch_id`,`product_id`)
);
--> statement-breakpoint
ALTER TABLE `business` ADD `blocks_without_stock` boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `products` ADD `short_name` varchar(36);--> statement-breakpoint
ALTER TABLE `products` ADD `cost_centimos` int;--> statement-breakpoint
ALTER TABLE `products` ADD `presentation` varchar(40);--> statement-breakpoint
ALTER TABLE `products` ADD `emoji` varchar(16);--> statement-breakpoint
ALTER TABLE `products` ADD `photo_id` char(64);--> statement-breakpoint
ALTER TABLE `products` ADD `favourite_position` int;--> statement-breakpoint
ALTER TABLE `stock_movements` ADD `note` varchar(120);--> statement-breakpoint
ALTER TABLE `stock_movements` ADD `import_id` int unsigned;--> statement-breakpoint
ALTER TABLE `bulk_changes` ADD CONSTRAINT `bulk_changes_staff_id_staff_id_fk` FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `import_edits` ADD CONSTRAINT `import_edits_import_id_imports_id_fk` FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `import_sheets` ADD CONSTRAINT `import_sheets_import_id_imports_id_fk` FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `imports` ADD CONSTRAINT `imports_staff_id_staff_id_fk` FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `imports` ADD CONSTRAINT `imports_branch_id_branches_id_fk` FOREIGN KEY (`branch_id`) REFERENCES `branches`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `modifiers` ADD CONSTRAINT `modifiers_group_id_modifier_groups_id_fk` FOREIGN KEY (`group_id`) REFERENCES `modifier_groups`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `product_modifier_groups` ADD CONSTRAINT `product_modifier_groups_product_id_products_id_fk` FOREIGN KEY (`product_id`) REFERENCES `products`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `product_modifier_groups` ADD CONSTRAINT `product_modifier_groups_group_id_modifier_groups_id_fk` FOREIGN KEY (`group_id`) REFERENCES `modifier_groups`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `product_unavailable` ADD CONSTRAINT `product_unavailable_branch_id_branches_id_fk` FOREIGN KEY (`branch_id`) REFERENCES `branches`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `product_unavailable` ADD CONSTRAINT `product_unavailable_product_id_products_id_fk` FOREIGN KEY (`product_id`) REFERENCES `products`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `bulk_changes_created` ON `bulk_changes` (`created_at`);--> statement-breakpoint
CREATE INDEX `import_changes_product` ON `import_changes` (`product_id`);--> statement-breakpoint
CREATE INDEX `imports_created` ON `imports` (`created_at`);--> statement-breakpoint
CREATE INDEX `imports_status` ON `imports` (`status`,`id`);--> statement-breakpoint
CREATE INDEX `product_modifier_groups_group` ON `product_modifier_groups` (`group_id`);--> statement-breakpoint
CREATE INDEX `product_unavailable_product` ON `product_unavailable` (`product_id`);--> statement-breakpoint
ALTER TABLE `products` ADD CONSTRAINT `products_photo_id_files_id_fk` FOREIGN KEY (`photo_id`) REFERENCES `files`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `products_menu` ON `products` (`category_id`,`position`);--> statement-breakpoint
CREATE INDEX `products_price` ON `products` (`price_centimos`);--> statement-breakpoint
CREATE INDEX `products_favourite` ON `products` (`favourite_position`);
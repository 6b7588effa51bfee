INSERT IGNORE INTO `plans` (`code`, `name`, `kind`, `position`, `trial_days`, `trial_sales`, `trial_rule`, `trial_max_days`) VALUES
	('TRIAL_POLLERIA', 'Prueba de pollería', 'trial', 1, 14, 100, 'last', 45),
	('TRIAL_RESTAURANTE', 'Prueba de restaurante', 'trial', 2, 14, 100, 'last', 45),
	('TRIAL_CHIFA', 'Prueba de chifa', 'trial', 3, 14, 100, 'last', 45),
	('TRIAL_CEVICHERIA', 'Prueba de cevichería', 'trial', 4, 14, 100, 'last', 45),
	('TRIAL_CAFETERIA', 'Prueba de cafetería', 'trial', 5, 14, 100, 'last', 45),
	('TRIAL_PANADERIA', 'Prueba de panadería', 'trial', 6, 14, 100, 'last', 45),
	('TRIAL_BODEGA', 'Prueba de bodega', 'trial', 7, 14, 100, 'last', 45),
	('TRIAL_NEGOCIO', 'Prueba de negocio', 'trial', 8, 14, 100, 'last', 45);
--> statement-breakpoint
INSERT IGNORE INTO `plans` (`code`, `name`, `kind`, `position`, `price_monthly_centimos`, `price_yearly_centimos`, `branches`, `registers`, `staff`, `products`) VALUES
	('PUESTO', 'Puesto', 'paid', 11, 3900, 39000, 1, 1, 3, 500),
	('LOCAL', 'Local', 'paid', 12, 6900, 69000, 1, 3, 12, 5000),
	('CADENA', 'Cadena', 'paid', 13, 13900, 139000, 5, 15, 60, 20000);

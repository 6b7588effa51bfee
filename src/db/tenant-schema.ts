/**
 * One business's own database. Money is integer céntimos (…Centimos), quantities integer thousandths
 * (…Thousandths: an eighth of a chicken is 125), instants UTC datetime(3). No routines, triggers or
 * events: a dump must be complete without privileges on them.
 */
import {
  type AnyMySqlColumn,
  bigint,
  boolean,
  char,
  customType,
  datetime,
  index,
  int,
  longtext,
  mysqlTable,
  primaryKey,
  tinyint,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/mysql-core'

const mediumBlob = customType<{ data: Buffer }>({ dataType: () => 'mediumblob' })
const longBlob = customType<{ data: Buffer }>({ dataType: () => 'longblob' })
const instant = (name: string) => datetime(name, { mode: 'date', fsp: 3 })
const id = () => int('id', { unsigned: true }).autoincrement().primaryKey()
const reference = (name: string) => int(name, { unsigned: true })
const price = (name: string) => int(name)
const total = (name: string) => bigint(name, { mode: 'number' })

/** Exactly one row, id 1, made with the spare. */
export const business = mysqlTable('business', {
  id: tinyint('id').primaryKey(),
  /** The same as `tenants.uid`; opening a database compares them. */
  uid: char('uid', { length: 36 }).notNull(),
  legalName: varchar('legal_name', { length: 150 }),
  ruc: char('ruc', { length: 11 }),
  address: varchar('address', { length: 200 }),
  currency: char('currency', { length: 3 }).notNull().default('PEN'),
  /** `none`: sells without RUC («Boleta Simple»). `unknown`: «No lo sé todavía». PERU.md, section 3. */
  regime: varchar('regime', { length: 8, enum: ['none', 'unknown', 'rus', 'rer', 'mype', 'general'] })
    .notNull()
    .default('unknown'),
  /** Which column of the dated table of rates applies. `restaurant` is the owner's own choice. */
  igvKind: varchar('igv_kind', { length: 10, enum: ['general', 'restaurant'] })
    .notNull()
    .default('general'),
  /** SUNAT's words as last seen, shown and never a reason to refuse. */
  rucState: varchar('ruc_state', { length: 40 }),
  rucCondition: varchar('ruc_condition', { length: 40 }),
  /** How many steps of the wizard are passed, 0 to 4. From 3 on the till works. */
  /** The owner's word: a product whose stock is at zero cannot be sold. Otherwise the till only warns. */
  blocksWithoutStock: boolean('blocks_without_stock').notNull().default(false),
  setupStep: tinyint('setup_step').notNull().default(0),
  /** Raised by every write to products or categories: the address of the till's catalogue. */
  catalogueVersion: int('catalogue_version').notNull().default(1),
  /** The first-sale checklist ticks for good, although practice sales are wiped after 7 days. */
  firstPracticeSaleAt: instant('first_practice_sale_at'),
  firstPrintAt: instant('first_print_at'),
  welcomeDismissedAt: instant('welcome_dismissed_at'),
  /** The counter's rules, all the owner's words. Minutes without a touch until a register asks for a PIN; 0 is never. */
  lockMinutes: tinyint('lock_minutes').notNull().default(5),
  /** A discount above this share of what it is taken from asks for a reason. */
  discountReasonBasisPoints: int('discount_reason_basis_points').notNull().default(1000),
  asksOperationNumber: boolean('asks_operation_number').notNull().default(false),
  /** Above S/ 700.00 a sale needs the customer's document; otherwise «Cobrar sin datos» stays possible. */
  forbidsAnonymous: boolean('forbids_anonymous').notNull().default(false),
  /** Recargo al consumo, at most 1300 (PERU.md, section 4); 0 is none. */
  recargoBasisPoints: int('recargo_basis_points').notNull().default(0),
  takesTips: boolean('takes_tips').notNull().default(false),
  /** Which of `rappi,pedidosya,didi` the shop sells through, with commas between them. */
  apps: varchar('apps', { length: 40 }).notNull().default(''),
  printsByItself: boolean('prints_by_itself').notNull().default(false),
  /** A second page for the kitchen with each ticket. */
  printsKitchen: boolean('prints_kitchen').notNull().default(false),
  /** A difference above this at the close needs an encargado. */
  closeToleranceCentimos: int('close_tolerance_centimos').notNull().default(500),
  /** A row of `files`. */
  logoId: char('logo_id', { length: 64 }),
  ticketFooter: varchar('ticket_footer', { length: 120 }),
  /** What each role may, where it differs from what SmartKet proposes: JSON, `{"cajera":{"anular":true}}`. */
  permissions: longtext('permissions'),
})

export const branches = mysqlTable('branches', {
  id: id(),
  name: varchar('name', { length: 120 }).notNull(),
  address: varchar('address', { length: 200 }),
  whatsapp: varchar('whatsapp', { length: 20 }),
  /** When the owner agreed that SmartKet may write to that number; null is no. */
  whatsappConsentAt: instant('whatsapp_consent_at'),
  active: boolean('active').notNull().default(true),
  createdAt: instant('created_at').notNull(),
})

export const registers = mysqlTable(
  'registers',
  {
    id: id(),
    branchId: reference('branch_id')
      .notNull()
      .references(() => branches.id),
    name: varchar('name', { length: 60 }).notNull(),
    /** `none`: no printer yet, the ticket goes by WhatsApp. */
    paper: varchar('paper', { length: 4, enum: ['80', '58', 'none'] })
      .notNull()
      .default('80'),
    active: boolean('active').notNull().default(true),
    /** What is usually left in the drawer at the close; null until a first close said so. */
    usualFloatCentimos: total('usual_float_centimos'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('registers_branch').on(t.branchId)],
)

/** Numbers without a gap: `next_number` moves only inside the sale's own transaction. */
export const series = mysqlTable(
  'series',
  {
    id: id(),
    registerId: reference('register_id')
      .notNull()
      .references(() => registers.id),
    documentType: varchar('document_type', { length: 16, enum: ['nota_venta'] }).notNull(),
    code: varchar('code', { length: 4 }).notNull(),
    nextNumber: int('next_number', { unsigned: true }).notNull().default(1),
  },
  (t) => [
    uniqueIndex('series_code').on(t.code),
    uniqueIndex('series_register').on(t.registerId, t.documentType),
  ],
)

/** Whoever acts. The owner is row 1, already in the spare (with an empty name until the wizard asks). */
export const staff = mysqlTable('staff', {
  id: id(),
  name: varchar('name', { length: 80 }).notNull(),
  role: varchar('role', { length: 12, enum: ['dueno', 'encargado', 'cajera', 'mozo', 'contador'] }).notNull(),
  /** argon2id over an HMAC with the pepper, which is in no database (OPERATIONS.md, section 4). */
  pinHash: varchar('pin_hash', { length: 255 }),
  /** Where she works; null is every branch. */
  branchId: reference('branch_id'),
  active: boolean('active').notNull().default(true),
  createdAt: instant('created_at').notNull(),
})

export const categories = mysqlTable(
  'categories',
  {
    id: id(),
    name: varchar('name', { length: 60 }).notNull(),
    position: int('position').notNull(),
  },
  (t) => [uniqueIndex('categories_name').on(t.name)],
)

export const products = mysqlTable(
  'products',
  {
    id: id(),
    categoryId: reference('category_id').references(() => categories.id),
    name: varchar('name', { length: 120 }).notNull(),
    priceCentimos: price('price_centimos').notNull(),
    unit: varchar('unit', { length: 8, enum: ['unidad', 'kg'] })
      .notNull()
      .default('unidad'),
    /** A sold quantity is a multiple of this: 1000 for pieces, 1 for kilos, 125 for eighths. */
    stepThousandths: int('step_thousandths').notNull().default(1000),
    /** SUNAT's catalogue 07: 10 gravado, 20 exonerado, 30 inafecto. */
    affectation: char('affectation', { length: 2, enum: ['10', '20', '30'] })
      .notNull()
      .default('10'),
    code: varchar('code', { length: 32 }),
    barcode: varchar('barcode', { length: 32 }),
    /** What a tile shows when the name does not fit it; null shows the name. */
    shortName: varchar('short_name', { length: 36 }),
    /** What one costs, tax included; null is not known. */
    costCentimos: price('cost_centimos'),
    /** How it is sold, as people say it: «caja de 12», «unidad», «paquete». */
    presentation: varchar('presentation', { length: 40 }),
    /** A picture for the tile: one emoji, or a photo (a row of `files`), or neither. */
    emoji: varchar('emoji', { length: 16 }),
    photoId: char('photo_id', { length: 64 }).references((): AnyMySqlColumn => files.id),
    /** Its place among the till's favourites; null is not one of them. */
    favouritePosition: int('favourite_position'),
    tracksStock: boolean('tracks_stock').notNull().default(false),
    /** False for what is only counted, never sold as such: «Pollo» behind its eighths. */
    forSale: boolean('for_sale').notNull().default(true),
    /** Hidden products keep their history; a product that was sold is never deleted. */
    active: boolean('active').notNull().default(true),
    /** A carry bag: each pays ICBPER (PERU.md, section 4). */
    isBag: boolean('is_bag').notNull().default(false),
    /** The one row behind every «Monto libre»: made by its first sale, on no menu. */
    isFreeAmount: boolean('is_free_amount').notNull().default(false),
    /** From the ready menu: leaves with the first import if never touched nor sold. */
    fromMenu: boolean('from_menu').notNull().default(false),
    position: int('position').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    index('products_category').on(t.categoryId),
    index('products_menu').on(t.categoryId, t.position),
    index('products_name').on(t.name),
    index('products_price').on(t.priceCentimos),
    index('products_favourite').on(t.favouritePosition),
    uniqueIndex('products_barcode').on(t.barcode),
    uniqueIndex('products_code').on(t.code),
  ],
)

/** Photos, logos: small, already reduced, kept in the database so that copies and moves carry them. */
export const files = mysqlTable('files', {
  /** The SHA-256 of the bytes: the same picture is one row, and its address never changes meaning. */
  id: char('id', { length: 64 }).primaryKey(),
  type: varchar('type', { length: 40, enum: ['image/webp', 'image/jpeg', 'image/png'] }).notNull(),
  bytes: mediumBlob('bytes').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** Not sold in this branch, though it is in others. No row: available. */
export const productUnavailable = mysqlTable(
  'product_unavailable',
  {
    branchId: reference('branch_id')
      .notNull()
      .references(() => branches.id),
    productId: reference('product_id')
      .notNull()
      .references(() => products.id),
  },
  (t) => [
    primaryKey({ columns: [t.branchId, t.productId] }),
    index('product_unavailable_product').on(t.productId),
  ],
)

/** «Agotado por hoy»: from a tile, seen by every till of the branch at once, and gone by itself. */
export const soldOutToday = mysqlTable(
  'sold_out_today',
  {
    branchId: reference('branch_id')
      .notNull()
      .references(() => branches.id),
    productId: reference('product_id')
      .notNull()
      .references(() => products.id),
    until: instant('until').notNull(),
    staffId: reference('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.branchId, t.productId] }),
    index('sold_out_today_product').on(t.productId),
  ],
)

/** A question about a product: «Presa», «Cremas». `min` 0 and `max` 1 is a choice that may be left. */
export const modifierGroups = mysqlTable(
  'modifier_groups',
  {
    id: id(),
    name: varchar('name', { length: 60 }).notNull(),
    min: tinyint('min').notNull().default(0),
    max: tinyint('max').notNull().default(1),
    position: int('position').notNull(),
  },
  (t) => [uniqueIndex('modifier_groups_name').on(t.name)],
)

/** One answer: «Pierna», «Sin ensalada», «Ají extra» at S/ 1.00. */
export const modifiers = mysqlTable(
  'modifiers',
  {
    id: id(),
    groupId: reference('group_id')
      .notNull()
      .references(() => modifierGroups.id),
    name: varchar('name', { length: 60 }).notNull(),
    priceCentimos: price('price_centimos').notNull().default(0),
    position: int('position').notNull(),
    active: boolean('active').notNull().default(true),
  },
  (t) => [uniqueIndex('modifiers_name').on(t.groupId, t.name)],
)

/** Which questions a product asks, in order. */
export const productModifierGroups = mysqlTable(
  'product_modifier_groups',
  {
    productId: reference('product_id')
      .notNull()
      .references(() => products.id),
    groupId: reference('group_id')
      .notNull()
      .references(() => modifierGroups.id),
    position: int('position').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.productId, t.groupId] }),
    index('product_modifier_groups_group').on(t.groupId),
  ],
)

/**
 * One uploaded file, from its preview to its undoing. `revisada`: nothing is written yet. `guardando`: under a
 * lease, `rows_done` moves. `guardada`: in the shelves, may be undone until `undo_until`. `deshecha`, `descartada`.
 */
export const imports = mysqlTable(
  'imports',
  {
    id: id(),
    staffId: reference('staff_id')
      .notNull()
      .references(() => staff.id),
    fileName: varchar('file_name', { length: 200 }).notNull(),
    status: varchar('status', {
      length: 12,
      enum: ['revisada', 'guardando', 'guardada', 'deshecha', 'descartada'],
    }).notNull(),
    /** Sheet, header row, which column is which field, as JSON: the guess, or what the owner made of it. */
    mapping: longtext('mapping').notNull(),
    /** What a row is matched by, and whether stock is set or added. */
    matchBy: varchar('match_by', { length: 8, enum: ['code', 'barcode', 'name'] }).notNull(),
    stockMode: varchar('stock_mode', { length: 4, enum: ['set', 'add'] })
      .notNull()
      .default('set'),
    /** Whose stock and availability the file speaks of; null is the first branch. */
    branchId: reference('branch_id').references(() => branches.id),
    removesMenu: boolean('removes_menu').notNull().default(false),
    /** Counts by outcome, as JSON. */
    summary: longtext('summary').notNull(),
    /** Why the last try to save did not end well; a sentence for the owner. */
    failure: varchar('failure', { length: 300 }),
    rowsTotal: int('rows_total').notNull().default(0),
    rowsDone: int('rows_done').notNull().default(0),
    owner: varchar('owner', { length: 64 }),
    leaseUntil: instant('lease_until'),
    createdAt: instant('created_at').notNull(),
    savedAt: instant('saved_at'),
    undoUntil: instant('undo_until'),
    undoneAt: instant('undone_at'),
  },
  (t) => [index('imports_created').on(t.createdAt), index('imports_status').on(t.status, t.id)],
)

/** Every sheet of an uploaded file as it was read, so that columns can be changed without uploading again. */
export const importSheets = mysqlTable(
  'import_sheets',
  {
    importId: reference('import_id')
      .notNull()
      .references(() => imports.id),
    position: int('position').notNull(),
    name: varchar('name', { length: 120 }).notNull(),
    /** The rows as JSON, compressed. */
    rows: longBlob('rows').notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.position] })],
)

/** A cell mended in the preview: it replaces what the file says. */
export const importEdits = mysqlTable(
  'import_edits',
  {
    importId: reference('import_id')
      .notNull()
      .references(() => imports.id),
    rowNumber: int('row_number').notNull(),
    field: varchar('field', { length: 16 }).notNull(),
    text: varchar('text', { length: 300 }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.rowNumber, t.field] })],
)

/** What an import did to one product: both states as JSON, so that undoing can tell what changed since. */
export const importChanges = mysqlTable(
  'import_changes',
  {
    /** Not a foreign key: its lock would stop `rows_done` and the lease while the rows of a saving are written. */
    importId: reference('import_id').notNull(),
    position: int('position').notNull(),
    /** Not a foreign key: a product that the undo deletes is still told of. */
    productId: reference('product_id').notNull(),
    kind: varchar('kind', { length: 8, enum: ['new', 'changed', 'removed'] }).notNull(),
    before: longtext('before_state'),
    after: longtext('after_state'),
    /** What the undo said about this row, when it had something to say. */
    undone: varchar('undone', { length: 200 }),
  },
  (t) => [primaryKey({ columns: [t.importId, t.position] }), index('import_changes_product').on(t.productId)],
)

/** One action over many products at once, with what each was before, so that «Deshacer» brings it back. */
export const bulkChanges = mysqlTable(
  'bulk_changes',
  {
    id: id(),
    staffId: reference('staff_id')
      .notNull()
      .references(() => staff.id),
    kind: varchar('kind', { length: 12, enum: ['precio', 'categoria', 'visible'] }).notNull(),
    /** `[product, before, after]` of each that changed, as JSON. */
    changes: longtext('changes').notNull(),
    /** What was done, as the strip says it. */
    said: varchar('said', { length: 300 }).notNull(),
    createdAt: instant('created_at').notNull(),
    undoneAt: instant('undone_at'),
  },
  (t) => [index('bulk_changes_created').on(t.createdAt)],
)

/** «1/4 pollo» takes 250 thousandths of «Pollo». */
export const productComponents = mysqlTable(
  'product_components',
  {
    productId: reference('product_id')
      .notNull()
      .references(() => products.id),
    componentId: reference('component_id')
      .notNull()
      .references(() => products.id),
    quantityThousandths: int('quantity_thousandths').notNull(),
  },
  (t) => [primaryKey({ columns: [t.productId, t.componentId] })],
)

export const stockLevels = mysqlTable(
  'stock_levels',
  {
    branchId: reference('branch_id')
      .notNull()
      .references(() => branches.id),
    productId: reference('product_id')
      .notNull()
      .references(() => products.id),
    quantityThousandths: total('quantity_thousandths').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.branchId, t.productId] })],
)

export const stockMovements = mysqlTable(
  'stock_movements',
  {
    id: bigint('id', { mode: 'number', unsigned: true }).autoincrement().primaryKey(),
    branchId: reference('branch_id')
      .notNull()
      .references(() => branches.id),
    productId: reference('product_id')
      .notNull()
      .references(() => products.id),
    quantityThousandths: total('quantity_thousandths').notNull(),
    reason: varchar('reason', {
      length: 16,
      enum: ['venta', 'ingreso', 'ajuste', 'merma', 'conteo', 'carga', 'deshacer', 'anulacion', 'devolucion'],
    }).notNull(),
    /** The person's own words, when there were any. */
    note: varchar('note', { length: 120 }),
    /** Not a foreign key, as in `import_changes`. */
    importId: reference('import_id'),
    saleId: reference('sale_id').references((): AnyMySqlColumn => sales.id),
    staffId: reference('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('stock_movements_product').on(t.productId, t.createdAt),
    index('stock_movements_sale').on(t.saleId),
  ],
)

/** A turno. `open_slot` is 1 while open and null afterwards: the unique index allows one open a register. */
export const cashSessions = mysqlTable(
  'cash_sessions',
  {
    id: id(),
    registerId: reference('register_id')
      .notNull()
      .references(() => registers.id),
    requestKey: char('request_key', { length: 36 }).notNull(),
    openedBy: reference('opened_by')
      .notNull()
      .references(() => staff.id),
    openedAt: instant('opened_at').notNull(),
    floatCentimos: total('float_centimos').notNull(),
    /** Pieces by denomination, as JSON, `{"2000":3}` in céntimos; null when only a sum was typed. */
    floatPieces: longtext('float_pieces'),
    /** What the close before left in this drawer, shown beside what was found. */
    expectedFloatCentimos: total('expected_float_centimos'),
    /** «¿Cuántos pollos enteros hay?», in thousandths; null when it was not asked. */
    chickensThousandths: total('chickens_thousandths'),
    closedBy: reference('closed_by').references(() => staff.id),
    closedAt: instant('closed_at'),
    openSlot: tinyint('open_slot').default(1),
  },
  (t) => [
    uniqueIndex('cash_sessions_request_key').on(t.requestKey),
    uniqueIndex('cash_sessions_open').on(t.registerId, t.openSlot),
  ],
)

/**
 * Append-only. `total` is the price of the lines; cash pays `total + rounding` (rounding is never
 * positive: PERU.md, section 4). Regime and rate are those of the instant of the sale.
 */
export const sales = mysqlTable(
  'sales',
  {
    id: id(),
    requestKey: char('request_key', { length: 36 }).notNull(),
    /** SHA-256 of the canonical body: the same key with another body is refused. */
    bodyHash: char('body_hash', { length: 64 }).notNull(),
    registerId: reference('register_id')
      .notNull()
      .references(() => registers.id),
    cashSessionId: reference('cash_session_id')
      .notNull()
      .references(() => cashSessions.id),
    staffId: reference('staff_id')
      .notNull()
      .references(() => staff.id),
    /** The counter's device and its own count of sales; null until a counter PC is a device. */
    deviceId: reference('device_id'),
    deviceCounter: reference('device_counter'),
    seriesCode: varchar('series_code', { length: 4 }).notNull(),
    number: int('number', { unsigned: true }).notNull(),
    /** The order's own number on the device, 1–99, with a letter when the branch has several registers. */
    orderLabel: varchar('order_label', { length: 4 }).notNull(),
    channel: varchar('channel', {
      length: 12,
      enum: ['salon', 'llevar', 'delivery', 'rappi', 'pedidosya', 'didi'],
    }).notNull(),
    /** «Mesa 4», «Sra. de verde». */
    orderName: varchar('order_name', { length: 40 }),
    regime: varchar('regime', {
      length: 8,
      enum: ['none', 'unknown', 'rus', 'rer', 'mype', 'general'],
    }).notNull(),
    igvBasisPoints: int('igv_basis_points').notNull(),
    gravadoCentimos: total('gravado_centimos').notNull(),
    exoneradoCentimos: total('exonerado_centimos').notNull(),
    inafectoCentimos: total('inafecto_centimos').notNull(),
    igvCentimos: total('igv_centimos').notNull(),
    /** Discounts taken, recargo and ICBPER are already in it; the tip is not. */
    totalCentimos: total('total_centimos').notNull(),
    roundingCentimos: total('rounding_centimos').notNull(),
    /** Off the whole order, apart from what its lines say. */
    discountCentimos: total('discount_centimos').notNull().default(0),
    discountReason: varchar('discount_reason', { length: 80 }),
    recargoCentimos: total('recargo_centimos').notNull().default(0),
    icbperCentimos: total('icbper_centimos').notNull().default(0),
    tipCentimos: total('tip_centimos').notNull().default(0),
    /** The customer as she was then; the row of `customers` may change later. */
    customerId: reference('customer_id'),
    customerDocumentType: varchar('customer_document_type', {
      length: 10,
      enum: ['dni', 'ruc', 'ce', 'pasaporte'],
    }),
    customerDocument: varchar('customer_document', { length: 15 }),
    customerName: varchar('customer_name', { length: 150 }),
    /** Name, telephone, address, reference, «¿Con cuánto paga?», as JSON; only of a delivery. */
    delivery: longtext('delivery'),
    /** Made without the line and sent later: a fact (OPERATIONS.md, section 5). `P-7F3A` stood on its paper. */
    provisionalNumber: varchar('provisional_number', { length: 8 }),
    /** A venta tardía: the turno in which it was made, closed before it arrived; null for every other sale. */
    lateForCashSessionId: reference('late_for_cash_session_id'),
    /** 128 random bits of the public page of its ticket. */
    ticketToken: char('ticket_token', { length: 22 }),
    soldAt: instant('sold_at').notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [
    uniqueIndex('sales_request_key').on(t.requestKey),
    uniqueIndex('sales_number').on(t.seriesCode, t.number),
    index('sales_session').on(t.cashSessionId),
    index('sales_sold_at').on(t.soldAt),
  ],
)

export const saleLines = mysqlTable(
  'sale_lines',
  {
    id: id(),
    saleId: reference('sale_id')
      .notNull()
      .references(() => sales.id),
    position: int('position').notNull(),
    parentLineId: reference('parent_line_id').references((): AnyMySqlColumn => saleLines.id),
    productId: reference('product_id')
      .notNull()
      .references(() => products.id),
    name: varchar('name', { length: 120 }).notNull(),
    unitPriceCentimos: price('unit_price_centimos').notNull(),
    quantityThousandths: int('quantity_thousandths').notNull(),
    affectation: char('affectation', { length: 2, enum: ['10', '20', '30'] }).notNull(),
    igvCentimos: total('igv_centimos').notNull(),
    totalCentimos: total('total_centimos').notNull(),
    costCentimos: total('cost_centimos'),
    /** The answers, as JSON: `[{"id":4,"group":"Presa","name":"Pierna","priceCentimos":0}]`, as sold. */
    options: longtext('options'),
    /** What they add to one; the unit price is without them. */
    optionsCentimos: price('options_centimos').notNull().default(0),
    note: varchar('note', { length: 120 }),
    discountCentimos: total('discount_centimos').notNull().default(0),
    discountReason: varchar('discount_reason', { length: 80 }),
    /** What the list said, when somebody with permission charged another price. */
    listPriceCentimos: price('list_price_centimos'),
  },
  (t) => [
    uniqueIndex('sale_lines_sale').on(t.saleId, t.position),
    index('sale_lines_product').on(t.productId),
  ],
)

/**
 * Signed: a correction is a pair of rows, a void and a return negative ones, never an update. Those of kind `sale`
 * add up to total + rounding + tip. `app`: the delivery app will pay («Por cobrar a la app»).
 */
export const salePayments = mysqlTable(
  'sale_payments',
  {
    id: id(),
    saleId: reference('sale_id')
      .notNull()
      .references(() => sales.id),
    method: varchar('method', { length: 12, enum: ['efectivo', 'yape', 'plin', 'tarjeta', 'app'] }).notNull(),
    kind: varchar('kind', { length: 12, enum: ['sale', 'correction', 'void', 'return'] })
      .notNull()
      .default('sale'),
    /** The turno whose drawer paid or took it; null is the sale's own. */
    cashSessionId: reference('cash_session_id'),
    /** Why, where somebody had to say it. */
    reason: varchar('reason', { length: 120 }),
    /** The same press is one correction; null for what the sale itself wrote. */
    requestKey: char('request_key', { length: 36 }),
    amountCentimos: total('amount_centimos').notNull(),
    /** Cash only: what was handed over and given back. */
    receivedCentimos: total('received_centimos'),
    changeCentimos: total('change_centimos'),
    operationNumber: varchar('operation_number', { length: 32 }),
    staffId: reference('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('sale_payments_sale').on(t.saleId),
    index('sale_payments_session').on(t.cashSessionId),
    index('sale_payments_request_key').on(t.requestKey),
  ],
)

/** Each time a ticket was sent to paper. The second and later ones carry COPIA. */
export const prints = mysqlTable(
  'prints',
  {
    id: id(),
    saleId: reference('sale_id')
      .notNull()
      .references(() => sales.id),
    requestKey: char('request_key', { length: 36 }).notNull(),
    staffId: reference('staff_id')
      .notNull()
      .references(() => staff.id),
    printedAt: instant('printed_at').notNull(),
    kind: varchar('kind', { length: 8, enum: ['ticket', 'cocina'] })
      .notNull()
      .default('ticket'),
    deviceId: reference('device_id'),
    /** Why it was printed again, when somebody said it. */
    reason: varchar('reason', { length: 80 }),
    /** «No salió»: the paper did not come, and it waits again. */
    failedAt: instant('failed_at'),
  },
  (t) => [index('prints_sale').on(t.saleId), uniqueIndex('prints_request_key').on(t.requestKey)],
)

/** «Modo práctica»: apart from sales in every sense, wiped after 7 days. `ticket` is the whole ticket as JSON. */
export const practiceSales = mysqlTable(
  'practice_sales',
  {
    id: id(),
    requestKey: char('request_key', { length: 36 }).notNull(),
    bodyHash: char('body_hash', { length: 64 }).notNull(),
    registerId: reference('register_id')
      .notNull()
      .references(() => registers.id),
    staffId: reference('staff_id')
      .notNull()
      .references(() => staff.id),
    number: int('number', { unsigned: true }).notNull(),
    ticket: longtext('ticket').notNull(),
    soldAt: instant('sold_at').notNull(),
  },
  (t) => [
    uniqueIndex('practice_sales_request_key').on(t.requestKey),
    uniqueIndex('practice_sales_number').on(t.number),
    index('practice_sales_sold_at').on(t.soldAt),
  ],
)

/** A void: the sale keeps its row and its number; this one says who, when and why. */
export const saleVoids = mysqlTable(
  'sale_voids',
  {
    id: id(),
    saleId: reference('sale_id')
      .notNull()
      .references(() => sales.id),
    requestKey: char('request_key', { length: 36 }).notNull(),
    staffId: reference('staff_id')
      .notNull()
      .references(() => staff.id),
    /** The encargado whose PIN allowed it, where the person herself may not. */
    grantedBy: reference('granted_by').references(() => staff.id),
    /** The turno that gave the money back; null where nothing had to be given back by a drawer. */
    cashSessionId: reference('cash_session_id').references(() => cashSessions.id),
    reason: varchar('reason', { length: 120 }).notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('sale_voids_sale').on(t.saleId),
    uniqueIndex('sale_voids_request_key').on(t.requestKey),
    index('sale_voids_session').on(t.cashSessionId),
  ],
)

/** Part of a sale brought back. A partial refund in cash rounds up to 0.10. */
export const saleReturns = mysqlTable(
  'sale_returns',
  {
    id: id(),
    saleId: reference('sale_id')
      .notNull()
      .references(() => sales.id),
    requestKey: char('request_key', { length: 36 }).notNull(),
    staffId: reference('staff_id')
      .notNull()
      .references(() => staff.id),
    grantedBy: reference('granted_by').references(() => staff.id),
    /** The turno that pays it, whatever day the sale is of. */
    cashSessionId: reference('cash_session_id')
      .notNull()
      .references(() => cashSessions.id),
    method: varchar('method', { length: 12, enum: ['efectivo', 'yape', 'plin', 'tarjeta', 'app'] }).notNull(),
    /** What its lines were charged, and what rounding up added to it. */
    totalCentimos: total('total_centimos').notNull(),
    roundingCentimos: total('rounding_centimos').notNull(),
    igvCentimos: total('igv_centimos').notNull(),
    reason: varchar('reason', { length: 120 }).notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('sale_returns_request_key').on(t.requestKey),
    index('sale_returns_sale').on(t.saleId),
    index('sale_returns_session').on(t.cashSessionId),
    index('sale_returns_created').on(t.createdAt),
  ],
)

export const saleReturnLines = mysqlTable(
  'sale_return_lines',
  {
    returnId: reference('return_id')
      .notNull()
      .references(() => saleReturns.id),
    saleLineId: reference('sale_line_id')
      .notNull()
      .references(() => saleLines.id),
    quantityThousandths: int('quantity_thousandths').notNull(),
    totalCentimos: total('total_centimos').notNull(),
    /** False: it was thrown away, and the stock does not get it back. */
    restocked: boolean('restocked').notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.returnId, t.saleLineId] }),
    index('sale_return_lines_line').on(t.saleLineId),
  ],
)

/** The boleta or factura issued elsewhere for a sale; the newest row is the one that is shown. */
export const saleDocuments = mysqlTable(
  'sale_documents',
  {
    id: id(),
    saleId: reference('sale_id')
      .notNull()
      .references(() => sales.id),
    documentType: varchar('document_type', { length: 8, enum: ['boleta', 'factura'] }).notNull(),
    seriesCode: varchar('series_code', { length: 4 }).notNull(),
    number: int('number', { unsigned: true }).notNull(),
    issuedOn: char('issued_on', { length: 10 }).notNull(),
    staffId: reference('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('sale_documents_sale').on(t.saleId)],
)

/** A ticket's public page that somebody closed. */
export const ticketRevocations = mysqlTable('ticket_revocations', {
  saleId: reference('sale_id')
    .primaryKey()
    .references(() => sales.id),
  staffId: reference('staff_id')
    .notNull()
    .references(() => staff.id),
  createdAt: instant('created_at').notNull(),
})

/** Who bought, when it was wanted or the law asks it. A document is text: zeros in front matter. */
export const customers = mysqlTable(
  'customers',
  {
    id: id(),
    documentType: varchar('document_type', { length: 10, enum: ['dni', 'ruc', 'ce', 'pasaporte'] }),
    document: varchar('document', { length: 15 }),
    name: varchar('name', { length: 150 }).notNull(),
    phone: varchar('phone', { length: 20 }),
    address: varchar('address', { length: 200 }),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('customers_document').on(t.documentType, t.document),
    index('customers_name').on(t.name),
    index('customers_phone').on(t.phone),
  ],
)

/**
 * A held order, «En espera». Its key is the later `request_key` of the sale. Another till takes it over by version:
 * whoever writes with an old one is told, and nothing is lost.
 */
export const orders = mysqlTable(
  'orders',
  {
    requestKey: char('request_key', { length: 36 }).primaryKey(),
    branchId: reference('branch_id')
      .notNull()
      .references(() => branches.id),
    registerId: reference('register_id')
      .notNull()
      .references(() => registers.id),
    name: varchar('name', { length: 40 }).notNull(),
    label: varchar('label', { length: 4 }).notNull(),
    version: int('version').notNull().default(1),
    /** `abierto` is shown to every till of the branch; `cobrado` and `descartado` stay until they are swept. */
    status: varchar('status', { length: 12, enum: ['abierto', 'cobrado', 'descartado'] }).notNull(),
    /** The order of the page as JSON (src/sales/order.ts). */
    body: longtext('body').notNull(),
    /** What the kitchen already has, as JSON by line; null is nothing. */
    kitchen: longtext('kitchen'),
    totalCentimos: total('total_centimos').notNull(),
    lineCount: int('line_count').notNull(),
    staffId: reference('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [index('orders_open').on(t.branchId, t.status), index('orders_updated').on(t.updatedAt)],
)

/** Money in and out of a drawer apart from sales. A mistake is voided with a reason, and both stay visible. */
export const cashMovements = mysqlTable(
  'cash_movements',
  {
    id: id(),
    cashSessionId: reference('cash_session_id')
      .notNull()
      .references(() => cashSessions.id),
    requestKey: char('request_key', { length: 36 }).notNull(),
    kind: varchar('kind', { length: 8, enum: ['gasto', 'ingreso', 'retiro'] }).notNull(),
    /** Always positive; the kind says which way. */
    amountCentimos: total('amount_centimos').notNull(),
    reason: varchar('reason', { length: 120 }).notNull(),
    staffId: reference('staff_id')
      .notNull()
      .references(() => staff.id),
    grantedBy: reference('granted_by').references(() => staff.id),
    createdAt: instant('created_at').notNull(),
    voidedAt: instant('voided_at'),
    voidedBy: reference('voided_by').references(() => staff.id),
    voidReason: varchar('void_reason', { length: 120 }),
  },
  (t) => [
    uniqueIndex('cash_movements_request_key').on(t.requestKey),
    index('cash_movements_session').on(t.cashSessionId),
  ],
)

/** «Corregir sencillo inicial»: the session keeps the corrected one, this row what it was before. */
export const cashFloatCorrections = mysqlTable(
  'cash_float_corrections',
  {
    id: id(),
    cashSessionId: reference('cash_session_id')
      .notNull()
      .references(() => cashSessions.id),
    requestKey: char('request_key', { length: 36 }).notNull(),
    beforeCentimos: total('before_centimos').notNull(),
    afterCentimos: total('after_centimos').notNull(),
    reason: varchar('reason', { length: 120 }).notNull(),
    staffId: reference('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('cash_float_corrections_request_key').on(t.requestKey),
    index('cash_float_corrections_session').on(t.cashSessionId),
  ],
)

/** What somebody counted in a drawer, by coin and note: in mid-shift, at the close, and a second time after it. */
export const cashCounts = mysqlTable(
  'cash_counts',
  {
    id: id(),
    cashSessionId: reference('cash_session_id')
      .notNull()
      .references(() => cashSessions.id),
    requestKey: char('request_key', { length: 36 }).notNull(),
    kind: varchar('kind', { length: 8, enum: ['turno', 'cierre', 'reconteo'] }).notNull(),
    /** Pieces by denomination in céntimos, as JSON: `{"20000":1,"10":4}`. */
    pieces: longtext('pieces').notNull(),
    cashCentimos: total('cash_centimos').notNull(),
    /** What should have been there at that instant. */
    expectedCentimos: total('expected_centimos').notNull(),
    staffId: reference('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('cash_counts_request_key').on(t.requestKey),
    index('cash_counts_session').on(t.cashSessionId),
  ],
)

/** The close of a turno, whole: what was expected, counted, explained, left and handed over. */
export const cashCloses = mysqlTable(
  'cash_closes',
  {
    id: id(),
    cashSessionId: reference('cash_session_id')
      .notNull()
      .references(() => cashSessions.id),
    requestKey: char('request_key', { length: 36 }).notNull(),
    countId: reference('count_id')
      .notNull()
      .references(() => cashCounts.id),
    expectedCentimos: total('expected_centimos').notNull(),
    countedCentimos: total('counted_centimos').notNull(),
    /** The other methods, what was expected, counted or ticked of each, as JSON. */
    methods: longtext('methods').notNull(),
    /** What was found that explains a difference, as JSON. */
    explanations: longtext('explanations').notNull(),
    /** «Dejas de sencillo», «Entregas … a». */
    leftCentimos: total('left_centimos').notNull(),
    handedCentimos: total('handed_centimos').notNull(),
    handedTo: varchar('handed_to', { length: 80 }),
    /** Quedan, golpeados, cena del personal and the difference, in thousandths, as JSON; null without chickens. */
    chickens: longtext('chickens'),
    /** The whole Z as JSON: what the paper, the mail and the WhatsApp text say for ever. */
    report: longtext('report').notNull(),
    /** The devices that an encargado closed without, as JSON. */
    skippedDevices: longtext('skipped_devices'),
    staffId: reference('staff_id')
      .notNull()
      .references(() => staff.id),
    acceptedBy: reference('accepted_by').references(() => staff.id),
    createdAt: instant('created_at').notNull(),
    mailedAt: instant('mailed_at'),
  },
  (t) => [
    uniqueIndex('cash_closes_session').on(t.cashSessionId),
    uniqueIndex('cash_closes_request_key').on(t.requestKey),
    index('cash_closes_created').on(t.createdAt),
  ],
)

/** An encargado's PIN on the spot, good for one action of one person within two minutes. */
export const permissionGrants = mysqlTable(
  'permission_grants',
  {
    /** SHA-256 of what the till holds. */
    id: char('id', { length: 64 }).primaryKey(),
    permission: varchar('permission', { length: 24 }).notNull(),
    grantedBy: reference('granted_by')
      .notNull()
      .references(() => staff.id),
    staffId: reference('staff_id')
      .notNull()
      .references(() => staff.id),
    deviceId: reference('device_id'),
    createdAt: instant('created_at').notNull(),
    usedAt: instant('used_at'),
  },
  (t) => [index('permission_grants_created').on(t.createdAt)],
)

/** Every risky act, never changed: who, when, where, how much. The leak report sums it. */
export const auditEvents = mysqlTable(
  'audit_events',
  {
    id: bigint('id', { mode: 'number', unsigned: true }).autoincrement().primaryKey(),
    act: varchar('act', { length: 24 }).notNull(),
    /** Null where nobody was known: a wrong PIN of nobody. */
    staffId: reference('staff_id').references(() => staff.id),
    grantedBy: reference('granted_by').references(() => staff.id),
    deviceId: reference('device_id'),
    registerId: reference('register_id'),
    cashSessionId: reference('cash_session_id'),
    saleId: reference('sale_id'),
    amountCentimos: total('amount_centimos'),
    /** A sentence's parts, as JSON. */
    detail: longtext('detail'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('audit_events_created').on(t.createdAt),
    index('audit_events_staff').on(t.staffId, t.createdAt),
    index('audit_events_sale').on(t.saleId),
  ],
)

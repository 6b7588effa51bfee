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
  setupStep: tinyint('setup_step').notNull().default(0),
  /** Raised by every write to products or categories: the address of the till's catalogue. */
  catalogueVersion: int('catalogue_version').notNull().default(1),
  /** The first-sale checklist ticks for good, although practice sales are wiped after 7 days. */
  firstPracticeSaleAt: instant('first_practice_sale_at'),
  firstPrintAt: instant('first_print_at'),
  welcomeDismissedAt: instant('welcome_dismissed_at'),
})

export const branches = mysqlTable('branches', {
  id: id(),
  name: varchar('name', { length: 120 }).notNull(),
  address: varchar('address', { length: 200 }),
  whatsapp: varchar('whatsapp', { length: 20 }),
  /** When the owner agreed that SmartKet may write to that number; null is no. */
  whatsappConsentAt: instant('whatsapp_consent_at'),
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
    tracksStock: boolean('tracks_stock').notNull().default(false),
    /** False for what is only counted, never sold as such: «Pollo» behind its eighths. */
    forSale: boolean('for_sale').notNull().default(true),
    /** Hidden products keep their history; a product that was sold is never deleted. */
    active: boolean('active').notNull().default(true),
    /** From the ready menu: leaves with the first import if never touched nor sold. */
    fromMenu: boolean('from_menu').notNull().default(false),
    position: int('position').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    index('products_category').on(t.categoryId),
    index('products_name').on(t.name),
    uniqueIndex('products_barcode').on(t.barcode),
    uniqueIndex('products_code').on(t.code),
  ],
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
    reason: varchar('reason', { length: 16, enum: ['venta', 'ingreso', 'ajuste'] }).notNull(),
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
    channel: varchar('channel', { length: 12, enum: ['salon', 'llevar', 'delivery'] }).notNull(),
    regime: varchar('regime', {
      length: 8,
      enum: ['none', 'unknown', 'rus', 'rer', 'mype', 'general'],
    }).notNull(),
    igvBasisPoints: int('igv_basis_points').notNull(),
    gravadoCentimos: total('gravado_centimos').notNull(),
    exoneradoCentimos: total('exonerado_centimos').notNull(),
    inafectoCentimos: total('inafecto_centimos').notNull(),
    igvCentimos: total('igv_centimos').notNull(),
    totalCentimos: total('total_centimos').notNull(),
    roundingCentimos: total('rounding_centimos').notNull(),
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
  },
  (t) => [
    uniqueIndex('sale_lines_sale').on(t.saleId, t.position),
    index('sale_lines_product').on(t.productId),
  ],
)

/** Signed: a correction is a pair of rows, never an update. The amounts of a sale add up to total + rounding. */
export const salePayments = mysqlTable(
  'sale_payments',
  {
    id: id(),
    saleId: reference('sale_id')
      .notNull()
      .references(() => sales.id),
    method: varchar('method', { length: 12, enum: ['efectivo', 'yape', 'plin', 'tarjeta'] }).notNull(),
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
  (t) => [index('sale_payments_sale').on(t.saleId)],
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

/** What the workbooks are called, for whoever opens the folder: a table that is not here keeps its own name. */
const tableNames: Record<string, string> = {
  business: 'negocio',
  branches: 'locales',
  registers: 'cajas',
  series: 'series',
  staff: 'personal',
  categories: 'categorias',
  products: 'productos',
  product_unavailable: 'productos-no-disponibles',
  product_components: 'productos-componentes',
  modifier_groups: 'opciones-grupos',
  modifiers: 'opciones',
  product_modifier_groups: 'productos-opciones',
  stock_levels: 'stock',
  stock_movements: 'stock-movimientos',
  cash_sessions: 'turnos',
  cash_movements: 'caja-movimientos',
  orders: 'pedidos',
  sales: 'ventas',
  sale_lines: 'ventas-productos',
  sale_payments: 'ventas-pagos',
  sale_voids: 'ventas-anuladas',
  sale_returns: 'ventas-devueltas',
  prints: 'impresiones',
  practice_sales: 'ventas-de-practica',
  customers: 'clientes',
  files: 'fotos',
  imports: 'cargas-de-excel',
  import_sheets: 'cargas-hojas',
  import_edits: 'cargas-correcciones',
  import_changes: 'cargas-cambios',
  bulk_changes: 'cambios-en-grupo',
  audit_events: 'acciones',
}

const columnNames: Record<string, string> = {
  id: 'N.º interno',
  uid: 'Identificador',
  name: 'Nombre',
  short_name: 'Nombre corto',
  legal_name: 'Nombre legal',
  ruc: 'RUC',
  ruc_state: 'Estado en SUNAT',
  ruc_condition: 'Condición en SUNAT',
  address: 'Dirección',
  currency: 'Moneda',
  regime: 'Régimen',
  whatsapp: 'WhatsApp',
  role: 'Rol',
  active: 'Activo',
  code: 'Código',
  barcode: 'Código de barras',
  unit: 'Unidad',
  presentation: 'Presentación',
  position: 'Orden',
  paper: 'Papel',
  note: 'Nota',
  reason: 'Motivo',
  method: 'Medio de pago',
  channel: 'Canal',
  number: 'Número',
  series_code: 'Serie',
  next_number: 'Siguiente número',
  document_type: 'Documento',
  order_label: 'Pedido',
  affectation: 'Afectación IGV',
  operation_number: 'N.º de operación',
  status: 'Estado',
  type: 'Tipo',
  kind: 'Tipo',
  file_name: 'Archivo',
  emoji: 'Emoji',
  for_sale: 'Se vende',
  tracks_stock: 'Cuenta stock',
  category_id: 'Categoría (n.º interno)',
  product_id: 'Producto (n.º interno)',
  component_id: 'Componente (n.º interno)',
  branch_id: 'Local (n.º interno)',
  register_id: 'Caja (n.º interno)',
  staff_id: 'Persona (n.º interno)',
  sale_id: 'Venta (n.º interno)',
  cash_session_id: 'Turno (n.º interno)',
  group_id: 'Grupo (n.º interno)',
  import_id: 'Carga (n.º interno)',
  photo_id: 'Foto',
  opened_by: 'Abrió (n.º interno)',
  closed_by: 'Cerró (n.º interno)',
  opened_at: 'Abierto',
  closed_at: 'Cerrado',
  sold_at: 'Vendido',
  received_at: 'Registrado',
  created_at: 'Creado',
  updated_at: 'Cambiado',
  printed_at: 'Impreso',
  price_centimos: 'Precio (S/)',
  unit_price_centimos: 'Precio (S/)',
  cost_centimos: 'Costo (S/)',
  total_centimos: 'Total (S/)',
  rounding_centimos: 'Redondeo (S/)',
  gravado_centimos: 'Op. gravada (S/)',
  exonerado_centimos: 'Op. exonerada (S/)',
  inafecto_centimos: 'Op. inafecta (S/)',
  igv_centimos: 'IGV (S/)',
  igv_basis_points: 'Tasa de IGV',
  amount_centimos: 'Importe (S/)',
  received_centimos: 'Recibido (S/)',
  change_centimos: 'Vuelto (S/)',
  float_centimos: 'Sencillo (S/)',
  quantity_thousandths: 'Cantidad',
  step_thousandths: 'Se vende de a',
}

export const tableTitle = (table: string) => tableNames[table] ?? table

/** Money and quantities lose the unit of the database, which the workbook does not have. */
export const columnTitle = (column: string) =>
  columnNames[column] ?? column.replace(/_centimos$/, ' (S/)').replace(/_(thousandths|basis_points)$/, '')

const pictureEndings: Record<string, string> = {
  'image/webp': 'webp',
  'image/jpeg': 'jpg',
  'image/png': 'png',
}

export const pictureFile = (id: string, type: string) => `fotos/${id}.${pictureEndings[type] ?? 'bin'}`

/** `smartket-polleria-rosita-2026-11-23.zip` */
export function zipName(businessName: string, day: string): string {
  const plain = businessName
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
    .replace(/-$/, '')
  return `smartket-${plain || 'negocio'}-${day}.zip`
}

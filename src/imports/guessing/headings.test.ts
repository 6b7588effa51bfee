import { expect, test } from 'vitest'
import type { Field } from '../mapping.ts'
import { meaningsOf } from './headings.ts'

const best = (title: string) => Object.entries(meaningsOf(title)).sort((a, b) => b[1] - a[1])[0]?.[0] ?? null

const titles: Record<Field, string[]> = {
  name: [
    'PRODUCTO',
    'Nombre',
    'Descripción',
    'DETALLE',
    'Artículo',
    'plato',
    'Nombre del producto',
    'DESCRIPCIÓN DEL ARTÍCULO',
    'Desc.',
    'Ítem',
    'PRODUCTOS / SERVICIOS',
    '* Nombre',
    'Nombre (*)',
  ],
  price: [
    'Precio',
    'PRECIO VENTA',
    'P. Venta',
    'P.V.',
    'PV',
    'PVP',
    'P.V.P.',
    'Precio Unit.',
    'PRECIO UNITARIO',
    'P.U.',
    'P. UNIT',
    'Importe',
    'Precio S/',
    'PRECIO (S/.)',
    'Precio al público',
    'PRECIO DE VENTA AL PÚBLICO',
    'Prec. Vta.',
    'Precio\nVenta',
    'precio de lista',
    'Precio [Principal]',
    'P/VENTA',
    'Soles',
    'S/',
    'Precio x und',
    'PRECIO FINAL',
    'Precio inc. IGV',
    'P. Público',
  ],
  cost: [
    'Costo',
    'COSTO UNIT.',
    'P. Compra',
    'Precio de compra',
    'P. COSTO',
    'Precio Costo',
    'costo promedio',
    'Pr. Compra',
    'Coste',
  ],
  code: [
    'Cód.',
    'CÓDIGO',
    'Cod. Interno',
    'SKU',
    'Código interno',
    'COD',
    'Codigo producto',
    'Ref.',
    'Cód. Prod.',
    'CÓDIGO DEL PRODUCTO',
    'ID',
  ],
  barcode: [
    'Código de barras',
    'BARRAS',
    'EAN',
    'EAN-13',
    'Cod. Barra',
    'Cód. de Barras',
    'UPC',
    'CODBARRAS',
    'Código barra',
    'C. Barras',
    'codigo_de_barras',
    'CodigoBarras',
  ],
  category: [
    'Categoría',
    'FAMILIA',
    'Línea',
    'Grupo',
    'rubro',
    'Cat.',
    'Categoría del producto',
    'Tipo de producto',
    'Sección',
  ],
  stock: [
    'Stock',
    'Cant.',
    'CANTIDAD',
    'Existencia',
    'Saldo',
    'Stock actual',
    'STOCK FÍSICO',
    'Existencias',
    'Cantidad en stock',
    'Inventario',
    'En stock [Principal]',
  ],
  unit: ['Und', 'UNIDAD', 'U.M.', 'UM', 'Unid. Medida', 'Unidad de medida', 'UND.', 'U/M', 'Medida'],
  affectation: ['IGV', 'Afectación', 'Tipo de afectación IGV', 'Afecto a IGV', 'AFECTACION IGV'],
  presentation: ['Presentación', 'PRESENT.', 'Contenido', 'Formato'],
  favourite: ['Favorito', 'FAVORITOS', 'Destacado'],
  available: ['Disponible', 'Activo', 'ESTADO', 'A la venta'],
}

for (const [field, words] of Object.entries(titles)) {
  test(`${field}: as owners write it`, () => {
    expect(words.map((title) => [title, best(title)])).toEqual(words.map((title) => [title, field]))
  })
}

test('the price at the counter weighs more than the others', () => {
  const weight = (title: string) => meaningsOf(title).price ?? 0
  for (const other of [
    'Precio por mayor',
    'P. Mayorista',
    'Precio caja',
    'Precio 2',
    'Precio anterior',
    'Precio oferta',
    'Precio delivery',
    'Precio sin IGV',
    'Precio x docena',
  ]) {
    expect([other, weight(other) < weight('Precio')]).toEqual([other, true])
  }
  expect(weight('Precio venta')).toBeGreaterThan(weight('Precio'))
})

test('what is no field of a product is none', () => {
  const others = [
    'N°',
    'Fecha',
    'Observaciones',
    'Proveedor',
    'Total',
    'Valor total',
    'Stock mínimo',
    'Margen',
    'Utilidad',
    'Escribe aquí el nombre y el precio de cada uno de tus productos, uno por fila',
  ]
  expect(others.map((title) => [title, best(title)])).toEqual(others.map((title) => [title, null]))
})

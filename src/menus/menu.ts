/**
 * The ready menus: what a business of a rubro most likely sells, with example prices to type over.
 * The pollería's is PERU.md, section 7; its `eighths` are what each plate takes of a whole chicken.
 */
export type MenuItem = {
  /** Names the item's fields in the form; never shown. */
  key: string
  name: string
  priceCentimos: number
  category: string
  /** Eighths of a chicken; 0 takes none. */
  eighths: number
}

/** `categories` in the order of the till's rail. */
export type Menu = { categories: readonly string[]; items: readonly MenuItem[] }

/** The stock product behind the eighths: counted, never sold as such. */
export const chicken = { name: 'Pollo', stepThousandths: 125 }

/** An eighth of a chicken is exactly 125 thousandths. */
export const eighthsToThousandths = (eighths: number) => eighths * chicken.stepThousandths

/** The menu for a rubro, or null where scanning or typing is the natural start. */
export function menuFor(rubro: string): Menu | null {
  const rows = menus[rubro]
  if (!rows) return null
  const categories = orders[rubro] ?? [...new Set(rows.map(([category]) => category))]
  return {
    categories,
    items: rows.map(([category, name, priceCentimos, eighths = 0], at) => ({
      key: String(at + 1),
      name,
      priceCentimos,
      category,
      eighths,
    })),
  }
}

type Row = [category: string, name: string, priceCentimos: number, eighths?: number]

/** A pollería's rail keeps its places from the first day, also those that the menu leaves empty. */
const orders: Record<string, readonly string[]> = {
  polleria: [
    'Pollos a la brasa',
    'Promociones',
    'Broaster',
    'Parrillas',
    'Chifa',
    'A la carta',
    'Guarniciones',
    'Cremas',
    'Bebidas',
    'Para llevar',
  ],
}

const menus: Record<string, readonly Row[]> = {
  polleria: [
    ['Pollos a la brasa', 'Pollo entero', 5500, 8],
    ['Pollos a la brasa', '1/2 pollo', 2900, 4],
    ['Pollos a la brasa', '1/4 pollo', 1500, 2],
    ['Pollos a la brasa', '1/8 pollo', 950, 1],
    ['Pollos a la brasa', 'Mostro', 1800, 2],
    ['Pollos a la brasa', 'Mostrito', 1300, 1],
    ['Pollos a la brasa', 'Salchibrasa 1/4', 1900, 2],
    ['Promociones', 'Promo 1/4 + gaseosa', 1700, 2],
    ['Promociones', 'Promo pollo + 1.5 L', 5800, 8],
    ['Promociones', 'Promo familiar', 7100, 8],
    ['Chifa', 'Chaufa de pollo', 1100],
    ['A la carta', 'Lomo saltado', 1800],
    ['Guarniciones', 'Papas', 800],
    ['Guarniciones', 'Ensalada', 600],
    ['Cremas', 'Crema extra', 100],
    ['Bebidas', 'Gaseosa 1.5 L', 900],
    ['Bebidas', 'Gaseosa 1 L', 700],
    ['Bebidas', 'Gaseosa 500 ml', 400],
    ['Bebidas', 'Chicha 1 L', 1000],
    ['Bebidas', 'Chicha 1/2 L', 500],
    ['Bebidas', 'Agua', 250],
    ['Bebidas', 'Cerveza 620 ml', 900],
    ['Para llevar', 'Táper', 100],
  ],
  restaurante: [
    ['Menú', 'Menú del día', 1500],
    ['Menú', 'Menú ejecutivo', 2200],
    ['Entradas', 'Papa a la huancaína', 1200],
    ['Entradas', 'Causa rellena', 1400],
    ['Entradas', 'Tequeños', 1500],
    ['Platos', 'Lomo saltado', 2800],
    ['Platos', 'Ají de gallina', 2200],
    ['Platos', 'Arroz con pollo', 2200],
    ['Platos', 'Tallarín verde con bistec', 2800],
    ['Platos', 'Milanesa de pollo', 2400],
    ['Bebidas', 'Chicha 1 L', 1200],
    ['Bebidas', 'Limonada 1 L', 1200],
    ['Bebidas', 'Gaseosa 500 ml', 400],
    ['Bebidas', 'Agua', 250],
    ['Para llevar', 'Táper', 100],
  ],
  chifa: [
    ['Arroces', 'Chaufa de pollo', 1400],
    ['Arroces', 'Chaufa de carne', 1600],
    ['Arroces', 'Chaufa especial', 2000],
    ['Arroces', 'Aeropuerto', 1600],
    ['Platos', 'Tallarín saltado de pollo', 1600],
    ['Platos', 'Pollo chi jau kay', 2200],
    ['Platos', 'Pollo ti pa kay', 2200],
    ['Platos', 'Kam lu wantán', 2400],
    ['Sopas', 'Sopa wantán', 1200],
    ['Sopas', 'Sopa wantán especial', 1600],
    ['Porciones', 'Wantán frito', 800],
    ['Bebidas', 'Gaseosa 1.5 L', 900],
    ['Bebidas', 'Gaseosa 500 ml', 400],
    ['Para llevar', 'Táper', 100],
  ],
  cevicheria: [
    ['Ceviches', 'Ceviche de pescado', 2800],
    ['Ceviches', 'Ceviche mixto', 3200],
    ['Ceviches', 'Leche de tigre', 1800],
    ['Fríos', 'Tiradito', 2800],
    ['Fríos', 'Causa de pulpa de cangrejo', 2200],
    ['Calientes', 'Arroz con mariscos', 3000],
    ['Calientes', 'Chicharrón de pescado', 2800],
    ['Calientes', 'Jalea mixta', 3800],
    ['Calientes', 'Chupe de camarones', 3600],
    ['Bebidas', 'Chicha 1 L', 1200],
    ['Bebidas', 'Gaseosa 500 ml', 400],
    ['Bebidas', 'Cerveza 620 ml', 1000],
    ['Para llevar', 'Táper', 100],
  ],
  cafeteria: [
    ['Café', 'Café americano', 600],
    ['Café', 'Capuchino', 900],
    ['Café', 'Café con leche', 800],
    ['Jugos', 'Jugo de papaya', 800],
    ['Jugos', 'Jugo surtido', 1000],
    ['Jugos', 'Jugo especial', 1200],
    ['Sándwiches', 'Triple', 900],
    ['Sándwiches', 'Pan con chicharrón', 1200],
    ['Sándwiches', 'Pan con palta', 700],
    ['Postres', 'Torta de chocolate', 900],
    ['Postres', 'Queque', 400],
    ['Bebidas', 'Agua', 250],
  ],
  panaderia: [
    ['Panes', 'Pan francés', 30],
    ['Panes', 'Pan de yema', 40],
    ['Panes', 'Pan integral', 50],
    ['Panes', 'Pan ciabatta', 60],
    ['Pastelería', 'Empanada de pollo', 600],
    ['Pastelería', 'Empanada de carne', 600],
    ['Pastelería', 'Alfajor', 250],
    ['Pastelería', 'Porción de torta', 800],
    ['Pastelería', 'Pye de manzana', 700],
    ['Tortas', 'Torta de chocolate', 6500],
    ['Bebidas', 'Café', 400],
    ['Bebidas', 'Gaseosa 500 ml', 400],
  ],
}

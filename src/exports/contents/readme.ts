import { formatPaperDate } from '#src/lib/lima.ts'

/** The first thing in the zip: what is there, for somebody who has never seen SmartKet. */
export function readme(about: { businessName: string; takenAt: Date }): string {
  return [
    about.businessName,
    `Todos tus datos de SmartKet, como estaban el ${formatPaperDate(about.takenAt)} (hora de Lima).`,
    '',
    'excel/      Una hoja de cálculo por cada tabla: productos, ventas, turnos, personal y las demás.',
    '            Los precios están en soles y las horas son de Lima.',
    '            «N.º interno» es el número con el que una tabla señala una fila de otra.',
    'tickets/    Cada venta con su ticket. Se abren en cualquier navegador y se pueden imprimir.',
    'fotos/      Las fotos de tus productos.',
    'datos.sql   La base de datos completa, para quien sepa de informática. Los montos están en céntimos,',
    '            las cantidades en milésimos y las horas en UTC. Se restaura en una base vacía de MariaDB:',
    '            mariadb nueva < datos.sql',
    '',
    'No están los PIN de tu equipo ni ninguna contraseña: nadie puede leerlos, tampoco nosotros.',
    'Guarda este archivo en un lugar seguro: tiene las ventas y los datos de tu negocio.',
    '',
  ].join('\r\n')
}

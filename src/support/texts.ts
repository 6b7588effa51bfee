export const texts = {
  granted: 'Listo. Soporte puede mirar tu negocio durante una hora.',
  ended: 'Listo. Soporte ya no puede mirar tu negocio.',
  over: 'Ese permiso ya terminó. Pide que te lo den otra vez.',
}

import type { Mail } from '#src/accounts/mailer.ts'
import { letter } from '#src/accounts/mails.tsx'
import { longDay } from './texts.ts'

type About = { businessName: string; link: string }

const end = 'Si no fuiste tú, entra, vuelve a abrirla y cambia tu contraseña.'

/** The proof that it was heard, and the way back. */
export const closedMail = (to: string, { businessName, link, until }: About & { until: Date }): Mail =>
  letter('closing', {
    to,
    subject: 'Cerraste tu cuenta de SmartKet',
    greeting: 'Hola,',
    paragraphs: [
      `Cerraste la cuenta de ${businessName}. Ya no se puede vender con ella y no se te cobra nada más.`,
      `Guardamos todo hasta el ${longDay(until)}. Hasta ese día puedes volver a abrirla o descargar tus datos; después se borra para siempre.`,
    ],
    button: 'Ver mi cuenta',
    link,
    end,
  })

export const lastWarningMail = (to: string, { businessName, link, until }: About & { until: Date }): Mail =>
  letter('closing', {
    to,
    subject: `Pronto borramos los datos de ${businessName}`,
    greeting: 'Hola,',
    paragraphs: [
      `Cerraste la cuenta de ${businessName} y sus datos se borran después del ${longDay(until)}.`,
      'Todavía puedes descargarlos o volver a abrir tu cuenta. Borrados no se pueden recuperar.',
    ],
    button: 'Descargar o volver',
    link,
    end: 'Si ya no los necesitas, no hagas nada.',
  })

export const reopenedMail = (to: string, { businessName, link }: About): Mail =>
  letter('closing', {
    to,
    subject: 'Tu cuenta de SmartKet está abierta otra vez',
    greeting: 'Hola,',
    paragraphs: [`La cuenta de ${businessName} está abierta otra vez. Todo sigue como lo dejaste.`],
    button: 'Ir a mi negocio',
    link,
    end: 'Si no fuiste tú, entra y cambia tu contraseña.',
  })

export const deletedMail = (to: string, { businessName, link }: About): Mail =>
  letter('closing', {
    to,
    subject: `Borramos los datos de ${businessName}`,
    greeting: 'Hola,',
    paragraphs: [
      `Como te avisamos, borramos los datos de ${businessName}: sus ventas, sus productos y su equipo.`,
      'Si algún día vuelves, puedes crear una cuenta nueva cuando quieras.',
    ],
    button: 'Ir a SmartKet',
    link,
    end: 'Gracias por haber vendido con nosotros.',
  })

/** What is sent about a closing, by kind. */
export const letters = { closed: closedMail, 'closed-7': lastWarningMail }

import type { Mail } from '#src/accounts/mailer.ts'
import { letter } from '#src/accounts/mails.tsx'
import { type Built, builtText } from '#src/billing/lock/texts.ts'
import { trialChip } from '#src/billing/plan.ts'
import { lastDayBefore } from '#src/billing/strip.ts'
import { formatLongDate, limaDate } from '#src/lib/lima.ts'
import { formatSoles } from '#src/lib/money.ts'
import { count } from '#src/lib/text.ts'
import type { Notice } from './notice.ts'

/** Of whom a notice speaks, and what is offered. */
export type NoticeFacts = {
  to: string
  ownerName: string
  businessName: string
  built: Built
  /** The cheapest plan that fits; null: none does. */
  plan: { name: string; priceMonthlyCentimos: number } | null
  /** Of a trial that lives on its sales: the midnight that ends it all the same. */
  lastMidnight: Date | null
  /** The midnight at which a paid plan was over; null: it was a trial. */
  paidUntil: Date | null
  appOrigin: string
}

/** One mail about the account, in the words of its pages. */
export function noticeMail(notice: Notice, facts: NoticeFacts): Mail {
  const { subject, paragraphs, button, end } = contentOf(notice, facts)
  return letter('notice', {
    to: facts.to,
    subject,
    greeting: facts.ownerName ? `Hola ${facts.ownerName},` : 'Hola,',
    paragraphs,
    button,
    link: `${facts.appOrigin}/plan`,
    end,
  })
}

type Content = { subject: string; paragraphs: string[]; button: string; end: string }

function contentOf(notice: Notice, facts: NoticeFacts): Content {
  switch (notice.kind) {
    case 'trial-3':
    case 'trial-1':
    case 'trial-0':
      return trial(notice, facts)
    case 'trial-sales':
      return trialBySales(notice, facts)
    case 'late':
      return late(notice, facts)
    case 'locked':
      return locked(facts)
    default:
      return deletion(notice, facts)
  }
}

function trial({ daysLeft, about }: Notice & { daysLeft: number }, facts: NoticeFacts): Content {
  const days = count(daysLeft, 'día', 'días')
  const left =
    daysLeft === 0
      ? 'Hoy es tu último día de prueba'
      : `${daysLeft === 1 ? 'Te queda' : 'Te quedan'} ${days} de prueba`
  const last = daysLeft === 0 ? 'Tu prueba termina hoy.' : `Tu prueba termina el ${longDay(about)}.`
  return {
    subject: left,
    paragraphs: [last, builtText(facts.built), planText(facts)],
    button: 'Elegir plan',
    end: nothingLost,
  }
}

function trialBySales({ salesLeft }: Notice & { salesLeft: number }, facts: NoticeFacts): Content {
  const most = facts.lastMidnight ? `, como máximo el ${lastDayBefore(facts.lastMidnight)}` : ''
  const which = salesLeft === 1 ? 'esa venta' : 'esas ventas'
  return {
    subject: trialChip({ kind: 'sales', salesLeft }),
    paragraphs: [`Tu prueba termina con ${which}${most}.`, builtText(facts.built), planText(facts)],
    button: 'Elegir plan',
    end: nothingLost,
  }
}

function late({ until }: Notice & { until: Date }, { paidUntil }: NoticeFacts): Content {
  return {
    subject: expired(paidUntil),
    paragraphs: [
      `${expired(paidUntil)}. Puedes vender hasta el ${lastDayBefore(until)}.`,
      'Paga ahora y sigues sin parar: con Yape, Plin o transferencia tu caja funciona al instante.',
    ],
    button: 'Pagar ahora',
    end: nothingLost,
  }
}

function locked(facts: NoticeFacts): Content {
  const what = facts.paidUntil ? expired(facts.paidUntil) : 'Tu prueba ha terminado'
  return {
    subject: what,
    paragraphs: [
      `${what}. ¡Elige un plan para continuar donde lo dejaste!`,
      builtText(facts.built),
      planText(facts),
    ],
    button: 'Elegir plan',
    end: 'Nada se borra: guardamos todo 12 meses y te avisamos antes.',
  }
}

function deletion({ keptUntil }: Notice & { keptUntil: Date }, { businessName }: NoticeFacts): Content {
  const day = formatLongDate(limaDate(new Date(keptUntil.getTime() - 1)))
  return {
    subject: `Guardamos los datos de ${businessName} hasta el ${day}`,
    paragraphs: [
      `Tu cuenta de ${businessName} no tiene un plan. Guardamos tus productos y tus ventas hasta el ${day}; después se borran y ya no se pueden recuperar.`,
      'Para seguir vendiendo, elige un plan: todo está donde lo dejaste.',
      'Si ya no lo usas, entra con tu correo y presiona «Descargar todo»: es tuyo y no cuesta nada.',
    ],
    button: 'Elegir plan',
    end: 'Si eliges un plan antes de ese día, no se borra nada.',
  }
}

const nothingLost =
  'Si no eliges un plan no se borra nada: solo no se puede abrir la caja hasta que lo elijas. Puedes ver y descargar todo.'

const planText = ({ plan }: NoticeFacts) =>
  plan
    ? `El que te queda es ${plan.name}: ${formatSoles(plan.priceMonthlyCentimos).replace(/\.00$/, '')} al mes, con IGV.`
    : 'Mira los planes y elige el tuyo; si ninguno te queda, escríbenos.'

const expired = (paidUntil: Date | null) =>
  paidUntil ? `Tu plan venció el ${lastDayBefore(paidUntil)}` : 'Tu plan venció'

/** `2026-12-07` → `7 de diciembre` */
const longDay = (date: string) => formatLongDate(date).replace(/ de \d+$/, '')

import type { Mail } from '#src/accounts/mailer.ts'
import { letter } from '#src/accounts/mails.tsx'
import type { AccountState } from '#src/billing/account.ts'
import { paymentPath, plansPath } from '#src/billing/paths.ts'
import { ownerEmail, type PaymentRow, paymentById } from '#src/billing/payments/queries.ts'
import { documentNames, lastDayText, methodNames, tillText } from '#src/billing/texts.ts'
import type { Services } from '#src/http/env.ts'
import { formatSoles } from '#src/lib/money.ts'

type Sender = Pick<Services, 'databases' | 'mailer' | 'config' | 'clock'>

/** After a decision was written (`changed`): the owner is told what became of her payment. */
export function mailDecision({ databases, mailer, config, clock }: Sender, paymentId: number): void {
  mailer.send('payment', async () => {
    const payment = await paymentById(databases.admin, paymentId)
    const to = payment && (await ownerEmail(databases.admin, payment.tenantId))
    return to ? decisionMail(payment, { to, appOrigin: config.appOrigin, now: clock() }) : null
  })
}

/** To the operator, who has 48 hours. */
export function mailDeclared(
  { mailer, config }: Sender,
  {
    payment,
    tenant,
    account,
  }: { payment: PaymentRow; tenant: { businessName: string }; account: AccountState },
): void {
  const to = config.operatorMail
  if (!to) return
  mailer.send('payment', async () =>
    declaredMail(payment, { ...tenant, account, to, origin: config.operatorOrigin }),
  )
}

type Owner = { to: string; appOrigin: string; now: Date }

/** null: nothing was decided that she would have to be told. */
export function decisionMail(payment: PaymentRow, { to, appOrigin, now }: Owner): Mail | null {
  const about = decisionText(payment, now)
  if (!about) return null
  const { paragraphs, button, path, subject } = about
  return letter('payment', {
    ...{ to, subject, paragraphs, button },
    greeting: 'Hola,',
    link: appOrigin + path,
    end: 'Si tienes una duda, responde este correo.',
  })
}

type About = { subject: string; paragraphs: string[]; button: string; path: string }

function decisionText(payment: PaymentRow, now: Date): About | null {
  const { planName, reference, operationNumber, reason, coversUntil } = payment
  const amount = formatSoles(payment.amountCentimos)
  switch (payment.status) {
    case 'confirmed':
      return {
        subject: `Recibimos tu pago de ${amount}`,
        paragraphs: [
          `Confirmamos tu pago de ${amount}. Tienes ${planName}${coversUntil ? ` hasta el ${lastDayText(coversUntil, now)}` : ''}.`,
          `Tu ${documentNames[payment.document].toLowerCase()} te llega aparte.`,
        ],
        button: 'Ver constancia',
        path: `/plan/recibos/${reference}`,
      }
    case 'refused':
      return {
        subject: 'No encontramos tu pago',
        paragraphs: [
          `No encontramos tu pago ${operationNumber ?? ''}. Revisa el número o escríbenos; tus datos siguen aquí.`,
          ...(reason ? [`Lo que vimos: ${reason}`] : []),
        ],
        button: 'Revisar mi pago',
        path: paymentPath(reference),
      }
    case 'refunded':
    case 'charged_back':
      return {
        subject: `Tu pago de ${amount} fue devuelto`,
        paragraphs: [
          `Tu pago de ${amount} por ${planName} fue devuelto, así que sus días ya no cuentan. Tus datos siguen aquí.`,
        ],
        button: 'Ver mi plan',
        path: plansPath(),
      }
    default:
      return null
  }
}

type Operator = { businessName: string; account: AccountState; to: string; origin: string }

export function declaredMail(payment: PaymentRow, { businessName, account, to, origin }: Operator): Mail {
  const amount = formatSoles(payment.amountCentimos)
  return letter('payment', {
    to,
    subject: `Pago por confirmar: ${businessName}, ${amount}`,
    greeting: 'Hola,',
    paragraphs: [
      `${businessName} avisó que pagó ${amount} por ${payment.planName} con ${methodNames[payment.method]}, operación ${payment.operationNumber}.`,
    ],
    button: 'Ver pagos por confirmar',
    link: `${origin}/pagos`,
    end: tillText(account),
  })
}

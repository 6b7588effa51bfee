import { letter } from '#src/accounts/mails.tsx'
import { plansPath } from '#src/billing/paths.ts'
import { ownerEmail } from '#src/billing/payments/queries.ts'
import type { JobContext } from '#src/jobs/schedule.ts'
import { tenantName } from './queries.ts'
import type { StopReason } from './stopping.ts'
import { stoppedTexts, stopTexts } from './texts.ts'

type Sender = Pick<JobContext, 'databases' | 'mailer' | 'config'>

/** After it was written: the owner is told that nothing more is charged, and the operator that he may be asked. */
export function mailStopped(
  { databases: { admin }, mailer, config }: Sender,
  tenantId: number,
  why: StopReason,
): void {
  mailer.send('payment', async () => {
    const to = await ownerEmail(admin, tenantId)
    return to
      ? letter('payment', {
          to,
          subject: 'Mercado Pago ya no te cobrará',
          greeting: 'Hola,',
          paragraphs: [stoppedTexts[why]],
          button: 'Ver mi plan',
          link: config.appOrigin + plansPath(),
          end: 'Si tienes una duda, responde este correo.',
        })
      : null
  })
  const { operatorMail, operatorOrigin } = config
  if (!operatorMail) return
  mailer.send('payment', async () => {
    const name = await tenantName(admin, tenantId)
    return name
      ? letter('payment', {
          to: operatorMail,
          subject: `Cobro automático terminado: ${name}`,
          greeting: 'Hola,',
          paragraphs: [`${name}: ${stopTexts[why]}`],
          button: 'Ver el negocio',
          link: `${operatorOrigin}/negocios/${tenantId}`,
          end: 'También le escribimos a su dueño.',
        })
      : null
  })
}

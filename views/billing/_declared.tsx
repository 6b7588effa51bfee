import { backLabel } from '#src/billing/back.ts'
import { methodNames } from '#src/billing/texts.ts'
import { formatSoles } from '#src/lib/money.ts'
import { ButtonLink } from '#views/components/button.tsx'
import { Strip } from '#views/components/strip.tsx'
import { DeclareForm } from './_declare-form.tsx'
import type { PaymentPageProps } from './payment-page.tsx'

/** «¡Listo!»: what was declared works; whoever used the 48 hours up before is told the truth. */
export function Declared(props: PaymentPageProps) {
  const { payment, works, waits, volver, errors } = props
  const what = `${formatSoles(payment.amountCentimos)} con ${methodNames[payment.method]}, operación ${payment.operationNumber}`
  return (
    <>
      <div class="card stack">
        <h1>{works ? '¡Listo! Tu caja ya funciona.' : 'Recibimos tu aviso'}</h1>
        <p>
          {works
            ? 'Confirmamos tu pago en menos de 48 horas.'
            : 'Buscamos tu pago y te avisamos por correo. Tu caja se abre apenas lo confirmemos.'}
        </p>
        {waits && <p>Tu plan {payment.planName} empieza apenas lo confirmemos.</p>}
        <p class="hint">{what}.</p>
        <div class="actions">
          <ButtonLink kind="primary" href={works ? (volver ?? '/') : '/'}>
            {works ? backLabel(volver) : 'Ir al inicio'}
          </ButtonLink>
        </div>
      </div>
      {payment.pictureId && (
        <p>
          <a class="row-link" href={`/plan/pagos/${payment.reference}/foto`}>
            Ver la foto que enviaste
          </a>
        </p>
      )}
      {errors?.form && <Strip kind="danger">{errors.form}</Strip>}
      <details class="plan-cancel" open={Boolean(errors)}>
        <summary>Corregir el número o la foto</summary>
        <DeclareForm {...props} button="Guardar" kind="plain" />
      </details>
    </>
  )
}

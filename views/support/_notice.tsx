import { formatHour } from '#src/lib/lima.ts'
import type { SupportNotice } from '#src/support/support.ts'
import { Button } from '#views/components/button.tsx'
import { Strip } from '#views/components/strip.tsx'

/** Above every page while support may look: nobody looks without the business seeing it. */
export function SupportStrip({ notice }: { notice: SupportNotice }) {
  const until = formatHour(notice.until)
  if (notice.side === 'support') {
    return (
      <Strip kind="amber" class="support-strip" action={<EndForm action="/soporte/salida" label="Salir" />}>
        Miras este negocio como soporte, hasta las {until}, sin poder cambiar nada.
      </Strip>
    )
  }
  const action = notice.mayEnd ? <EndForm action="/cuenta/soporte/fin" label="Terminar ahora" /> : undefined
  return (
    <Strip kind="amber" class="support-strip" action={action}>
      {notice.operatorName ? `${notice.operatorName}, de SmartKet,` : 'Soporte de SmartKet'} puede mirar tu
      negocio hasta las {until} y no puede cambiar nada.
    </Strip>
  )
}

function EndForm({ action, label }: { action: string; label: string }) {
  return (
    <form method="post" action={action}>
      <Button kind="quiet">{label}</Button>
    </form>
  )
}

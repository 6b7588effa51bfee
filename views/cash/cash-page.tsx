import type { Shell } from '#src/http/shell.ts'
import { formatScreenDate } from '#src/lib/lima.ts'
import { formatSoles } from '#src/lib/money.ts'
import { count } from '#src/lib/text.ts'
import type { MethodTotal } from '#src/sales/list.ts'
import { AppLayout } from '../app-layout.tsx'
import { ButtonLink } from '../components/button.tsx'
import { Chip } from '../components/chip.tsx'
import { Empty } from '../components/empty.tsx'
import { MethodTotals } from '../sales/_method-totals.tsx'
import { OpenForm } from './open-form.tsx'

type Register = {
  id: number
  name: string
  branchName: string
  session: { openedAt: Date; openedBy: string; floatCentimos: number } | null
  salesMade: number
  byMethod: MethodTotal[]
  requestKey: string
  rejected?: { values: Record<string, string>; errors: Record<string, string> }
}

type CashPageProps = {
  shell: Shell
  /** The mark of the business that the page is of. */
  business: string
  registers: Register[]
}

/** Each caja: closed with its form to open it, or open with what it has sold so far. */
export function CashPage({ shell, business, registers }: CashPageProps) {
  return (
    <AppLayout shell={shell} title="Caja" current="vender" narrow>
      <h1>Caja</h1>
      {registers.length === 0 && (
        <Empty text="Primero configura tu caja.">
          <ButtonLink kind="primary" href="/">
            Seguir configurando
          </ButtonLink>
        </Empty>
      )}
      {registers.map((register) => (
        <section class="card cash-register">
          <h2>
            {register.name} <Chip>{register.session ? 'Abierta' : 'Cerrada'}</Chip>
          </h2>
          <p class="soft">{register.branchName}</p>
          {register.session ? (
            <Turno register={register} session={register.session} />
          ) : (
            <Closed register={register} business={business} />
          )}
        </section>
      ))}
    </AppLayout>
  )
}

function Closed({ register, business }: { register: Register; business: string }) {
  return (
    <OpenForm
      registerId={register.id}
      business={business}
      requestKey={register.requestKey}
      {...register.rejected}
    />
  )
}

function Turno({ register, session }: { register: Register; session: NonNullable<Register['session']> }) {
  return (
    <>
      {register.rejected?.errors.form && <p role="alert">{register.rejected.errors.form}</p>}
      <p>
        Abierta por {session.openedBy || 'el dueño'} el {formatScreenDate(session.openedAt)} Sencillo inicial:{' '}
        <strong>{formatSoles(session.floatCentimos)}</strong>.
      </p>
      <p>
        <strong>{count(register.salesMade, 'venta', 'ventas')}</strong> en este turno.
      </p>
      {register.byMethod.length > 0 && <MethodTotals totals={register.byMethod} />}
      <div class="actions">
        <ButtonLink kind="primary" href="/pos">
          Vender
        </ButtonLink>
        <ButtonLink href="/ventas">Ver ventas</ButtonLink>
      </div>
    </>
  )
}

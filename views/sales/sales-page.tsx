import type { Shell } from '#src/http/shell.ts'
import { AppLayout } from '../app-layout.tsx'
import { ButtonLink } from '../components/button.tsx'
import { Empty } from '../components/empty.tsx'
import { SalesDay, type SalesDayProps } from './_sales-day.tsx'

type SalesPageProps = {
  shell: Shell
  days: SalesDayProps['day'][]
  /** The last sale of this page, when there are older ones. */
  nextBefore: number | undefined
  isFirstPage: boolean
}

/** Every sale, newest first, by day; each day under what it brought in. */
export function SalesPage({ shell, days, nextBefore, isFirstPage }: SalesPageProps) {
  return (
    <AppLayout shell={shell} title="Ventas" current="ventas">
      <h1>Ventas</h1>
      {days.length === 0 && (
        <Empty
          icon="receipt-text"
          text={isFirstPage ? 'Tu primera venta aparecerá aquí.' : 'No hay ventas más antiguas.'}
        >
          <ButtonLink kind="primary" href="/pos">
            Ir a la caja
          </ButtonLink>
        </Empty>
      )}
      {days.map((day) => (
        <SalesDay day={day} />
      ))}
      <nav class="actions" aria-label="Más ventas">
        {!isFirstPage && <ButtonLink href="/ventas">Las más recientes</ButtonLink>}
        {nextBefore !== undefined && (
          <ButtonLink href={`/ventas?antes=${nextBefore}`}>Ventas anteriores</ButtonLink>
        )}
      </nav>
    </AppLayout>
  )
}

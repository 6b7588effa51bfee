import { formatMoment } from '#src/lib/lima.ts'
import { formatSoles } from '#src/lib/money.ts'
import { count } from '#src/lib/text.ts'
import type { Filter } from '#src/operator/payments-queue/form.ts'
import type { PaymentListRow } from '#src/operator/payments-queue/queries.ts'
import { doneTexts, filterNames, methodNames, statusNames } from '#src/operator/payments-queue/texts.ts'
import { ButtonLink } from '#views/components/button.tsx'
import { Empty } from '#views/components/empty.tsx'
import { Strip } from '#views/components/strip.tsx'
import { OperatorLayout } from '../layout.tsx'

type ListProps = {
  operator: { name: string }
  rows: readonly PaymentListRow[]
  total: number
  filter: Filter
  page: number
  pageSize: number
  done: string | null
  now: Date
}

export function PaymentListPage({ operator, rows, total, filter, page, pageSize, done, now }: ListProps) {
  const said = done ? doneTexts[done] : undefined
  const path = (to: number) => `/pagos?estado=${filter}&pagina=${to}`
  return (
    <OperatorLayout
      title="Pagos"
      operator={operator}
      current="pagos"
      flash={said && <Strip kind="green">{said}</Strip>}
    >
      <h1>Pagos</h1>
      <nav aria-label="Qué pagos">
        <ul class="queue-counts">
          {(Object.keys(filterNames) as Filter[]).map((one) => (
            <li>
              <a href={`/pagos?estado=${one}`} aria-current={one === filter ? 'page' : undefined}>
                {filterNames[one]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {rows.length === 0 ? (
        <Empty
          icon="check"
          text={filter === 'declared' ? 'Ningún pago por confirmar.' : 'Ningún pago aquí.'}
        />
      ) : (
        <>
          <p class="hint">{count(total, 'pago', 'pagos')}</p>
          <ul class="console-rows">
            {rows.map((row) => (
              <PaymentRow row={row} now={now} />
            ))}
          </ul>
        </>
      )}
      {total > pageSize && (
        <nav class="actions pages" aria-label="Páginas">
          {page > 1 && <ButtonLink href={path(page - 1)}>Anterior</ButtonLink>}
          {page * pageSize < total && <ButtonLink href={path(page + 1)}>Siguiente</ButtonLink>}
        </nav>
      )}
    </OperatorLayout>
  )
}

function PaymentRow({ row, now }: { row: PaymentListRow; now: Date }) {
  const number = row.operationNumber ? ` · operación ${row.operationNumber}` : ''
  return (
    <li class="console-row">
      <span class="console-row-text">
        <a href={`/pagos/${row.id}`}>
          <strong>{row.business}</strong>
        </a>
        <span>
          {formatSoles(row.amountCentimos)} por {methodNames[row.method]}
          {number}
        </span>
        <span class="hint">
          {row.planName}, {row.period === 'year' ? 'un año' : 'un mes'} ·{' '}
          {formatMoment(row.declaredAt ?? row.createdAt, now)}
          {row.hasPicture && ' · con foto'}
        </span>
      </span>
      <span class="console-row-actions">
        {row.status === 'declared' ? (
          <ButtonLink href={`/pagos/${row.id}`} aria-label={`Revisar el pago de ${row.business}`}>
            Revisar
          </ButtonLink>
        ) : (
          statusNames[row.status]
        )}
      </span>
    </li>
  )
}

import { formatSoles } from '#src/lib/money.ts'
import type { MethodTotal } from '#src/sales/list.ts'
import { methodNames } from '#src/sales/names.ts'

/** What came in by each method: its dot has the method's colour, and its name says the same. */
export function MethodTotals({ totals }: { totals: readonly MethodTotal[] }) {
  return (
    <ul class="method-totals">
      {totals.map(({ method, centimos }) => (
        <li>
          <span class={`method-dot method-${method}`} aria-hidden="true"></span> {methodNames[method]}{' '}
          <strong>{formatSoles(centimos)}</strong>
        </li>
      ))}
    </ul>
  )
}

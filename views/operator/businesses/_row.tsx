import { formatMoment } from '#src/lib/lima.ts'
import { formatCount } from '#src/lib/text.ts'
import { type Business, sizeText } from '#src/operator/businesses/business.ts'
import { type BusinessSearch, businessPath } from '#src/operator/businesses/search.ts'
import { flagNames } from '#src/operator/businesses/texts.ts'
import { rubroOf } from '#src/tenants/rubro.ts'
import { Chip } from '#views/components/chip.tsx'
import { Left, StateChip } from './_state-chip.tsx'

type RowProps = { business: Business; search: BusinessSearch; most: number; now: Date }

export function BusinessRow({ business, search, most, now }: RowProps) {
  const { stats } = business
  return (
    <tr>
      <td class="cell-business">
        <span class="console-row-text">
          <a href={businessPath(business.id, search)}>
            <strong>{business.name}</strong>
          </a>
          <span class="hint">{rubroOf(business.rubro).name}</span>
          {business.flags.map((flag) => (
            <Chip kind="amber">{flagNames[flag] ?? flag}</Chip>
          ))}
        </span>
      </td>
      <td data-label="Plan">{business.planName}</td>
      <td data-label="Estado">
        <span class="cell-state">
          <StateChip business={business} now={now} />
          <Left account={business.account} now={now} />
        </span>
      </td>
      <td data-label="Ventas en 7 días">
        <Bar value={stats.sales7Days} most={most} />
      </td>
      <td data-label="Última venta">{stats.lastSaleAt ? formatMoment(stats.lastSaleAt, now) : 'Ninguna'}</td>
      <td data-label="Copia verificada">
        {business.coveredUntil ? formatMoment(business.coveredUntil, now) : 'Ninguna'}
        {business.isUncovered && (
          <>
            {' '}
            <Chip kind="danger">Sin copia al día</Chip>
          </>
        )}
      </td>
      <td class="is-amount" data-label="Tamaño">
        {stats.refreshedAt ? sizeText(stats.databaseBytes) : '–'}
      </td>
      <td class="is-amount" data-label="Versión">
        {business.schemaVersion}
      </td>
      <td class="is-amount" data-label="Errores hoy">
        {business.errorsToday > 0 ? <strong>{formatCount(business.errorsToday)}</strong> : '0'}
      </td>
    </tr>
  )
}

/** The figure stands beside it: the length only helps the eye. */
function Bar({ value, most }: { value: number; most: number }) {
  return (
    <span class="sales-bar">
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <rect width={(value * 100) / most} height="10" rx="2" fill="currentColor" />
      </svg>
      {formatCount(value)}
    </span>
  )
}

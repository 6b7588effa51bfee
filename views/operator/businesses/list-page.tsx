import type { BusinessSearch, Found } from '#src/operator/businesses/search.ts'
import { OperatorLayout } from '../layout.tsx'
import { BusinessList } from './_list.tsx'
import { BusinessSearchForm, type PlanOption } from './_search-form.tsx'

type ListProps = {
  operator: { name: string }
  plans: readonly PlanOption[]
  found: Found
  search: BusinessSearch
  now: Date
}

export function BusinessListPage({ operator, plans, found, search, now }: ListProps) {
  return (
    <OperatorLayout title="Negocios" operator={operator} current="negocios">
      <h1>Negocios</h1>
      <BusinessSearchForm search={search} plans={plans} />
      <BusinessList found={found} search={search} now={now} />
    </OperatorLayout>
  )
}

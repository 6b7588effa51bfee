import { states } from '#src/operator/businesses/business.ts'
import type { BusinessSearch } from '#src/operator/businesses/search.ts'
import { stateNames } from '#src/operator/businesses/texts.ts'
import { rubros } from '#src/tenants/rubro.ts'
import { Button } from '#views/components/button.tsx'
import { Icon } from '#views/components/icon.tsx'

export type PlanOption = { code: string; name: string }
type SearchProps = { search: BusinessSearch; plans: readonly PlanOption[] }

/** Searches as one types; without script the same form is a plain one. */
export function BusinessSearchForm({ search, plans }: SearchProps) {
  const isUsual = search.sort === 'alta' && search.descending
  return (
    <form
      class="console-search"
      method="get"
      action="/negocios"
      hx-get="/negocios"
      hx-target="#business-list"
      hx-swap="outerHTML"
      hx-trigger="input changed delay:250ms from:#q, change from:#estado, change from:#rubro, change from:#plan, submit"
      hx-sync="this:replace"
      hx-replace-url="true"
    >
      {!isUsual && (
        <input type="hidden" name="orden" value={`${search.descending ? '-' : ''}${search.sort}`} />
      )}
      <label class="visually-hidden" for="q">
        Buscar
      </label>
      <div class="field-box search-text">
        <input
          class="input"
          id="q"
          name="q"
          type="search"
          value={search.text}
          placeholder="Negocio, dueño, correo o número"
          autocomplete="off"
          maxlength={120}
        />
      </div>
      <Choice
        id="estado"
        label="Estado"
        value={search.state ?? ''}
        options={[['', 'Estado'], ...states.map((code): Option => [code, stateNames[code]])]}
      />
      <Choice
        id="rubro"
        label="Rubro"
        value={search.rubro ?? ''}
        options={[['', 'Rubro'], ...rubros.map(({ code, name }): Option => [code, name])]}
      />
      <Choice
        id="plan"
        label="Plan"
        value={search.plan ?? ''}
        options={[['', 'Plan'], ...plans.map(({ code, name }): Option => [code, name])]}
      />
      <Button>
        <Icon name="search" />
        Buscar
      </Button>
    </form>
  )
}

type Option = [value: string, text: string]
type ChoiceProps = { id: string; label: string; value: string; options: readonly Option[] }

function Choice({ id, label, value, options }: ChoiceProps) {
  return (
    <div class="field-box">
      <label class="visually-hidden" for={id}>
        {label}
      </label>
      <select class="input" id={id} name={id}>
        {options.map(([option, text]) => (
          <option value={option} selected={option === value}>
            {text}
          </option>
        ))}
      </select>
      <span class="select-arrow">
        <Icon name="chevron-down" />
      </span>
    </div>
  )
}

import type { ProductSearch } from '#src/products/search.ts'
import { states } from '#src/products/search.ts'
import { stateNames } from '#src/products/texts.ts'
import { Button } from '#views/components/button.tsx'
import { Icon } from '#views/components/icon.tsx'
import type { CategoryOption } from './_fields.tsx'

type SearchFormProps = { search: ProductSearch; categories: readonly CategoryOption[] }

/** Searches as one types; without script the same form is a plain one. */
export function SearchForm({ search, categories }: SearchFormProps) {
  const order = search.sort === 'menu' ? '' : `${search.descending ? '-' : ''}${search.sort}`
  return (
    <form
      class="products-search"
      method="get"
      action="/productos"
      hx-get="/productos"
      hx-target="#product-list"
      hx-swap="outerHTML"
      hx-trigger="input changed delay:250ms from:#q, change from:#categoria, change from:#estado, submit"
      hx-sync="this:replace"
      hx-replace-url="true"
    >
      {order && <input type="hidden" name="orden" value={order} />}
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
          placeholder="Buscar por nombre o código"
          autocomplete="off"
          maxlength={120}
        />
      </div>
      <Button>
        <Icon name="search" />
        Buscar
      </Button>
      {categories.length > 0 && (
        <Choice
          id="categoria"
          label="Categoría"
          value={String(search.categoryId ?? '')}
          options={[
            ['', 'Todas las categorías'],
            ...categories.map(({ id, name }): [string, string] => [String(id), name]),
          ]}
        />
      )}
      <Choice
        id="estado"
        label="Estado"
        value={search.state}
        options={states.map((state) => [state, stateNames[state]])}
      />
    </form>
  )
}

type ChoiceProps = { id: string; label: string; value: string; options: readonly [string, string][] }

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

import type { LimitNote } from '#src/billing/limits.ts'
import type { Shell } from '#src/http/shell.ts'
import { count, unbroken } from '#src/lib/text.ts'
import { fieldOf } from '#src/menus/form.ts'
import type { Menu, MenuItem } from '#src/menus/menu.ts'
import { Button } from '#views/components/button.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { LimitStrip } from '#views/components/limit-strip.tsx'
import { Wizard } from './layout.tsx'

type Texts = Record<string, string>
type ReadyMenuProps = { shell: Shell; menu: Menu; values: Texts; errors?: Texts; limit?: LimitNote }

export function ReadyMenuPage({ shell, menu, values, errors = {}, limit }: ReadyMenuProps) {
  const ticked = menu.items.filter(({ key }) => values[fieldOf.box(key)] !== undefined).length
  const firstWrong = menu.items.find(({ key }) => errors[fieldOf.price(key)])?.key
  const groups = menu.categories.flatMap((category) => {
    const items = menu.items.filter((item) => item.category === category)
    return items.length > 0 ? [{ category, items }] : []
  })
  return (
    <Wizard
      shell={shell}
      step={4}
      title={`La carta lista de tu ${shell.rubroNoun}`}
      lead="Son precios de ejemplo: pon los tuyos."
      back="/configurar/productos"
    >
      <form class="form ready-menu" method="post" action="/configurar/productos/carta" novalidate>
        <FormAlert errors={errors} />
        <LimitStrip note={limit} isRefusal />
        {groups.map(({ category, items }) => (
          <fieldset class="menu-group">
            <legend>{category}</legend>
            {items.map((item) => (
              <Item item={item} values={values} errors={errors} autofocus={item.key === firstWrong} />
            ))}
          </fieldset>
        ))}
        <div class="sticky-actions">
          <Button kind="primary" busy="Guardando…" wide data-count-of=".menu-box">
            Guardar {count(ticked, 'producto', 'productos')}
          </Button>
        </div>
      </form>
    </Wizard>
  )
}

type ItemProps = { item: MenuItem; values: Texts; errors: Texts; autofocus: boolean }

function Item({ item, values, errors, autofocus }: ItemProps) {
  const [box, price] = [fieldOf.box(item.key), fieldOf.price(item.key)]
  const error = errors[price]
  return (
    <div class={error ? 'menu-item-row is-wrong' : 'menu-item-row'}>
      <label class="menu-check" for={box}>
        <input
          type="checkbox"
          class="menu-box"
          id={box}
          name={box}
          value="on"
          checked={values[box] !== undefined}
        />
        {unbroken(item.name)}
      </label>
      <span class="field-box menu-price">
        <span class="field-prefix" aria-hidden="true">
          S/
        </span>
        <input
          class="input input-money"
          name={price}
          value={values[price] ?? ''}
          inputmode="decimal"
          autocomplete="off"
          maxlength={14}
          aria-label={`Precio de ${item.name}`}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? `${price}-error` : undefined}
          autofocus={autofocus}
        />
      </span>
      {error && (
        <p class="field-error" id={`${price}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}

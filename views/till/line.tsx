import { Icon } from '#views/components/icon.tsx'

/** Copied by the page for every line; the controls exist once and move to the open line. */
export function LineTemplates() {
  return (
    <>
      <template data-part="line">
        <li class="order-line">
          <button class="line-main" type="button" aria-expanded="false">
            <span class="line-quantity"></span>
            <span class="line-name"></span>
            <span class="line-amount"></span>
          </button>
        </li>
      </template>
      <template data-part="controls">
        <div class="line-controls">
          <button class="button line-step" type="button" data-press="less" aria-label="Quitar uno">
            <Icon name="minus" />
          </button>
          <input
            class="line-figure"
            inputmode="decimal"
            autocomplete="off"
            aria-label="Cantidad"
            maxlength={9}
          />
          <button class="button line-step" type="button" data-press="more" aria-label="Agregar uno">
            <Icon name="plus" />
          </button>
          <span class="line-each soft"></span>
          <button class="button button-quiet line-remove" type="button" data-press="remove-line">
            Quitar
          </button>
        </div>
      </template>
    </>
  )
}

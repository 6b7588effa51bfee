import { reasons } from '#src/stock/stock.ts'
import { reasonHints, reasonNames } from '#src/stock/texts.ts'
import { Button } from '#views/components/button.tsx'
import { ChoiceCards } from '#views/components/choice-cards.tsx'
import { Field, SelectField } from '#views/components/field.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import type { StockPageProps } from './stock-page.tsx'

type MovementFormProps = Pick<StockPageProps, 'product' | 'levels' | 'movements' | 'rejected'> & {
  action: string
}

/** What came, what was lost, what was counted: each with its reason. */
export function MovementForm({ product, levels, movements, rejected, action }: MovementFormProps) {
  const { values = {}, errors = {} } = rejected ?? {}
  const seen = movements.find((row) => row.reason !== 'venta')?.id ?? 0
  const hints = {
    kg: 'En kilos, por ejemplo 1.250.',
    octavo: 'Por ejemplo 12, 3/4 o 2/8.',
    unidad: 'Por ejemplo 12.',
  }
  const measure = product.unit === 'kg' ? 'kg' : product.stepThousandths === 125 ? 'octavo' : 'unidad'
  return (
    <form class="form card" method="post" action={action} novalidate>
      <FormAlert errors={rejected?.errors} />
      <input type="hidden" name="seen" value={values.seen ?? String(seen)} />
      <ChoiceCards
        name="reason"
        label="Qué pasó"
        wide
        value={values.reason ?? 'ingreso'}
        error={errors.reason}
        options={reasons.map((reason) => ({
          value: reason,
          title: reasonNames[reason],
          hint: reasonHints[reason],
        }))}
      />
      {levels.length > 1 ? (
        <SelectField
          name="branchId"
          label="Local"
          value={values.branchId}
          error={errors.branchId}
          options={levels.map(({ branchId, branch }) => ({ value: String(branchId), text: branch }))}
        />
      ) : (
        <input type="hidden" name="branchId" value={String(levels[0]?.branchId ?? 0)} />
      )}
      <Field
        name="quantity"
        label="Cantidad"
        hint={hints[measure]}
        value={values.quantity}
        error={errors.quantity}
        autofocus={errors.quantity !== undefined}
        autocomplete="off"
        maxlength={20}
      />
      <Field
        name="note"
        label="Nota"
        optional
        value={values.note}
        error={errors.note}
        autocomplete="off"
        maxlength={160}
      />
      <div class="actions">
        <Button kind="primary" busy="Guardando…">
          Guardar movimiento
        </Button>
      </div>
    </form>
  )
}

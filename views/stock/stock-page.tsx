import type { Shell } from '#src/http/shell.ts'
import { formatStock } from '#src/stock/stock.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { ButtonLink } from '#views/components/button.tsx'
import { Chip } from '#views/components/chip.tsx'
import { MovementForm } from './_movement-form.tsx'
import { type Movement, Movements } from './_movements.tsx'
import { Switch } from './_switch.tsx'

export type StockedProduct = {
  id: number
  name: string
  unit: 'unidad' | 'kg'
  stepThousandths: number
  tracksStock: boolean
}
export type StockPageProps = {
  shell: Shell
  product: StockedProduct
  levels: readonly { branchId: number; branch: string; thousandths: number }[]
  movements: readonly Movement[]
  /** Nothing is sold that is not there: the owner's word. */
  blocks: boolean
  isOwner: boolean
  rejected: { values: Record<string, string>; errors: Record<string, string> } | null
}

export function StockPage(props: StockPageProps) {
  const { shell, product, levels, movements } = props
  const path = `/productos/${product.id}/existencias`
  return (
    <AppLayout shell={shell} title={`Stock de ${product.name}`} current="productos" narrow>
      <div class="stack-24">
        <h1>Stock de {product.name}</h1>
        {product.tracksStock && (
          <ul class="plain-rows levels">
            {levels.map(({ branch, thousandths }) => (
              <li>
                <span>{branch}</span>
                <strong>
                  {formatStock(thousandths, product.stepThousandths, product.unit)}{' '}
                  {thousandths <= 0 && <Chip kind="amber">Sin stock</Chip>}
                </strong>
              </li>
            ))}
          </ul>
        )}
        {product.tracksStock && <MovementForm {...props} action={path} />}
        <Switch
          action={`${path}/control`}
          isOn={product.tracksStock}
          on="Lleva stock"
          off="No lleva stock: se vende sin contar."
          turnOn="Llevar stock"
          turnOff="Dejar de llevar stock"
          isNext={!product.tracksStock}
        />
        {product.tracksStock && <Movements movements={movements} product={product} />}
        <Blocking {...props} action={`${path}/bloqueo`} />
        <ButtonLink href={`/productos/${product.id}`} kind="quiet">
          Volver al producto
        </ButtonLink>
      </div>
    </AppLayout>
  )
}

function Blocking({ blocks, isOwner, action }: StockPageProps & { action: string }) {
  const on = 'En todo el negocio: no se vende lo que no tiene stock.'
  const off = 'En todo el negocio: sin stock la caja avisa, y se puede vender igual.'
  if (!isOwner) return <p class="soft">{blocks ? on : off}</p>
  return (
    <Switch
      action={action}
      isOn={blocks}
      on={on}
      off={off}
      turnOn="No vender sin stock"
      turnOff="Permitir vender sin stock"
    />
  )
}

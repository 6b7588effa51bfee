import { ButtonLink } from '#views/components/button.tsx'
import { Empty } from '#views/components/empty.tsx'

type NoProductsProps = { isManager: boolean; hasReadyMenu: boolean }

/** Nothing to sell yet: what to do next, for whoever may do it. */
export function NoProducts({ isManager, hasReadyMenu }: NoProductsProps) {
  if (!isManager) return <Empty text="Aún no hay productos. Avísale a quien administra." icon="package" />
  return (
    <Empty text="Aún no tienes productos." icon="package">
      {hasReadyMenu && (
        <ButtonLink href="/configurar/productos/carta" kind="primary">
          Usar la carta lista
        </ButtonLink>
      )}
      <ButtonLink href="/productos/importar">Subir Excel con mis productos</ButtonLink>
      <ButtonLink href="/productos/nuevo" kind={hasReadyMenu ? 'plain' : 'primary'}>
        Añadir producto manualmente
      </ButtonLink>
    </Empty>
  )
}

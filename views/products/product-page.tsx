import type { LimitNote } from '#src/billing/limits.ts'
import type { Shell } from '#src/http/shell.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { LimitStrip } from '#views/components/limit-strip.tsx'
import { Strip } from '#views/components/strip.tsx'
import { type ComponentsProps, ComponentsSection } from './_components.tsx'
import { ProductForm, type ProductFormProps } from './_product-form.tsx'
import { LeaveSection, type OptionsProps, OptionsSection, StockSection } from './_product-links.tsx'
import { PhotoSection, TillSection, type TillSectionProps } from './_product-sections.tsx'

/** What a saved product has besides its form. */
export type ProductParts = {
  product: TillSectionProps['product'] & { active: boolean; tracksStock: boolean }
  branches: TillSectionProps['branches']
  components: ComponentsProps['components']
  options: OptionsProps['options']
  wasSold: boolean
  photoError: string | undefined
  rejectedComponent: ComponentsProps['rejected']
  stockText: string
}

type ProductPageProps = Omit<ProductFormProps, 'id' | 'errors'> & {
  shell: Shell
  errors?: Record<string, string>
  /** null while it is being added. */
  parts: ProductParts | null
  /** What was just done, said once. */
  saidText: string | null
  /** How far the plan reaches; `isFull`: why it was not saved. */
  note: LimitNote | null
  isFull: boolean
}

export function ProductPage(props: ProductPageProps) {
  const { shell, parts, saidText, note, isFull, errors = {}, ...form } = props
  const title = parts ? `Editar ${parts.product.name}` : 'Añadir producto'
  const id = parts?.product.id ?? null
  return (
    <AppLayout
      shell={shell}
      title={title}
      current="productos"
      narrow
      scripts={['app.js', 'wizard.js', 'products.js']}
    >
      <div class="stack-24">
        <h1>{title}</h1>
        {saidText && (
          <Strip kind="info" role="status">
            {saidText}
          </Strip>
        )}
        <LimitStrip note={note} isRefusal={isFull} />
        <ProductForm id={id} errors={errors} {...form} />
        {parts && (
          <>
            <PhotoSection product={parts.product} error={parts.photoError} />
            <TillSection product={parts.product} branches={parts.branches} />
            <StockSection id={parts.product.id} text={parts.stockText} />
            <ComponentsSection
              productId={parts.product.id}
              components={parts.components}
              rejected={parts.rejectedComponent}
            />
            <OptionsSection productId={parts.product.id} options={parts.options} />
            <LeaveSection product={parts.product} wasSold={parts.wasSold} />
          </>
        )}
      </div>
    </AppLayout>
  )
}

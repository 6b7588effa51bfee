import { paymentPath } from '#src/billing/paths.ts'
import { type PaymentNews, refusedText } from '#src/billing/payments/news.ts'
import { Strip } from '#views/components/strip.tsx'

type RefusedNewsProps = { news: PaymentNews; isOwner: boolean }

/** Most of these have been paid: the number again comes before paying again. */
export function RefusedNews({ news, isOwner }: RefusedNewsProps) {
  const way = isOwner && <a href={paymentPath(news.reference)}>Revisar mi pago</a>
  return (
    <Strip kind="danger" action={way}>
      {refusedText(news)}
    </Strip>
  )
}

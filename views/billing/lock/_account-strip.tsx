import { paymentPath } from '#src/billing/paths.ts'
import type { AccountStrip, StripWay } from '#src/billing/strip.ts'
import { Button } from '#views/components/button.tsx'
import { Strip } from '#views/components/strip.tsx'

type AccountStripProps = { strip: AccountStrip; supportWhatsapp: string | null }

/** What the owner should know of the account on whatever page she is, with the way to put it right. */
export function AccountStripView({ strip, supportWhatsapp }: AccountStripProps) {
  const ways = strip.ways.map((way) => (
    <Way way={way} reference={strip.reference} supportWhatsapp={supportWhatsapp} />
  ))
  return (
    <aside aria-label="Tu plan">
      <Strip
        kind={strip.tone}
        class="account-strip"
        action={ways.length > 0 && <div class="account-strip-ways">{ways}</div>}
      >
        {strip.text}
      </Strip>
    </aside>
  )
}

const links: Record<Exclude<StripWay, 'not-now' | 'write' | 'review'>, { href: string; text: string }> = {
  choose: { href: '/plan', text: 'Elegir plan' },
  pay: { href: '/plan', text: 'Pagar ahora' },
  export: { href: '/cuenta/datos', text: 'Descargar todo' },
  resume: { href: '/cuenta/cierre', text: 'Volver' },
}

type WayProps = { way: StripWay; reference: string | undefined; supportWhatsapp: string | null }

function Way({ way, reference, supportWhatsapp }: WayProps) {
  if (way === 'not-now') {
    return (
      <form method="post" action="/continuar/manana">
        <Button kind="quiet" busy="Un momento…">
          Ahora no
        </Button>
      </form>
    )
  }
  if (way === 'write') {
    return supportWhatsapp && <a href={`https://wa.me/${supportWhatsapp}`}>WhatsApp</a>
  }
  if (way === 'review') return reference && <a href={paymentPath(reference)}>Revisar mi pago</a>
  return <a href={links[way].href}>{links[way].text}</a>
}

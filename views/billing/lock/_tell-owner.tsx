import { ButtonLink } from '#views/components/button.tsx'

/** `message` is what the WhatsApp says. */
export type Owner = { name: string; whatsapp: string | null; message: string }

/** Without a number of the local WhatsApp itself asks to whom it goes. */
export function TellOwner({ owner }: { owner: Owner }) {
  const to = owner.whatsapp ? `51${owner.whatsapp}` : ''
  return (
    <ButtonLink
      kind="primary"
      href={`https://wa.me/${to}?text=${encodeURIComponent(owner.message)}`}
      target="_blank"
      rel="noreferrer"
    >
      Avisar por WhatsApp
    </ButtonLink>
  )
}

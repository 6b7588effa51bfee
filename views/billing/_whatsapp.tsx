import { ButtonLink } from '#views/components/button.tsx'
import { Icon } from '#views/components/icon.tsx'

/** A person to write to, where there is one. */
export function WhatsappLink({ number, text }: { number: string | null; text?: string }) {
  if (!number) return null
  const query = text ? `?text=${encodeURIComponent(text)}` : ''
  return (
    <ButtonLink href={`https://wa.me/${number}${query}`} rel="noreferrer">
      <Icon name="message-circle" />
      Escríbenos por WhatsApp
    </ButtonLink>
  )
}

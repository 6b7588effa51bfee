import type { Mail } from '#src/accounts/mailer.ts'

export type Letter = {
  to: string
  subject: string
  greeting: string
  paragraphs: string[]
  button: string
  link: string
  end: string
}

export function welcomeMail(to: string, of: { businessName: string; link: string }): Mail {
  return letter('welcome', {
    to,
    subject: 'Confirma tu correo de SmartKet',
    greeting: 'Hola,',
    paragraphs: [
      `Creaste la cuenta de ${of.businessName} en SmartKet. Ya puedes usarla.`,
      'Confirma que este correo es tuyo: así podrás recuperar tu contraseña si un día la olvidas.',
    ],
    button: 'Confirmar mi correo',
    link: of.link,
    end: 'El enlace vale 14 días. Si no creaste esta cuenta, no hagas nada.',
  })
}

export function confirmationMail(to: string, of: { link: string }): Mail {
  return letter('confirmation', {
    to,
    subject: 'Confirma tu correo de SmartKet',
    greeting: 'Hola,',
    paragraphs: ['Pediste que este sea el correo de tu cuenta de SmartKet. Confirma que es tuyo.'],
    button: 'Confirmar mi correo',
    link: of.link,
    end: 'El enlace vale 14 días. Si no lo pediste, no hagas nada.',
  })
}

export function recoveryMail(to: string, of: { link: string }): Mail {
  return letter('recovery', {
    to,
    subject: 'Recupera tu contraseña de SmartKet',
    greeting: 'Hola,',
    paragraphs: ['Pediste una contraseña nueva. Elígela aquí:'],
    button: 'Elegir contraseña nueva',
    link: of.link,
    end: 'El enlace vale 1 hora y una sola vez. Si no lo pediste, no hagas nada: tu contraseña sigue igual.',
  })
}

export function letter(kind: Mail['kind'], { to, ...content }: Letter): Mail {
  const { subject, greeting, paragraphs, link, end } = content
  const text = [greeting, ...paragraphs, link, end, 'SmartKet'].join('\n\n')
  return { kind, to, subject, text, html: `<!doctype html>${<Html {...content} />}` }
}

/** Mail readers know no stylesheets: the few styles stand on the elements. */
function Html({ subject, greeting, paragraphs, button, link, end }: Omit<Letter, 'to'>) {
  return (
    <html lang="es-PE">
      <head>
        <meta charset="utf-8" />
        <title>{subject}</title>
      </head>
      <body style="margin:0;padding:24px;background:#FBF5EA;color:#241C15;font:16px/1.5 Arial,sans-serif">
        <div style="max-width:480px;margin:0 auto;padding:24px;background:#FFFFFF;border:1px solid #DCCFB8;border-radius:12px">
          <p>{greeting}</p>
          {paragraphs.map((paragraph) => (
            <p>{paragraph}</p>
          ))}
          <p>
            <a
              href={link}
              style="display:inline-block;padding:14px 20px;background:#F4741B;color:#241C15;font-weight:600;text-decoration:none;border-radius:8px"
            >
              {button}
            </a>
          </p>
          <p style="font-size:14px;color:#5E5244">
            Si el botón no abre, copia esta dirección en tu navegador:
            <br />
            {link}
          </p>
          <p style="font-size:14px;color:#5E5244">{end}</p>
        </div>
      </body>
    </html>
  )
}

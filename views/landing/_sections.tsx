import { assetUrl } from '#src/lib/assets.ts'

const facts = [
  'Cobra en dos toques',
  'Cuenta tus pollos hasta el octavo',
  'Empieza con la carta lista de pollería',
  'Tu Excel entra como está',
]

export function FourFacts() {
  return (
    <ul class="facts ticked">
      {facts.map((fact) => (
        <li>{fact}</li>
      ))}
    </ul>
  )
}

const stepsOf = (looksUpRuc: boolean) => [
  { verb: 'Regístrate', text: 'correo, contraseña y el nombre de tu negocio.' },
  {
    verb: 'Configura',
    text: looksUpRuc
      ? 'con tu RUC buscamos tus datos; creas tu local y tu caja.'
      : 'tu RUC o Boleta Simple; creas tu local y tu caja.',
  },
  {
    verb: 'Vende',
    text: 'usa la carta lista de pollería o sube tu Excel, cobra e imprime tu ticket.',
  },
]

/** The search of a RUC is promised only where there is a register to search in. */
export function Steps({ looksUpRuc }: { looksUpRuc: boolean }) {
  return (
    <section class="section" aria-labelledby="pasos">
      <h2 id="pasos">Así empiezas</h2>
      <ol class="steps">
        {stepsOf(looksUpRuc).map(({ verb, text }, index) => (
          <li>
            <span class="step-number" aria-hidden="true">
              {index + 1}
            </span>
            <p>
              <strong>{verb}:</strong> {text}
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}

const queue = [
  'Responde al toque, aunque el internet esté lento.',
  'Efectivo, Yape, Plin y tarjeta.',
  'El vuelto en grande, con los billetes que te van a dar.',
  '¿Te equivocaste? Lo deshaces. ¿No salió el papel? Lo reimprimes.',
]

export function Queue() {
  return (
    <section class="band" aria-labelledby="cola">
      <div class="section is-split">
        <div>
          <h2 id="cola">Hecha para la cola del sábado</h2>
          <ul class="ticks ticked">
            {queue.map((text) => (
              <li>{text}</li>
            ))}
          </ul>
        </div>
        <img
          class="shot"
          src={assetUrl('img/payment.webp')}
          width="840"
          height="462"
          loading="lazy"
          alt="La pantalla de cobro: el total en grande, los medios de pago y los billetes sugeridos."
        />
      </div>
    </section>
  )
}

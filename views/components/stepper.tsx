/** «Paso 1 de 4», and the same as a line. */
export function Stepper({ step, of }: { step: number; of: number }) {
  const steps = Array.from({ length: of }, (_, index) => index + 1)
  return (
    <div class="stepper">
      <p class="stepper-text">
        Paso {step} de {of}
      </p>
      <div class="stepper-line" aria-hidden="true">
        {steps.map((n) => (
          <span class={n < step ? 'is-done' : n === step ? 'is-current' : undefined}></span>
        ))}
      </div>
    </div>
  )
}

import type { Child, JSX } from 'hono/jsx'

export type ButtonKind = 'primary' | 'plain' | 'danger' | 'quiet'

type Common = { kind?: ButtonKind; wide?: boolean | undefined; class?: string | undefined; children?: Child }

type ButtonProps = Common &
  Omit<JSX.IntrinsicElements['button'], 'class' | 'children'> & {
    /** «Guardando…»: lies over the label while the form is on its way, in the label's own place. */
    busy?: string | undefined
  }

const classOf = ({ kind = 'plain', wide, class: extra }: Common) =>
  ['button', `button-${kind}`, wide && 'button-wide', extra].filter(Boolean).join(' ')

/** One primary a screen, and it is the next step. Inside a form a button without `type` submits it. */
export function Button({ kind = 'plain', wide, busy, class: extra, children, ...html }: ButtonProps) {
  return (
    <button class={classOf({ kind, wide, class: extra })} data-busy={busy} {...html}>
      <span class="button-label">{children}</span>
    </button>
  )
}

type LinkProps = Common & Omit<JSX.IntrinsicElements['a'], 'class' | 'children'> & { href: string }

/** Looks like a button and goes somewhere: a real link. */
export function ButtonLink({ kind = 'plain', wide, class: extra, children, ...html }: LinkProps) {
  return (
    <a class={classOf({ kind, wide, class: extra })} {...html}>
      <span class="button-label">{children}</span>
    </a>
  )
}

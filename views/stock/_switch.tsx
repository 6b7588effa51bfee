import { Button } from '#views/components/button.tsx'

type SwitchProps = {
  action: string
  isOn: boolean
  on: string
  off: string
  turnOn: string
  turnOff: string
  isNext?: boolean
}

/** How it stands now, and the button that turns it round. */
export function Switch({ action, isOn, on, off, turnOn, turnOff, isNext }: SwitchProps) {
  return (
    <form class="switch-line" method="post" action={action}>
      <input type="hidden" name="on" value={isOn ? '' : 'on'} />
      <span>{isOn ? on : off}</span>
      <Button kind={isNext ? 'primary' : 'plain'}>{isOn ? turnOff : turnOn}</Button>
    </form>
  )
}

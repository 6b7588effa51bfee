import { AccountFrame } from './account-frame.tsx'
import { SignUpForm, type SignUpFormProps } from './sign-up-form.tsx'

/** The same form as the landing's, when it comes back with something to mend. */
export function SignUpPage(props: Omit<SignUpFormProps, 'action'>) {
  const links = (
    <>
      <a href="/ingresar">Ya tengo una cuenta: ingresar</a>
      <a href="/recuperar">Olvidé mi contraseña</a>
    </>
  )
  return (
    <AccountFrame title="Crea tu cuenta" lead="Tres datos y entras." links={links}>
      <SignUpForm action="/registro" {...props} />
    </AccountFrame>
  )
}

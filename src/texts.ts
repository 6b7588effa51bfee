import type { Config } from '#src/config.ts'
import type { Demo } from '#src/demo/actions.ts'

/** What the command line says in more than a line. */
export function demoText(demo: Demo, config: Pick<Config, 'appOrigin'>): string {
  return [
    '',
    `  ${demo.businessName}, with ${demo.salesMade} sales of a week`,
    `  Sign in      ${config.appOrigin}/ingresar`,
    `  E-mail       ${demo.email}`,
    `  Password     ${demo.password}`,
  ].join('\n')
}

import type { Config } from '#src/config.ts'

/** What the public pages need to know about the world. */
export type LandingSite = Pick<Config, 'landingOrigin' | 'appOrigin' | 'supportWhatsapp' | 'company'>

export function siteOf({ landingOrigin, appOrigin, supportWhatsapp, company }: Config): LandingSite {
  return { landingOrigin, appOrigin, supportWhatsapp, company }
}

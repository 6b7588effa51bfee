/**
 * Does a mail that was handed over reach a person? Without SMTP the mailer writes a file, which nobody is warned by:
 * it never counts towards a deletion. On a developer's own machine (localhost) it does, so that a closing can be
 * tried there to its end; nobody's business is on such an origin. Pure.
 */
export const reachesPeople = ({ smtpUrl, appOrigin }: { smtpUrl: string | null; appOrigin: string }) =>
  smtpUrl !== null || /(^|\.)localhost$/.test(new URL(appOrigin).hostname)

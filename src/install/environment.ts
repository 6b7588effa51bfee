import { databaseUser, place } from './place.ts'

export type Secrets = { databasePassword: string; masterKey: string; metricsToken: string }

/**
 * The first environment of a server. Never written over: its secrets open every database. systemd and a shell read
 * the same file, so no value needs quoting and none may hold a space.
 */
export function environmentFile(domain: string, secrets: Secrets): string {
  return `# SmartKet's settings and secrets. Only root reads this file; «smartket install» never writes over it.
# After a change: systemctl restart smartket
SMARTKET_LANDING_ORIGIN=https://${domain}
SMARTKET_APP_ORIGIN=https://app.${domain}
SMARTKET_OPERATOR_ORIGIN=https://operador.${domain}
SMARTKET_HOST=127.0.0.1
PORT=3000
SMARTKET_TRUST_PROXY=1
SMARTKET_DATA=${place.data}
DATABASE_URL=mysql://${databaseUser}:${secrets.databasePassword}@localhost/?socket=${place.databaseSocket}
SMARTKET_MASTER_KEY=${secrets.masterKey}
SMARTKET_METRICS_TOKEN=${secrets.metricsToken}

# What is left for you; each is explained in docs/deploy.md.
#SMARTKET_OPERATOR_MAIL=
#SMARTKET_SMTP_URL=smtps://user:password@mail.example:465
#SMARTKET_MAIL_FROM=hola@${domain}
#SMARTKET_HEARTBEAT_URL=
#SMARTKET_SUPPORT_WHATSAPP=
#SMARTKET_COMPANY_RUC=
#SMARTKET_COMPANY_LEGAL_NAME=
#SMARTKET_STORE_URL=
#SMARTKET_STORE_BUCKET=
#SMARTKET_STORE_REGION=
#SMARTKET_STORE_KEY_ID=
#SMARTKET_STORE_SECRET=
#SMARTKET_STORE_RECIPIENTS=
`
}

/** A value of an environment file that is already there; null when the line is not, or is empty. */
export function valueIn(text: string, name: string): string | null {
  const line = text.split('\n').find((one) => one.startsWith(`${name}=`))
  return line?.slice(name.length + 1).trim() || null
}

/** What DATABASE_URL of an environment file says the account's password is; null for another account or server. */
export function databasePasswordIn(text: string): string | null {
  const url = valueIn(text, 'DATABASE_URL')
  if (!url || !URL.canParse(url)) return null
  const { username, password, searchParams } = new URL(url)
  return username === databaseUser && searchParams.get('socket') ? decodeURIComponent(password) : null
}

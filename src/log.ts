import pino, { type Logger } from 'pino'
import type { Config } from '#src/config.ts'
import { describeError } from '#src/db/errors.ts'

/**
 * One line of JSON an event, to standard output. What could open a door never gets into a line:
 * passwords, PINs, tokens and keys by name, links' tokens by their place in the path, and a failed
 * query's parameters (e-mails, hashes), which drizzle writes into the error's own message.
 */
export function createLog(config: Pick<Config, 'logLevel'>, destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level: config.logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secretPaths, censor: '[secret]' },
    serializers: { err: serializeError, error: serializeError, path: hideTokens, url: hideTokens },
  }
  return destination ? pino(options, destination) : pino(options)
}

const secretNames = [
  'password',
  'passwordHash',
  'pin',
  'pinHash',
  'token',
  'tokenHash',
  'masterKey',
  'databaseKey',
  'metricsToken',
  'secret',
  'totpSecret',
  'codigo',
  'pepper',
  'authorization',
  'cookie',
  'smtpUrl',
  'databaseUrl',
  'databaseUrls',
]
const secretPaths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

/** Callers often describe an error themselves; what is left to us gets the same treatment. */
const serializeError = (error: unknown) => (error instanceof Error ? describeError(error) : error)

/** `/recuperar/3f9a…` and `/t/8c1e…` open doors: only the first part of such a path is logged. */
function hideTokens(path: unknown): unknown {
  return typeof path === 'string'
    ? path.replace(/\/[\w-]{20,}(?=\/|\?|$)/g, '/[secret]').replace(/\?.*$/, '')
    : path
}

import { createMailer } from '#src/accounts/mailer.ts'
import type { Config } from '#src/config.ts'
import type { Databases } from '#src/db/databases.ts'
import type { Services } from '#src/http/env.ts'
import { createHasher } from '#src/http/hashing.ts'
import { httpRucProvider } from '#src/ruc/http-provider.ts'
import { type RucLookup, rucLookup } from '#src/ruc/lookup.ts'
import { hasPadron, padronProvider } from '#src/ruc/padron.ts'

/** What a process has once, from its configuration. */
export function servicesOf(config: Config, databases: Databases, log: Services['log']): Services {
  return {
    config,
    databases,
    log,
    clock: () => new Date(),
    mailer: createMailer(config, { log }),
    rucLookup: rucLookup(rucProviders(config, databases)),
    canLookUpRuc: async () => config.ruc !== null || (await hasPadron(databases.padron())),
    hasher: createHasher({ pepper: config.pepper }),
  }
}

function rucProviders(config: Config, databases: Databases): RucLookup[] {
  const padron = padronProvider(databases.padron())
  return config.ruc ? [httpRucProvider({ ...config.ruc, timeoutMs: 4_000 }), padron] : [padron]
}

import { mergeConfig } from 'vitest/config'
import base from './vitest.config.ts'

/** The restore drill over 50 businesses: some minutes, so that it is a command of its own (`npm run drill`). */
const config = mergeConfig(base, { test: { testTimeout: 3_600_000 } })
config.test.include = ['tests/restore.drill.ts']
export default config

import { defineConfig } from 'vitest/config'
import { svgAsText } from './scripts/build/svg-as-text.ts'

/** Three kinds, by the suffix of the file: *.test = rules and a real MariaDB, *.e2e = a real browser as well. */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  plugins: [svgAsText],
  test: {
    globalSetup: ['tests/support/global-setup.ts'],
    include: [
      'src/**/*.test.{ts,tsx}',
      'views/**/*.test.{ts,tsx}',
      'scripts/**/*.test.ts',
      'tests/**/*.test.ts',
    ],
    // Most of the time is spent waiting for the database.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { requireAssertions: true },
  },
})

import { defineConfig } from 'vitest/config'
import { svgAsText } from './scripts/build/svg-as-text.ts'

/** The journeys: a whole server and a real browser each, so two at a time at most. */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  plugins: [svgAsText],
  test: {
    globalSetup: ['tests/support/e2e-setup.ts'],
    include: ['tests/**/*.e2e.ts'],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { requireAssertions: true },
  },
})

import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Tests in the real window: one at a time, because each has the screen and the machine's devices to itself. */
export default defineConfig({
  testDir: `${root}/tests`,
  testMatch: '**/*.spec.ts',
  outputDir: `${root}/out/test/window`,
  workers: 1,
  fullyParallel: false,
  // Where nobody can look at it, a failure is tried once more; whatever needed that is named above the sum.
  retries: process.env.CI ? 1 : 0,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: `${root}/out/test/window.json` }]],
})

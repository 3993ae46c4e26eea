/** The command that anybody runs against a central service: status 0 where all rules are kept, 1 with the broken one named. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Mutant } from '../../electron/centre/mutants.ts'
import { startCentre } from '../../electron/centre/server.ts'

const COMMAND = fileURLToPath(new URL('../../electron/centre/conformance/run.ts', import.meta.url))

async function runOn(mutants: Mutant[]): Promise<{ code: number | null; said: string }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'centre-'))
  const borrower = { receiveAfterMs: null, returnAfterMs: null }
  const running = await startCentre({ dataDir, rehearsal: true, rows: 700, borrower, mutants })
  try {
    const child = spawn(process.execPath, [COMMAND, '--url', running.url], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.on('data', (text: Buffer) => (said += text.toString()))
    const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
    return { code, said }
  } finally {
    await running.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

test('ends with 0 on the reference centre, every rule in a line of its own', { timeout: 120_000 }, async () => {
  const { code, said } = await runOn([])
  expect(code).toBe(0)
  expect(said).toMatch(/^passed {2}S1: /m)
  expect(said).toMatch(/\d\d passed, 0 failed, 0 skipped\n$/)
})

test('ends with 1 and names the rule when one is switched off', { timeout: 120_000 }, async () => {
  const { code, said } = await runOn(['no-dedupe'])
  expect(code).toBe(1)
  expect(said).toMatch(/^failed {2}S3 effect once: /m)
})

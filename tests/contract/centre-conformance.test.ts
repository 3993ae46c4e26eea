/** The suite for any central service passes on the reference centre and names the rule that is switched off. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CHECKS } from '../../electron/centre/conformance/checks/index.ts'
import { conformance, rehearsalAccess } from '../../electron/centre/conformance/run.ts'
import { MUTANTS, type Mutant } from '../../electron/centre/mutants.ts'
import { startCentre, type RunningCentre } from '../../electron/centre/server.ts'

// One centre for all: its switches are thrown between the runs, and each run enrols desks of its own.
let dataDir: string
let running: RunningCentre
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'centre-'))
  const borrower = { receiveAfterMs: null, returnAfterMs: null }
  running = await startCentre({ dataDir, rehearsal: true, rows: 700, borrower })
}, 60_000)
afterAll(async () => {
  await running.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function findingsOf(mutants: Mutant[], only?: string[]) {
  const switches = running.centre.mutants as Set<Mutant>
  switches.clear()
  for (const mutant of mutants) switches.add(mutant)
  return conformance(rehearsalAccess(running.url), only)
}

/** The rule each switch takes out, by the name of the check that must notice. */
const NOTICED_BY: Record<Mutant, string> = {
  'no-dedupe': 'S3 effect once',
  'no-pruned-through': 'S4 settled',
  'seq-before-commit': 'S1',
  'no-after': 'after',
  'no-version-guard': 'S2',
  'cursor-apart': 'feed limit',
  'no-cursor-cas': 'cursor again',
  'no-payload-hash': 'S3 payload',
  'blobs-of-others': 'S5 reading',
  'no-blob-hash': 'upload hash',
  'no-epoch-check': 'epoch',
  'no-protocol-check': 'protocol',
  'no-guard-claim': 'claim',
  'refuse-facts': 'I11',
  'no-guard-create': 'requestCreate',
  'no-guard-cancel': 'requestCancel',
  'no-guard-chase': 'chase',
  'no-guard-complain': 'complain',
  'no-guard-notify': 'notifyReader',
  'no-guard-registration': 'registration',
  'no-guard-void': 'voidManifest',
  'any-link': 'delivery link',
  'forgetful-notices': 'notice',
  'forgetful-trainings': 'training',
}

it('the reference centre keeps every rule', { timeout: 120_000 }, async () => {
  const findings = await findingsOf([])
  expect(findings.filter((finding) => finding.result !== 'passed')).toEqual([])
  expect(findings).toHaveLength(CHECKS.length)
})

it.each(MUTANTS)('a centre with %s is found out by the check of that rule', async (mutant) => {
  const [finding] = await findingsOf([mutant], [NOTICED_BY[mutant]])
  expect(finding).toMatchObject({ rule: NOTICED_BY[mutant], result: 'failed' })
})

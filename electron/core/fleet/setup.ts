/** What one desk is set up with, as a file for another: everything but people, keys, devices' passwords and readers' data. */
import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { appendAudit } from '../../../db/queries/audit.ts'
import { getMeta, setMeta } from '../../../db/queries/meta.ts'
import { DueRulesView, HouseRules, Settings } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core } from '../context.ts'
import { setSlipLogo } from '../printing/slip-logo.ts'

/** Of this one desk, or of one person at it. */
const STAYS = {
  centreUrl: true,
  slipLogo: true,
  labelStart: true,
  introduced: true,
  practice: true,
  seenVersion: true,
  scan: true,
} as const

const Setup = z.strictObject({
  format: z.literal('balis-desk-setup'),
  version: z.literal(1),
  settings: Settings.omit(STAYS).partial(),
  logo: z.strictObject({ width: z.int(), height: z.int(), grey: z.base64().max(430_000) }).nullable(),
  rules: HouseRules.partial().nullable(),
  dueRules: DueRulesView.nullable(),
})
export type Setup = z.infer<typeof Setup>

export async function exportSetup(core: Core): Promise<Setup> {
  const { slipLogo, ...all } = core.settings.get()
  const settings = Object.fromEntries(Object.entries(all).filter(([name]) => !(name in STAYS)))
  const logo = slipLogo && {
    width: slipLogo.width,
    height: slipLogo.height,
    grey: readFileSync(core.blobs.path(slipLogo.blob)).toString('base64'),
  }
  return {
    format: 'balis-desk-setup',
    version: 1,
    settings,
    logo,
    rules: getMeta(core.db, 'houseRules') ?? null,
    dueRules: getMeta(core.db, 'dueRules') ?? null,
  }
}

/** @throws DeskError damaged_file */
export function readSetup(text: string): Setup {
  try {
    return Setup.parse(JSON.parse(text.replace(/^\uFEFF/, '')))
  } catch (error) {
    throw new DeskError('damaged_file', {}, { cause: error })
  }
}

/**
 * What the administrator of this machine has locked stays as it is.
 * @param user the supervisor who wants it
 */
export async function importSetup(
  core: Core,
  setup: Setup,
  user: string,
): Promise<{ settings: string[]; locked: string[] }> {
  const locked = new Set<string>(core.settings.locked())
  const own = Object.entries(setup.settings).filter(([key, value]) => value !== undefined && !locked.has(key))
  core.db.write(() => {
    core.settings.set(Object.fromEntries(own) as Partial<Settings>)
    if (setup.rules) {
      setMeta(core.db, 'houseRules', setup.rules as Partial<HouseRules>)
      core.views.clockChanged()
    }
    if (setup.dueRules) setMeta(core.db, 'dueRules', setup.dueRules)
    const detail = JSON.stringify({ settings: own.map(([key]) => key) })
    appendAudit(core.db, { at: core.now(), user, event: 'setupImported', objectId: '', opId: null, detail })
  })
  if (setup.logo) await setSlipLogo(core, setup.logo)
  return { settings: own.map(([key]) => key), locked: Object.keys(setup.settings).filter((key) => locked.has(key)) }
}

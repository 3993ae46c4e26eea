/**
 * Settings of this desk: the program's own, under what the machine's administrator gave, under what was chosen here; what
 * the administrator locked holds whatever was chosen. One row a key; unknown or broken rows fall back instead of stopping
 * the desk.
 */
import { Settings } from '../../contract/core.contract.ts'
import type { SettingName } from '../../contract/fleet.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { DESK_PRINTER_PORT } from '../printing/ipp-server/queue-setup.ts'
import type { Machine } from '../fleet/machine.ts'
import type { Db } from '../../../db/driver.ts'

export interface SettingsStore {
  get(): Settings
  /** @throws DeskError setting_locked */
  set(change: Partial<Settings>): Settings
  /** What only the administrator of the machine changes. */
  locked(): Locked[]
}
export type Locked = SettingName | 'centreUrl'

/** What the program does where nobody said otherwise. */
export const usualSettings = (locale: string, rehearsal: boolean): Settings => ({
  language: locale.toLowerCase().startsWith('en') ? 'en' : 'zh-CN',
  theme: 'system',
  density: 'normal',
  contrast: 'system',
  motion: 'system',
  centreUrl: '',
  network: { uploadKBps: null, proxy: '', ca: null },
  holdSeconds: 8,
  scan: null,
  scanProfiles: [],
  pedalKey: '',
  keepPagesDays: 30,
  scannerAddresses: [],
  houseRanges: [],
  printIntoDesk: { on: true, port: DESK_PRINTER_PORT },
  printerId: null,
  printerAddresses: [],
  printRoutes: {},
  printExpireHours: 72,
  slipTemplates: {},
  slipLogo: null,
  labelStart: {},
  document: {
    profile: 'clean',
    bilevel: 'jbig2',
    stamp: 'header-footer',
    qr: true,
    cover: false,
    freeText: '',
    budgetBytes: 0,
    ocr: [],
    pdfa: false,
  },
  receivedPdf: { restricted: 'warn', keepSigned: false },
  stampLayouts: [],
  wedgeMaxGapMs: 50,
  sounds: true,
  // In rehearsal nothing is secret, and nobody remembers its password.
  lockMinutes: rehearsal ? 0 : 15,
  offlineSignInDays: 30,
  purgeDays: 90,
  catalogues: [],
  queueColumns: (['title', 'partner', 'due', 'stage', 'holder'] as const).map((id) => ({ id, width: null })),
  queueViews: [],
  introduced: false,
  practice: { now: null, begun: {}, done: [] },
  seenVersion: '',
  shortcuts: {},
})

/** The program's own values with the administrator's on top. */
function under(locale: string, rehearsal: boolean, { file }: Machine): Settings {
  const usual = usualSettings(locale, rehearsal)
  const { network, ...given } = file.settings ?? {}
  return {
    ...usual,
    ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Settings>),
    network: { ...usual.network, ...(network as Partial<Settings['network']>) },
    centreUrl: file.centre ?? '',
  }
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

export function createSettings(
  db: Db,
  { locale, rehearsal, machine }: { locale: string; rehearsal: boolean; machine: Machine },
  onChange: () => void,
): SettingsStore {
  let cached: Settings | undefined
  const locked: Locked[] = [
    ...(machine.file.locked ?? []),
    // A rehearsal has a centre of its own.
    ...(machine.file.centre && !rehearsal ? (['centreUrl'] as const) : []),
  ]
  const isLocked = new Set<string>(locked)

  function load(): Settings {
    const settings: Record<string, unknown> = under(locale, rehearsal, machine)
    const shape = Settings.shape as Record<string, { safeParse(value: unknown): { success: boolean; data?: unknown } }>
    for (const { key, value } of db.sql<{ key: string; value: string }>('SELECT key, value FROM setting').all()) {
      if (isLocked.has(key)) continue
      const parsed = Object.hasOwn(shape, key) ? shape[key]!.safeParse(JSON.parse(value)) : undefined
      if (parsed?.success) settings[key] = parsed.data
    }
    return settings as Settings
  }
  const get = () => (cached ??= load())

  return {
    get,
    locked: () => locked,
    set(change) {
      const chosen = Object.entries(change).filter(
        ([key, value]) => value !== undefined && !(isLocked.has(key) && same(value, get()[key as keyof Settings])),
      )
      for (const [key] of chosen) if (isLocked.has(key)) throw new DeskError('setting_locked', { setting: key })
      db.write(() => {
        for (const [key, value] of chosen)
          db.sql('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)').run(key, JSON.stringify(value))
      })
      cached = undefined
      onChange()
      return get()
    },
  }
}

/** Settings of this desk: one row a key, unknown or broken rows fall back to the default instead of stopping the desk. */
import { Settings } from '../../contract/core.contract.ts'
import { DESK_PRINTER_PORT } from '../printing/ipp-server/queue-setup.ts'
import type { Db } from '../../../db/driver.ts'

export interface SettingsStore {
  get(): Settings
  set(change: Partial<Settings>): Settings
}

const defaultsFor = (locale: string, rehearsal: boolean): Settings => ({
  language: locale.toLowerCase().startsWith('en') ? 'en' : 'zh-CN',
  theme: 'system',
  density: 'normal',
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
  shortcuts: {},
})

export function createSettings(db: Db, locale: string, rehearsal: boolean, onChange: () => void): SettingsStore {
  let cached: Settings | undefined

  function load(): Settings {
    const settings: Record<string, unknown> = defaultsFor(locale, rehearsal)
    const shape = Settings.shape as Record<string, { safeParse(value: unknown): { success: boolean; data?: unknown } }>
    for (const { key, value } of db.sql<{ key: string; value: string }>('SELECT key, value FROM setting').all()) {
      const parsed = Object.hasOwn(shape, key) ? shape[key]!.safeParse(JSON.parse(value)) : undefined
      if (parsed?.success) settings[key] = parsed.data
    }
    return settings as Settings
  }

  return {
    get: () => (cached ??= load()),
    set(change) {
      db.write(() => {
        for (const [key, value] of Object.entries(change))
          if (value !== undefined)
            db.sql('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)').run(key, JSON.stringify(value))
      })
      cached = undefined
      onChange()
      return (cached = load())
    },
  }
}

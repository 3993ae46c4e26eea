/** Of two scans, whether they are of one sheet: on pages of known truth, crooked, worn and lit differently each time. */
import { beforeAll, expect, test } from 'vitest'
import { analysePage } from '../../../electron/core/scanning/image/analyse.ts'
import { likeness, sameSheet } from '../../../electron/domain/page-facts.ts'
import { drawPage, kindWear, toJpeg, wearPage, type PageKind } from '../../bench/pages/page.ts'
import { random, seedOf } from '../../bench/pages/random.ts'

/** What pages are compared at; more would only take longer to draw. */
const DPI = 75
const KINDS: readonly PageKind[] = ['grey', 'grey', 'lownoise', 'carbon', 'bleed', 'pencil', 'seal', 'halftone']
/** Two scans of each page. */
let signatures: [string, string][]

beforeAll(async () => {
  signatures = []
  for (const [i, kind] of KINDS.entries()) {
    const page = await drawPage(
      { kind, lang: i % 2 === 0 ? 'zh' : 'en', seed: i, dpi: DPI },
      random(seedOf('sheet', i)),
    )
    const scans: string[] = []
    for (const time of [1, 2]) {
      const rng = random(seedOf('scan', i * 10 + time))
      const wear = { ...kindWear(kind, rng), skewDeg: rng.between(-2.5, 2.5) }
      const { scan } = await wearPage(page, i * 10 + time, wear)
      scans.push((await analysePage(await toJpeg(scan), { dpi: DPI })).signature)
    }
    signatures.push(scans as [string, string])
  }
}, 180_000)

test('a sheet that was scanned twice is known again, however it lay', () => {
  const known = signatures.filter(([one, other]) => sameSheet(one, other))
  expect(known).toHaveLength(KINDS.length)
})

test('no page is taken for another one', () => {
  const alarms: string[] = []
  for (let a = 0; a < signatures.length; a++)
    for (let b = 0; b < a; b++)
      for (const one of signatures[a]!)
        for (const other of signatures[b]!)
          if (sameSheet(one, other)) alarms.push(`${KINDS[a]} and ${KINDS[b]}: ${likeness(one, other).toFixed(2)}`)
  expect(alarms).toEqual([])
})

import { beforeAll, describe, expect, test } from 'vitest'
import { analysePage } from '../../../electron/core/scanning/image/analyse.ts'
import { quarterTurn, type Grey } from '../../../electron/core/scanning/image/grey.ts'
import { makePage, toJpeg } from '../../bench/pages/page.ts'
import type { Raster } from '../../bench/pages/sheet.ts'

const QUARTERS = [0, 90, 180, 270] as const
const turned = (page: Raster, by: (typeof QUARTERS)[number]): Raster => ({
  ...quarterTurn(page as Grey, by),
  channels: 1,
})
const seen = async (page: Raster) => (await analysePage(await toJpeg(page), { dpi: page.dpi, reading: true })).turn

describe.each(['zh', 'en'] as const)('which way up a page of print lies (%s)', (lang) => {
  let page: Raster
  beforeAll(async () => {
    page = (await makePage({ kind: 'grey', lang, seed: 71, dpi: 150, wear: { skewDeg: 1.6 } })).scan
  })

  test.each(QUARTERS)('one that lies turned by %i degrees seems to want the rest of the circle', async (way) => {
    expect(await seen(turned(page, way))).toBe((360 - way) % 360)
  })
})

test.each(['blank', 'sparse'] as const)('a page without lines of print is left alone (%s)', async (kind) => {
  const { scan } = await makePage({ kind, lang: 'zh', seed: 4, dpi: 150 })
  for (const way of QUARTERS) expect(await seen(turned(scan, way))).toBe(0)
})

test('all that is found of a page that is turned first is of the turned page', async () => {
  const { scan } = await makePage({ kind: 'grey', lang: 'en', seed: 71, dpi: 150, wear: { skewDeg: 2, surround: 20 } })
  const upright = await analysePage(await toJpeg(scan), { dpi: 150 })
  const lying = await analysePage(await toJpeg(turned(scan, 90)), { dpi: 150, rotate: 270 })
  expect(lying).toMatchObject({ width: upright.width, height: upright.height, adjust: { rotate: 270 } })
  expect(lying.skewDeg).toBeCloseTo(upright.skewDeg, 1)
  expect(lying.adjust.crop?.left ?? 0).toBeCloseTo(upright.adjust.crop?.left ?? 0, 2)
})

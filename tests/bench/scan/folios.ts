/** Pages whose printed number is known: where and how journals and books print it, and what stands there that is none. */
import { degrade, ordinaryWear } from '../pages/degrade.ts'
import { CHINESE } from '../pages/prose/zh.ts'
import { ENGLISH } from '../pages/prose/en.ts'
import { random, seedOf, type Random } from '../pages/random.ts'
import { drawCentred, drawLine, drawText, newSheet, renderSheet, type Raster, type Sheet } from '../pages/sheet.ts'
import { shape, type FontName } from '../pages/fonts.ts'

/** How a number is printed, by name; `none` and the ones after it are pages without one. */
export const FOLIO_FORMS = [
  'plain',
  'dots',
  'dashes',
  'brackets',
  'di-ye',
  'headLeft',
  'headRight',
  'headEnglish',
  'footEnglish',
  'chinese',
  'roman',
  'address',
  'dates',
  'issue',
  'none',
] as const
export type FolioForm = (typeof FOLIO_FORMS)[number]

export interface LabelledFolio {
  scan: Raster
  form: FolioForm
  /** Null where the page has no number, or one that is not counted with (roman). */
  folio: number | null
  /** Degrees clockwise by which the page lies turned. */
  skewDeg: number
}

const MARGIN = 50
/** A journal's page, 170 by 240 mm. */
const PAGE = { width: 482, height: 680 }
const FOOT = PAGE.height - 42
const HEAD = 46

/** Page `i` of the set: its form goes round, everything else comes from the seed. */
export async function folioPage(i: number, dpi: number): Promise<LabelledFolio> {
  const rng = random(seedOf('folio', i))
  const form = FOLIO_FORMS[i % FOLIO_FORMS.length]!
  const number = rng.chance(0.2) ? rng.int(1, 9) : rng.chance(0.5) ? rng.int(10, 99) : rng.int(100, 1999)
  const sheet = newSheet(PAGE.width, PAGE.height)
  body(sheet, rng, form.endsWith('English') || rng.chance(0.3))
  const folio = paint(sheet, rng, form, number)
  const wear = ordinaryWear(rng, { skewDeg: rng.between(-1.5, 1.5), noise: rng.between(3, 9), dust: rng.int(10, 120) })
  const { scan } = await degrade(await renderSheet(sheet, dpi, 1), rng.int(1, 1e9), wear)
  return { scan, form, folio, skewDeg: wear.skewDeg }
}

function body(sheet: Sheet, rng: Random, english: boolean): void {
  const sentences = rng.shuffled((english ? ENGLISH : CHINESE).flatMap((topic) => topic.sentences))
  const text = sentences.join(english ? ' ' : '')
  const length = english ? 70 : 36
  for (let line = 0; line < 34; line++)
    drawText(sheet, MARGIN, 76 + line * 16, text.slice(line * length, (line + 1) * length), {
      font: 'serif',
      size: 10.5,
    })
}

function paint(sheet: Sheet, rng: Random, form: FolioForm, number: number): number | null {
  const size = rng.between(8.5, 11)
  const font: FontName = rng.pick(['serif', 'sans', 'serif'] as const)
  const text = String(number)
  const middle = (said: string, y = FOOT): void => drawCentred(sheet, sheet.width / 2, y, said, { font, size })
  const right = (said: string, y: number): void =>
    void drawText(sheet, sheet.width - MARGIN - shape(font, said).width * size, y, said, { font, size })
  const left = (said: string, y: number): void => void drawText(sheet, MARGIN, y, said, { font, size })
  const rule = (): void => drawLine(sheet, [MARGIN, HEAD + 6], [sheet.width - MARGIN, HEAD + 6], 0.7)
  const journal = rng.pick(['图书情报工作', '大学图书馆学报', '中国图书馆学报', '情报理论与实践'] as const)
  const issue = `第 ${rng.int(10, 63)} 卷  第 ${rng.int(1, 12)} 期  ${rng.int(1985, 2024)} 年 ${rng.int(1, 12)} 月`
  const outer = (y: number): void => (rng.chance(0.5) ? left(text, y) : right(text, y))
  switch (form) {
    case 'plain':
      if (rng.chance(0.6)) middle(text)
      else outer(FOOT)
      return number
    case 'dots':
      middle(rng.pick([`· ${text} ·`, `·${text}·`, `• ${text} •`] as const))
      return number
    case 'dashes':
      middle(rng.pick([`- ${text} -`, `— ${text} —`, `–${text}–`] as const))
      return number
    case 'brackets':
      middle(rng.pick([`[${text}]`, `(${text})`, `〔${text}〕`] as const))
      return number
    case 'di-ye':
      if (rng.chance(0.6)) middle(`第 ${text} 页`)
      else right(`第${text}页`, FOOT)
      return number
    case 'headLeft':
      left(text, HEAD)
      middle(journal, HEAD)
      right(issue, HEAD)
      rule()
      return number
    case 'headRight':
      left(issue, HEAD)
      right(text, HEAD)
      drawText(sheet, sheet.width - MARGIN - 110, HEAD, journal, { font, size })
      rule()
      return number
    case 'headEnglish':
      if (rng.chance(0.5)) {
        left(`LIBRARY TRENDS / SPRING ${rng.int(1985, 2020)}`, HEAD)
        right(text, HEAD)
      } else {
        left(text, HEAD)
        right('The Journal of Academic Librarianship', HEAD)
      }
      return number
    case 'footEnglish':
      left(`College & Research Libraries, Vol. ${rng.int(10, 80)}, No. ${rng.int(1, 8)}`, HEAD)
      middle(rng.chance(0.5) ? text : `Page ${text}`)
      return number
    case 'chinese': {
      const digits = [...text].map((digit) => '〇一二三四五六七八九'[Number(digit)]!).join('')
      middle(digits)
      return number
    }
    case 'roman':
      middle(rng.pick(['iii', 'vi', 'xii', 'xiv', 'xxii', 'II', 'VIII', 'XII'] as const))
      return null
    case 'address':
      left('http://www.lis.ac.cn', FOOT)
      right(`DOI: 10.13266/j.issn.0252-3116.${rng.int(2010, 2023)}.0${rng.int(1, 9)}.00${rng.int(1, 9)}`, FOOT)
      return null
    case 'dates':
      left(
        `收稿日期：${rng.int(2010, 2023)}-0${rng.int(1, 9)}-${rng.int(10, 28)}   修回日期：2019-06-${rng.int(10, 28)}`,
        FOOT,
      )
      return null
    case 'issue':
      left(journal, HEAD)
      right(issue, HEAD)
      rule()
      return null
    case 'none':
      return null
  }
}

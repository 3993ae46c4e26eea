/** Clean article pages: two columns of prose with the figures, tables and marks that the kind asks for. */
import { addHeading, addParagraph, startFlow, takeBox, type Flow, type Frame } from './columns.ts'
import { drawBarChart, drawLineChart, drawTable, randomTable, tableHeight } from './figures.ts'
import { halftone, photograph } from './photo.ts'
import { CHINESE } from './prose/zh.ts'
import { ENGLISH, type Topic } from './prose/en.ts'
import { random, type Random } from './random.ts'
import { A4, drawCentred, drawPicture, drawText, newSheet, type Sheet } from './sheet.ts'
import type { Style } from './typeset.ts'

export type Language = 'en' | 'zh'

export interface ArticleOptions {
  seed: number
  language: Language
  colour: boolean
  /** Photographs as dots of black ink, as letterpress and offset print them. */
  screened: boolean
  /** Photographs on the page. */
  photos: number
  charts: number
  tables: number
  width?: number
  height?: number
  columns?: number
  folio?: number
}

const BODY: Record<Language, Style> = {
  en: { font: 'serif', size: 10.2, leading: 13.6 },
  zh: { font: 'serif', size: 10.5, leading: 16.2 },
}

export async function articleSheet(options: ArticleOptions): Promise<Sheet> {
  const { language } = options
  const rng = random(options.seed)
  const sheet = newSheet(options.width, options.height)
  const chinese = language === 'zh'
  const margin = (sheet.width / A4.width) * 56
  const frame: Frame = {
    left: margin,
    right: sheet.width - margin,
    top: 72,
    bottom: sheet.height - 76,
    columns: options.columns ?? 2,
    gap: 20,
  }
  const folio = options.folio ?? rng.int(1, 480)
  const running = chinese
    ? `文献传递研究  第${rng.int(3, 30)}卷  第${rng.int(1, 6)}期`
    : `Papers on Document Supply, vol. ${rng.int(3, 30)}`
  drawText(sheet, frame.left, 50, running, { font: 'serif', size: 9 })
  sheet.text.push(running)
  const flow = startFlow(sheet, frame, chinese)
  const topics = rng.shuffled(chinese ? CHINESE : ENGLISH)
  const boxes = plan(options, rng)
  let section = rng.int(1, 4)
  let figure = rng.int(1, 6)
  fill: for (let round = 0; ; round++) {
    const topic = topics[round % topics.length] as Topic
    const heading: Style = {
      font: 'serifBold',
      size: 12.5,
      leading: 19,
      colour: options.colour ? '#1f4e8c' : '#111',
    }
    if (!addHeading(flow, `${section++}  ${topic.heading}`, heading)) break
    const sentences = rng.shuffled(topic.sentences)
    while (sentences.length > 0) {
      const some = sentences.splice(0, rng.int(3, 5))
      if (!addParagraph(flow, some.join(chinese ? '' : ' '), BODY[language], undefined, 3)) break fill
      const box = boxes.pop()
      if (box && !(await addBox(flow, box, options, rng, figure++))) break fill
    }
  }
  drawCentred(sheet, sheet.width / 2, sheet.height - 42, String(folio), { font: 'serif', size: 9.5 })
  sheet.text.push(String(folio))
  return sheet
}

type Box = 'photo' | 'bars' | 'lines' | 'table'

function plan(options: ArticleOptions, rng: Random): Box[] {
  const boxes: Box[] = []
  for (let i = 0; i < options.photos; i++) boxes.push('photo')
  for (let i = 0; i < options.charts; i++) boxes.push(rng.chance(0.5) ? 'bars' : 'lines')
  for (let i = 0; i < options.tables; i++) boxes.push('table')
  return rng.shuffled(boxes)
}

async function addBox(flow: Flow, kind: Box, options: ArticleOptions, rng: Random, number: number): Promise<boolean> {
  const chinese = options.language === 'zh'
  const rows = rng.int(4, 7)
  const height = kind === 'table' ? tableHeight(rows + 1) : rng.between(120, 165)
  const place = takeBox(flow, height + 34)
  if (!place) return false
  const box = { ...place, y: place.y + 8, height }
  if (kind === 'table') {
    const head = chinese ? ['项目', '第一季', '第二季', '第三季'] : ['Item', 'Spring', 'Summer', 'Autumn']
    drawTable(flow.sheet, box, randomTable(rng, head, rows))
  } else if (kind === 'bars') drawBarChart(flow.sheet, box, rng, options.colour)
  else if (kind === 'lines') drawLineChart(flow.sheet, box, rng, options.colour)
  else {
    const pixels = 300 / 72
    const width = Math.round(box.width * pixels)
    const tall = Math.round(height * pixels)
    const seed = rng.int(1, 1e9)
    const picture = options.screened
      ? halftone(photograph(seed, width, tall, 1), 14, 2)
      : photograph(seed, width, tall, options.colour ? 3 : 1)
    await drawPicture(flow.sheet, box, picture)
  }
  const label = chinese
    ? `${kind === 'table' ? '表' : '图'} ${number}  ${kind === 'photo' ? '现场照片' : '各季统计结果'}`
    : `${kind === 'table' ? 'Table' : 'Fig.'} ${number}. ${kind === 'photo' ? 'View on the day of the survey.' : 'Results by season.'}`
  drawCentred(flow.sheet, box.x + box.width / 2, box.y + height + 15, label, { font: 'serif', size: 8.5 })
  flow.sheet.text.push(label)
  return true
}

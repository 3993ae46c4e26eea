/** Sets an article with title, abstract and own figures over as many pages as it takes. */
import { addHeading, addParagraph, fits, startFlow, takeBox, type Flow } from './columns.ts'
import { drawDemoFigure, DEMO_TABLES, type DemoFigure, type DemoTable } from './demo-figures.ts'
import { drawTable, tableHeight } from './figures.ts'
import { drawSeal } from './marks.ts'
import { random } from './random.ts'
import { A4, drawCentred, drawLine, drawText, newSheet, type Sheet } from './sheet.ts'
import type { Style } from './typeset.ts'
import type { Language } from './article.ts'

export type DemoPart =
  | { heading: string }
  | { text: string }
  | { figure: DemoFigure; caption: string }
  | { table: DemoTable; caption: string }

export interface DemoArticle {
  language: Language
  firstFolio: number
  running: string
  title: string
  titleOther?: string
  author: string
  abstract: string
  keywords: string
  footnote: string
  parts: readonly DemoPart[]
}

const LEFT = 58
const RIGHT = A4.width - 58
const FOOT = A4.height - 78

export async function demoSheets(article: DemoArticle): Promise<Sheet[]> {
  const chinese = article.language === 'zh'
  const body: Style = chinese ? { font: 'serif', size: 11, leading: 19 } : { font: 'serif', size: 10.2, leading: 14 }
  const sheets: Sheet[] = []
  const newPage = (): Sheet => {
    const sheet = newSheet()
    const folio = article.firstFolio + sheets.length
    drawText(sheet, LEFT, 48, article.running, { font: 'serif', size: 9 })
    drawLine(sheet, [LEFT, 54], [RIGHT, 54], 0.6)
    sheet.text.push(article.running)
    drawCentred(sheet, A4.width / 2, A4.height - 40, String(folio), { font: 'serif', size: 9.5 })
    sheets.push(sheet)
    return sheet
  }
  const first = newPage()
  const top = setTitle(first, article)
  const frame = (from: number, to: number) => ({ left: LEFT, right: RIGHT, top: from, bottom: to, columns: 2, gap: 22 })
  const flow = startFlow(first, frame(top, FOOT - 22), chinese)
  drawLine(first, [LEFT, FOOT - 8], [LEFT + 130, FOOT - 8], 0.5)
  drawText(first, LEFT, FOOT + 5, article.footnote, { font: 'serif', size: 8 })
  flow.next = (full: Flow): void => {
    full.sheet = newPage()
    full.frame = frame(72, FOOT)
    full.column = 0
    full.y = full.frame.top
  }
  const drawings: (() => Promise<void>)[] = []
  const waiting: { exhibit: Exhibit; number: number }[] = []
  flow.onColumn = (column: Flow): void => {
    const first = waiting.shift()
    if (first) drawings.push(placeExhibit(column, first.exhibit, first.number))
  }
  drawSeal(first, random(article.firstFolio), RIGHT - 74, FOOT - 84, 68, 0.55)
  let section = 0
  const counts = { figure: 0, table: 0 }
  for (const part of article.parts) {
    if ('heading' in part)
      addHeading(flow, `${section++}  ${part.heading}`, {
        font: 'serifBold',
        size: 12.5,
        leading: 20,
        colour: '#1b4a7d',
      })
    else if ('text' in part) addParagraph(flow, part.text, body, body.size * (chinese ? 2 : 1.4), 2)
    else {
      const number = 'table' in part ? ++counts.table : ++counts.figure
      if (waiting.length === 0 && fits(flow, drawnHeight(part) + 44)) drawings.push(placeExhibit(flow, part, number))
      else waiting.push({ exhibit: part, number })
    }
  }
  delete flow.onColumn
  for (const { exhibit, number } of waiting) drawings.push(placeExhibit(flow, exhibit, number))
  for (const draw of drawings) await draw()
  return sheets
}

type Exhibit = Extract<DemoPart, { caption: string }>

const rowsOf = (exhibit: Exhibit): readonly (readonly string[])[] =>
  'table' in exhibit ? DEMO_TABLES[exhibit.table] : []
const drawnHeight = (exhibit: Exhibit): number =>
  'table' in exhibit ? tableHeight(rowsOf(exhibit).length) : exhibit.figure === 'control' ? 116 : 166

function placeExhibit(flow: Flow, exhibit: Exhibit, number: number): () => Promise<void> {
  const isTable = 'table' in exhibit
  const height = drawnHeight(exhibit)
  const place = takeBox(flow, height + 44)
  const { sheet, chinese } = flow
  if (!place) throw new Error(`no column is high enough for exhibit ${number}`)
  const box = { ...place, y: place.y + (isTable ? 26 : 8), height }
  const label = chinese
    ? `${isTable ? '表' : '图'} ${number}　${exhibit.caption}`
    : `${isTable ? 'Table' : 'Fig.'} ${number}. ${exhibit.caption}`
  const y = isTable ? place.y + 18 : box.y + height + 14
  drawCentred(sheet, box.x + box.width / 2, y, label, { font: 'serif', size: chinese ? 8.8 : 8.2 })
  sheet.text.push(label)
  return async () => {
    if (isTable) drawTable(sheet, box, rowsOf(exhibit))
    else await drawDemoFigure(sheet, exhibit.figure, box)
  }
}

/** Draws the head of the article; returns the y where the columns begin. */
function setTitle(sheet: Sheet, article: DemoArticle): number {
  const chinese = article.language === 'zh'
  const middle = A4.width / 2
  let y = 100
  const centred = (text: string, style: { font: 'serif' | 'serifBold'; size: number }): void => {
    drawCentred(sheet, middle, y, text, style)
    sheet.text.push(text)
  }
  if (chinese) centred(article.title, { font: 'serifBold', size: 20 })
  else {
    const [head, tail] = article.title.split(': ')
    centred(`${head}:`, { font: 'serifBold', size: 20 })
    y += 25
    centred(tail ?? '', { font: 'serifBold', size: 15 })
  }
  if (article.titleOther) {
    y += 24
    centred(article.titleOther, { font: 'serif', size: 10.5 })
  }
  y += 24
  centred(article.author, { font: 'serif', size: 10.5 })
  const abstract = startFlow(
    sheet,
    { left: LEFT + 26, right: RIGHT - 26, top: y + 16, bottom: FOOT, columns: 1, gap: 0 },
    chinese,
  )
  const style: Style = { font: 'serif', size: 9.3, leading: chinese ? 15 : 12.6 }
  addParagraph(abstract, `${chinese ? '摘要：' : 'Abstract. '}${article.abstract}`, style, 0, 3)
  addParagraph(abstract, `${chinese ? '关键词：' : 'Keywords: '}${article.keywords}`, style, 0, 0)
  return abstract.y + 20
}

/** Charts and tables, drawn from random figures. */
import { widthOf } from './fonts.ts'
import type { Random } from './random.ts'
import { drawCentred, drawLine, drawRect, drawSvg, drawText, type Rect, type Sheet } from './sheet.ts'

const COLOURS = ['#2f6fb0', '#c0504d', '#4f9a5b', '#8064a2', '#e08f2d'] as const
const GREYS = ['#222', '#666', '#999', '#444', '#bbb'] as const

export const palette = (colour: boolean): readonly string[] => (colour ? COLOURS : GREYS)

export function drawBarChart(sheet: Sheet, box: Rect, rng: Random, colour: boolean): void {
  const left = box.x + 26
  const floor = box.y + box.height - 16
  const top = box.y + 8
  for (let i = 0; i <= 4; i++) {
    const y = floor - ((floor - top) * i) / 4
    drawLine(sheet, [left - 3, y], [left, y], 0.5)
    drawText(sheet, box.x, y + 2.5, `${i * 20}%`, { font: 'sans', size: 7.5 })
  }
  const bars = rng.int(5, 8)
  const step = (box.x + box.width - left) / bars
  for (let i = 0; i < bars; i++) {
    const height = (floor - top) * rng.between(0.15, 0.98)
    const fill = palette(colour)[i % 5] ?? '#222'
    drawRect(sheet, { x: left + step * (i + 0.2), y: floor - height, width: step * 0.6, height }, fill)
    drawCentred(sheet, left + step * (i + 0.5), floor + 10, `Q${i + 1}`, { font: 'sans', size: 7.5 })
  }
  drawLine(sheet, [left, top], [left, floor], 0.7)
  drawLine(sheet, [left, floor], [box.x + box.width, floor], 0.7)
}

export function drawLineChart(sheet: Sheet, box: Rect, rng: Random, colour: boolean): void {
  const left = box.x + 22
  const floor = box.y + box.height - 16
  const top = box.y + 6
  const right = box.x + box.width - 4
  drawRect(sheet, { x: left, y: top, width: right - left, height: floor - top }, 'none', '#111', 0.7)
  for (let i = 0; i <= 5; i++) {
    const x = left + ((right - left) * i) / 5
    const y = floor - ((floor - top) * i) / 5
    drawLine(sheet, [x, floor], [x, floor - 3], 0.5)
    drawLine(sheet, [left, y], [left + 3, y], 0.5)
    drawCentred(sheet, x, floor + 9, String(i * 10), { font: 'sans', size: 7 })
    drawText(sheet, box.x, y + 2.5, (i * 0.2).toFixed(1), { font: 'sans', size: 7 })
  }
  for (let series = 0; series < 3; series++) {
    const rate = rng.between(1, 4)
    const lift = rng.between(0.05, 0.3)
    const points: string[] = []
    for (let i = 0; i <= 40; i++) {
      const t = i / 40
      const v = lift + (0.92 - lift - series * 0.18) * (1 - Math.exp(-rate * t)) + rng.normal() * 0.006
      points.push(`${(left + (right - left) * t).toFixed(2)},${(floor - (floor - top) * v).toFixed(2)}`)
    }
    const dash = ['none', '4 2', '1.2 1.6'][series] ?? 'none'
    drawSvg(
      sheet,
      `<polyline points="${points.join(' ')}" fill="none" stroke="${palette(colour)[series] ?? '#222'}" stroke-width="1.1" stroke-dasharray="${colour ? 'none' : dash}"/>`,
    )
  }
}

/** A ruled table; returns the height it took. */
export function drawTable(sheet: Sheet, box: Rect, rows: readonly (readonly string[])[], size = 8.5): number {
  const height = size * 1.7
  const starts = columnStarts(rows, box.width, size)
  rows.forEach((row, r) => {
    const y = box.y + r * height
    row.forEach((cell, c) => {
      drawText(sheet, box.x + (starts[c] ?? 0) + 3, y + height * 0.68, cell, {
        font: r === 0 ? 'serifBold' : 'serif',
        size,
      })
    })
    sheet.text.push(row.join(' '))
    drawLine(sheet, [box.x, y], [box.x + box.width, y], r === 0 ? 1.1 : r === 1 ? 0.7 : 0.3)
  })
  const end = box.y + rows.length * height
  drawLine(sheet, [box.x, end], [box.x + box.width, end], 1.1)
  return rows.length * height
}

/** Columns share the width by their longest cell. */
function columnStarts(rows: readonly (readonly string[])[], width: number, size: number): number[] {
  const widest = (rows[0] ?? []).map((_, c) =>
    Math.max(...rows.map((row, r) => widthOf(r === 0 ? 'serifBold' : 'serif', row[c] ?? '', size))),
  )
  const spare = (width - widest.reduce((a, b) => a + b, 0)) / widest.length
  return widest.map((_, c) => widest.slice(0, c).reduce((a, b) => a + b + spare, 0))
}

export const tableHeight = (rows: number, size = 8.5): number => rows * size * 1.7

export function randomTable(rng: Random, head: readonly string[], rows: number): string[][] {
  const body = Array.from({ length: rows }, () => head.map(() => rng.between(1, 999).toFixed(1)))
  return [[...head], ...body]
}

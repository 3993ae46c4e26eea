/** Marks that people leave on pages: pencil notes, seals, rubber stamps, stains, punched holes. */
import type { Random } from './random.ts'
import { drawCentred, drawSvg, newSheet, type Sheet } from './sheet.ts'

/** A line of unreadable handwriting in pencil, starting at x, y (points). `strength` 0..1 is how hard it was pressed. */
export function drawPencil(sheet: Sheet, rng: Random, x: number, y: number, length: number, strength: number): void {
  let path = `M${x.toFixed(1)} ${y.toFixed(1)}`
  let at = x
  while (at < x + length) {
    const step = rng.between(2.5, 5)
    const rise = rng.between(3, 9) * (rng.chance(0.3) ? 1.5 : 1)
    path += `c${(step * 0.1).toFixed(1)} ${(-rise).toFixed(1)} ${(step * 0.9).toFixed(1)} ${(-rise * rng.between(0.5, 1)).toFixed(1)} ${step.toFixed(1)} ${(rng.normal() * 0.8).toFixed(1)}`
    at += step
    if (rng.chance(0.18)) {
      at += 5
      path += `m5 0`
    }
  }
  drawSvg(
    sheet,
    `<path d="${path}" fill="none" stroke="#3a3a3e" stroke-opacity="${strength.toFixed(2)}" stroke-width="1" stroke-linecap="round"/>`,
  )
}

/** An underline drawn without a ruler. */
export function drawUnderline(sheet: Sheet, rng: Random, x: number, y: number, length: number, strength: number): void {
  const bend = rng.between(-2, 2)
  drawSvg(
    sheet,
    `<path d="M${x} ${y}q${length / 2} ${bend} ${length} ${rng.between(-1, 1).toFixed(1)}" fill="none" stroke="#3a3a3e" stroke-opacity="${strength.toFixed(2)}" stroke-width="0.9"/>`,
  )
}

const SEALS = ['馆藏图书', '资料室章', '文献之印', '阅览专用'] as const

/** A square seal in vermilion; `strength` 0..1 is how much ink it had. */
export function drawSeal(sheet: Sheet, rng: Random, x: number, y: number, side: number, strength: number): void {
  const text = rng.pick(SEALS)
  const inner = newSheet()
  ;[...text].forEach((char, i) => {
    const cx = side * (i < 2 ? 0.73 : 0.27)
    const cy = side * (i % 2 === 0 ? 0.43 : 0.85)
    drawCentred(inner, cx, cy, char, { font: 'serifBold', size: side * 0.4, colour: '#c8321e' })
  })
  for (const key of inner.glyphs) sheet.glyphs.add(key)
  const worn = Array.from({ length: 24 }, () => {
    const r = rng.between(0.2, 1.1)
    return `<circle cx="${rng.between(0, side).toFixed(1)}" cy="${rng.between(0, side).toFixed(1)}" r="${r.toFixed(1)}" fill="#fff"/>`
  }).join('')
  drawSvg(
    sheet,
    `<g transform="translate(${x} ${y}) rotate(${rng.between(-6, 6).toFixed(1)})" opacity="${strength.toFixed(2)}">` +
      `<rect width="${side}" height="${side}" fill="none" stroke="#c8321e" stroke-width="${(side * 0.05).toFixed(1)}"/>${inner.body.join('')}${worn}</g>`,
  )
}

/** A round date stamp of a reading room. */
export function drawDateStamp(sheet: Sheet, rng: Random, x: number, y: number, strength: number): void {
  const inner = newSheet()
  const date = `${rng.int(1958, 1999)}.${rng.int(1, 12)}.${rng.int(1, 28)}`
  drawCentred(inner, 0, 3.5, date, { font: 'sans', size: 9, colour: '#2a3f7a' })
  for (const key of inner.glyphs) sheet.glyphs.add(key)
  drawSvg(
    sheet,
    `<g transform="translate(${x} ${y}) rotate(${rng.between(-25, 25).toFixed(1)})" opacity="${strength.toFixed(2)}">` +
      `<circle r="30" fill="none" stroke="#2a3f7a" stroke-width="1.6"/><path d="M-29 -8H29M-29 9H29" stroke="#2a3f7a" stroke-width="1"/>${inner.body.join('')}</g>`,
  )
}

/** Brown spots of old paper: soft, large, pale. */
export function drawFoxing(sheet: Sheet, rng: Random, spots: number): void {
  const id = `fox${rng.int(1, 1e6)}`
  drawSvg(
    sheet,
    `<defs><radialGradient id="${id}"><stop offset="0" stop-color="#b08a55" stop-opacity="0.5"/><stop offset="0.5" stop-color="#b08a55" stop-opacity="0.28"/><stop offset="1" stop-color="#b08a55" stop-opacity="0"/></radialGradient></defs>`,
  )
  for (let i = 0; i < spots; i++) {
    const r = rng.between(3, 22)
    drawSvg(
      sheet,
      `<ellipse cx="${rng.between(0, sheet.width).toFixed(1)}" cy="${rng.between(0, sheet.height).toFixed(1)}" rx="${r.toFixed(1)}" ry="${(r * rng.between(0.6, 1.2)).toFixed(1)}" fill="url(#${id})" opacity="${rng.between(0.25, 0.8).toFixed(2)}"/>`,
    )
  }
}

/** Two punched holes at the left edge, the dark lid seen through them. */
export function drawHoles(sheet: Sheet, rng: Random): void {
  const x = rng.between(26, 36)
  const tone = rng.pick(['#222', '#555', '#bbb'])
  for (const dy of [-113.4, 113.4])
    drawSvg(sheet, `<circle cx="${x.toFixed(1)}" cy="${(sheet.height / 2 + dy).toFixed(1)}" r="8.5" fill="${tone}"/>`)
}

/** A fold across the page: a soft shadow beside a soft light. */
export function drawFold(sheet: Sheet, rng: Random): void {
  const y = sheet.height * rng.between(0.3, 0.7)
  const tilt = rng.between(-4, 4)
  drawSvg(
    sheet,
    `<path d="M0 ${y.toFixed(1)}L${sheet.width} ${(y + tilt).toFixed(1)}" stroke="#000" stroke-opacity="${rng.between(0.05, 0.14).toFixed(2)}" stroke-width="2.2" fill="none"/>`,
  )
}

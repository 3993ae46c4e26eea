/** The figures of the demonstration articles, drawn here and nowhere else. */
import { fractal } from './photo.ts'
import { random } from './random.ts'
import {
  drawCentred,
  drawLine,
  drawPicture,
  drawRect,
  drawSvg,
  drawText,
  type Raster,
  type Rect,
  type Sheet,
} from './sheet.ts'

export type DemoFigure = 'vehicle' | 'wing' | 'control' | 'cycle' | 'flow' | 'endurance' | 'route' | 'gap' | 'bags'
export type DemoTable = 'prototypes' | 'tests' | 'wear'

export const DEMO_TABLES: Record<DemoTable, readonly (readonly string[])[]> = {
  prototypes: [
    ['样机', '质量/g', '翼展/cm', '频率/Hz', '续航/min'],
    ['A 型', '0.16', '3.6', '120', '—'],
    ['B 型', '6.8', '14.2', '38', '3.5'],
    ['C 型', '12.5', '17.0', '32', '8.0'],
    ['D 型', '19.4', '21.5', '26', '11.2'],
    ['E 型', '28.6', '26.0', '19', '9.1'],
    ['F 型', '62.0', '34.5', '14', '6.4'],
  ],
  tests: [
    ['试验', '主要设备', '主要误差', '量级'],
    ['平均升力', '六分量天平', '安装偏心', '3%'],
    ['瞬时升力', '压电天平', '惯性扣除', '10%'],
    ['流场', '粒子测速', '示踪跟随', '5%'],
    ['漂移半径', '动作捕捉', '标定', '1 mm'],
    ['耗电功率', '采样电阻', '温度漂移', '2%'],
  ],
  wear: [
    ['Mean of 160 volumes', 'Travelled', 'Stayed'],
    ['Weight, change in g', '-0.4', '+0.1'],
    ['Gap of boards, mm', '3.9', '2.5'],
    ['Angle of board, deg', '14.2', '9.8'],
    ['Volumes with loose leaves', '11', '1'],
    ['Bends of endpaper', '412', '409'],
  ],
}

export async function drawDemoFigure(sheet: Sheet, figure: DemoFigure, box: Rect): Promise<void> {
  if (figure === 'vehicle') drawVehicle(sheet, box)
  else if (figure === 'wing') drawWing(sheet, box)
  else if (figure === 'control') drawControl(sheet, box)
  else if (figure === 'cycle') drawCycle(sheet, box)
  else if (figure === 'endurance') drawEndurance(sheet, box)
  else if (figure === 'route') drawRoute(sheet, box)
  else if (figure === 'gap') drawGap(sheet, box)
  else await drawPicture(sheet, box, figure === 'flow' ? smokeLines(box) : bagsOnShelf(box))
}

const small = { font: 'sans', size: 7.2 } as const

/** Front view of a two-winged vehicle with its parts named. */
function drawVehicle(sheet: Sheet, box: Rect): void {
  const cx = box.x + box.width / 2
  const cy = box.y + 58
  const wing = (side: 1 | -1): string => {
    const x = (dx: number): string => (cx + side * dx).toFixed(1)
    const veins = [18, 34, 52, 72]
      .map((end, i) => `M${x(9)} ${cy - 2}L${x(48 + i * 14)} ${(cy + 34 - end * 0.62).toFixed(1)}`)
      .join('')
    return (
      `<path d="M${x(8)} ${cy - 4}C${x(40)} ${cy - 22} ${x(80)} ${cy - 24} ${x(100)} ${cy - 12}C${x(104)} ${cy + 4} ${x(84)} ${cy + 30} ${x(52)} ${cy + 36}C${x(30)} ${cy + 34} ${x(16)} ${cy + 18} ${x(9)} ${cy + 4}Z" fill="#dce9f4" fill-opacity="0.8" stroke="#1b4a7d" stroke-width="0.8"/>` +
      `<path d="${veins}" stroke="#1b4a7d" stroke-width="0.5" fill="none"/>` +
      `<path d="M${x(8)} ${cy - 4}C${x(40)} ${cy - 22} ${x(80)} ${cy - 24} ${x(100)} ${cy - 12}" stroke="#111" stroke-width="1.8" fill="none"/>`
    )
  }
  drawSvg(sheet, wing(1) + wing(-1))
  drawSvg(
    sheet,
    `<rect x="${cx - 9}" y="${cy - 12}" width="18" height="20" rx="3" fill="#ddd" stroke="#111" stroke-width="0.8"/>` +
      `<circle cx="${cx - 4}" cy="${cy - 4}" r="3.4" fill="#fff" stroke="#111" stroke-width="0.7"/><circle cx="${cx + 4}" cy="${cy - 4}" r="3.4" fill="#fff" stroke="#111" stroke-width="0.7"/>` +
      `<rect x="${cx - 7}" y="${cy + 8}" width="14" height="26" fill="#f3d9a4" stroke="#111" stroke-width="0.8"/>` +
      `<rect x="${cx - 5}" y="${cy + 34}" width="10" height="22" fill="#c9ddc2" stroke="#111" stroke-width="0.8"/>` +
      `<path d="M${cx} ${cy + 56}V${cy + 78}M${cx - 10} ${cy + 84}L${cx} ${cy + 76}L${cx + 10} ${cy + 84}" stroke="#111" stroke-width="1" fill="none"/>` +
      `<path d="M${cx - 104} ${cy - 30}A118 60 0 0 1 ${cx - 70} ${cy - 48}" stroke="#b03a2e" stroke-width="0.9" fill="none" stroke-dasharray="3 2"/>` +
      `<path d="M${cx + 104} ${cy - 30}A118 60 0 0 0 ${cx + 70} ${cy - 48}" stroke="#b03a2e" stroke-width="0.9" fill="none" stroke-dasharray="3 2"/>`,
  )
  const label = (text: string, tx: number, ty: number, px: number, py: number): void => {
    drawLine(sheet, [px, py], [tx, ty - 2.5], 0.4)
    drawText(sheet, tx + (tx > cx ? 2 : -4 - text.length * 7.2), ty, text, small)
  }
  label('碳杆前缘', cx + 22, cy - 46, cx + 40, cy - 18)
  label('传动机构', cx + 50, cy + 62, cx + 4, cy - 2)
  label('电机', cx - 48, cy + 58, cx - 5, cy + 20)
  label('电池', cx + 40, cy + 82, cx + 4, cy + 46)
  label('薄膜翼面', cx - 50, cy + 80, cx - 50, cy + 28)
}

/** One wing with its spars, the slack of the film and the sections along the span. */
function drawWing(sheet: Sheet, box: Rect): void {
  const x = box.x + 20
  const y = box.y + 26
  const w = box.width - 40
  drawSvg(
    sheet,
    `<path d="M${x} ${y}H${x + w}C${x + w + 4} ${y + 34} ${x + w * 0.8} ${y + 62} ${x + w * 0.5} ${y + 66}C${x + w * 0.25} ${y + 66} ${x + w * 0.06} ${y + 56} ${x} ${y + 46}Z" fill="#e8eef2" stroke="#1b4a7d" stroke-width="0.7"/>` +
      `<path d="M${x} ${y}H${x + w}" stroke="#111" stroke-width="2.2"/><path d="M${x} ${y}V${y + 46}" stroke="#111" stroke-width="1.6"/>` +
      `<path d="M${x} ${y + 6}L${x + w * 0.92} ${y + 38}M${x} ${y + 12}L${x + w * 0.66} ${y + 63}M${x} ${y + 20}L${x + w * 0.32} ${y + 66}" stroke="#444" stroke-width="0.8"/>` +
      `<path d="M${x} ${y + 46}l-7 12" stroke="#b03a2e" stroke-width="1.1"/><path d="M${x} ${y}L${x - 7} ${y + 58}" stroke="#b03a2e" stroke-width="0.7" stroke-dasharray="2.5 1.8"/>`,
  )
  drawText(sheet, x + w * 0.4, y - 5, '前缘梁', small)
  drawText(sheet, x - 14, y + 68, '松弛角', small)
  drawText(sheet, x + w * 0.7, y + 66, '翅脉', small)
  drawLine(sheet, [x + w * 0.72, y + 59], [x + w * 0.62, y + 57], 0.4)
  for (const [i, span] of ['25%', '50%', '75%'].entries()) {
    const sx = x + w * (0.12 + i * 0.32)
    const sy = box.y + box.height - 30
    const drop = 6 + i * 5
    drawLine(sheet, [x + w * (0.25 + i * 0.25), y], [x + w * (0.25 + i * 0.25), y + 60], 0.35, '#b03a2e')
    drawSvg(
      sheet,
      `<path d="M${sx} ${sy}q22 ${-7 - i * 2} 48 ${drop}" fill="none" stroke="#1b5e9e" stroke-width="1.3"/><path d="M${sx} ${sy}h48" stroke="#777" stroke-width="0.5" stroke-dasharray="2 2"/>`,
    )
    drawCentred(sheet, sx + 24, sy + 25, `${span} 翼展剖面`, small)
  }
}

/** Pitch, roll and yaw: what is changed at the wings for each. */
function drawControl(sheet: Sheet, box: Rect): void {
  const names = ['俯仰：偏移中心', '滚转：幅角之差', '偏航：松弛反向'] as const
  names.forEach((name, i) => {
    const cx = box.x + (box.width * (i + 0.5)) / 3
    const cy = box.y + 50
    const sweep = (side: 1 | -1, from: number, to: number, colour: string): string => {
      const at = (deg: number): string => {
        const rad = (deg * Math.PI) / 180
        return `${(cx + side * 30 * Math.cos(rad)).toFixed(1)} ${(cy - 30 * Math.sin(rad)).toFixed(1)}`
      }
      return `<path d="M${cx} ${cy}L${at(from)}A30 30 0 0 ${side === 1 ? 0 : 1} ${at(to)}Z" fill="${colour}" fill-opacity="0.35" stroke="${colour}" stroke-width="0.8"/>`
    }
    const ranges = [
      [-30, 60, -30, 60],
      [-55, 55, -32, 32],
      [-45, 45, -45, 45],
    ][i] as [number, number, number, number]
    drawSvg(
      sheet,
      sweep(1, ranges[0], ranges[1], '#1b5e9e') + sweep(-1, ranges[2], ranges[3], i === 2 ? '#b03a2e' : '#1b5e9e'),
    )
    drawSvg(sheet, `<circle cx="${cx}" cy="${cy}" r="6" fill="#ddd" stroke="#111" stroke-width="0.8"/>`)
    drawLine(sheet, [cx - 34, cy], [cx + 34, cy], 0.35, '#777')
    drawCentred(sheet, cx, box.y + box.height - 12, name, small)
  })
}

/** Lift and drag over one stroke, with the two peaks of each half. */
function drawCycle(sheet: Sheet, box: Rect): void {
  const left = box.x + 26
  const floor = box.y + box.height - 22
  const top = box.y + 6
  const right = box.x + box.width - 4
  drawRect(sheet, { x: left, y: top, width: right - left, height: floor - top }, '#fff', '#111', 0.7)
  drawRect(sheet, { x: (left + right) / 2, y: top, width: (right - left) / 2, height: floor - top }, '#eef3f7')
  const at = (t: number, v: number): string =>
    `${(left + (right - left) * t).toFixed(2)},${(floor - ((v + 1) / 4.2) * (floor - top)).toFixed(2)}`
  const lift: string[] = []
  const drag: string[] = []
  for (let i = 0; i <= 120; i++) {
    const t = i / 120
    const u = (t * 2) % 1
    const swing = Math.sin(Math.PI * u) ** 2
    const flip = Math.exp(-(((u - 0.93) / 0.045) ** 2)) * 0.9 - Math.exp(-(((u - 0.06) / 0.04) ** 2)) * 0.5
    lift.push(at(t, 2.3 * swing + flip))
    drag.push(at(t, (t < 0.5 ? 1 : 0.92) * (1.5 * swing + 0.25 * flip) - 0.1))
  }
  drawSvg(sheet, `<polyline points="${lift.join(' ')}" fill="none" stroke="#1b5e9e" stroke-width="1.3"/>`)
  drawSvg(
    sheet,
    `<polyline points="${drag.join(' ')}" fill="none" stroke="#b03a2e" stroke-width="1.1" stroke-dasharray="4 2"/>`,
  )
  for (let v = -1; v <= 3; v++) {
    const y = floor - ((v + 1) / 4.2) * (floor - top)
    drawLine(sheet, [left, y], [left + 3, y], 0.5)
    drawText(sheet, left - 12, y + 2.5, String(v), small)
  }
  for (let i = 0; i <= 4; i++) {
    const x = left + ((right - left) * i) / 4
    drawLine(sheet, [x, floor], [x, floor - 3], 0.5)
    drawCentred(sheet, x, floor + 9, (i / 4).toFixed(2), small)
  }
  drawCentred(sheet, (left + right) / 2, floor + 19, '无量纲时间 t/T', small)
  drawText(sheet, left + 8, top + 10, '下行程', small)
  drawText(sheet, (left + right) / 2 + 8, top + 10, '上行程', small)
  drawLine(sheet, [right - 52, top + 7], [right - 36, top + 7], 1.3, '#1b5e9e')
  drawText(sheet, right - 33, top + 10, '升力', small)
  drawLine(sheet, [right - 52, top + 17], [right - 36, top + 17], 1.1, '#b03a2e')
  drawText(sheet, right - 33, top + 20, '阻力', small)
}

function axes(sheet: Sheet, box: Rect, x: readonly string[], y: readonly string[], name: readonly [string, string]) {
  const left = box.x + 24
  const floor = box.y + box.height - 24
  const top = box.y + 14
  const right = box.x + box.width - 6
  x.forEach((text, i) => {
    const px = left + ((right - left) * i) / (x.length - 1)
    drawLine(sheet, [px, floor], [px, floor + 3], 0.5)
    drawCentred(sheet, px, floor + 11, text, small)
  })
  y.forEach((text, i) => {
    const py = floor - ((floor - top) * i) / (y.length - 1)
    drawLine(sheet, [left, py], [right, py], 0.25, '#aaa')
    drawText(sheet, left - 5 - text.length * 4.2, py + 2.5, text, small)
  })
  drawLine(sheet, [left, top], [left, floor], 0.8)
  drawLine(sheet, [left, floor], [right, floor], 0.8)
  drawCentred(sheet, (left + right) / 2, floor + 21, name[0], small)
  drawText(sheet, box.x, box.y + 7, name[1], small)
  return (u: number, v: number): readonly [number, number] => [left + (right - left) * u, floor - (floor - top) * v]
}

const dot = (sheet: Sheet, at: readonly [number, number], fill: string, r = 2.4): void =>
  drawSvg(
    sheet,
    `<circle cx="${at[0].toFixed(1)}" cy="${at[1].toFixed(1)}" r="${r}" fill="${fill}" stroke="#111" stroke-width="0.4"/>`,
  )

function drawEndurance(sheet: Sheet, box: Rect): void {
  const at = axes(sheet, box, ['0', '20', '40', '60'], ['0', '4', '8', '12'], ['起飞质量/g', '续航/min'])
  const curve: string[] = []
  for (let m = 3; m <= 60; m++)
    curve.push(at(m / 60, ((m / 20) ** 1.4 * Math.exp(1.4 * (1 - m / 20)) * 10.6) / 12).join(','))
  drawSvg(sheet, `<polyline points="${curve.join(' ')}" fill="none" stroke="#777" stroke-width="1"/>`)
  for (const [m, t, name] of [
    [6.8, 3.5, 'B'],
    [12.5, 8, 'C'],
    [19.4, 11.2, 'D'],
    [28.6, 9.1, 'E'],
    [58, 2.6, 'F'],
  ] as const) {
    const p = at(m / 60, t / 12)
    dot(sheet, p, '#1b5e9e', 2.8)
    drawText(sheet, p[0] + 4, p[1] - 3, name, small)
  }
}

function drawGap(sheet: Sheet, box: Rect): void {
  const at = axes(sheet, box, ['0', '2', '4', '6', '8'], ['2', '3', '4', '5'], ['Journeys', 'Gap, mm'])
  const rng = random(41)
  for (let i = 0; i < 70; i++) {
    const journeys = rng.int(0, 8)
    const gap = 2.5 + 1.4 * (1 - Math.exp(-journeys * 1.3)) + rng.normal() * 0.22
    dot(sheet, at((journeys + rng.between(-0.15, 0.15)) / 8, Math.max(0, (gap - 2) / 3)), '#e2a23b', 1.7)
  }
  const curve: string[] = []
  for (let j = 0; j <= 80; j++) curve.push(at(j / 80, (0.5 + 1.4 * (1 - Math.exp(-j * 0.13))) / 3).join(','))
  drawSvg(sheet, `<polyline points="${curve.join(' ')}" fill="none" stroke="#9c3a1d" stroke-width="1.3"/>`)
}

function drawRoute(sheet: Sheet, box: Rect): void {
  const stops = [
    [0.14, 0.3],
    [0.46, 0.12],
    [0.84, 0.3],
    [0.72, 0.78],
    [0.28, 0.82],
  ] as const
  const at = ([u, v]: readonly [number, number]): readonly [number, number] => [
    box.x + u * box.width,
    box.y + v * box.height,
  ]
  drawRect(sheet, box, '#f3f5ef', '#888', 0.5)
  drawSvg(
    sheet,
    `<path d="M${box.x} ${box.y + box.height * 0.62}q${box.width * 0.25} -26 ${box.width * 0.5} -6t${box.width * 0.5} -14" stroke="#a9cbe0" stroke-width="9" fill="none"/>`,
  )
  stops.forEach((stop, i) => {
    const from = at(stop)
    const to = at(stops[(i + 1) % stops.length] ?? stop)
    drawLine(sheet, from, to, 1.4, '#33548a')
    drawText(sheet, (from[0] + to[0]) / 2 + 3, (from[1] + to[1]) / 2 - 3, `${[11, 9, 17, 14, 23][i]} km`, small)
  })
  stops.forEach((stop, i) => {
    const p = at(stop)
    dot(sheet, p, '#fff', 6.5)
    drawCentred(sheet, p[0], p[1] + 2.6, String(i + 1), { font: 'sans', size: 7.5 })
  })
}

/** Smoke lines drawn out by a pair of vortices: a picture with soft tones and fine lines. */
function smokeLines(box: Rect): Raster {
  const width = Math.round((box.width * 300) / 72)
  const height = Math.round((box.height * 300) / 72)
  const data = new Uint8Array(width * height)
  const noise = fractal(77, 5)
  const rng = random(78)
  const vortices = [
    { x: 0.3, y: 0.36, s: 1, r: 0.16 },
    { x: 0.5, y: 0.66, s: -1, r: 0.14 },
    { x: 0.73, y: 0.38, s: 0.9, r: 0.2 },
    { x: 0.9, y: 0.7, s: -0.8, r: 0.22 },
  ]
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const aspect = width / height
      let u = x / width
      let v = y / height
      for (const vortex of vortices) {
        const dx = (u - vortex.x) * aspect
        const dy = v - vortex.y
        const d = Math.hypot(dx, dy)
        const angle = vortex.s * 3.6 * Math.exp(-((d / vortex.r) ** 2))
        u = vortex.x + (dx * Math.cos(angle) - dy * Math.sin(angle)) / aspect
        v = vortex.y + dx * Math.sin(angle) + dy * Math.cos(angle)
      }
      const line = Math.abs(((v * 19 + noise(u * 3, v * 3) * 0.9) % 1) - 0.5) * 2
      const smoke = Math.max(0, line - 0.45) * 1.5 * (0.55 + 0.6 * noise(u * 12, v * 12))
      const wingX = (x / width - 0.085) * aspect
      const wingY = y / height - 0.34
      const wing = Math.abs(wingX - wingY * 0.45) < 0.018 && Math.abs(wingY) < 0.2 ? 0.9 : 0
      const lamp = 0.75 + 0.35 * (1 - x / width)
      const grain = (rng.next() - 0.5) * 0.06
      data[y * width + x] = 255 * Math.max(0.03, Math.min(0.98, Math.max(0.07 + smoke * lamp, wing) + grain))
    }
  return { data, width, height, channels: 1, dpi: 300 }
}

/** Blue canvas bags standing on a shelf, in colour. */
function bagsOnShelf(box: Rect): Raster {
  const width = Math.round((box.width * 300) / 72)
  const height = Math.round((box.height * 300) / 72)
  const data = new Uint8Array(width * height * 3)
  const weave = fractal(91, 4)
  const rng = random(92)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const u = x / width
      const v = y / height
      const cell = Math.floor(u * 5)
      const cu = u * 5 - cell - 0.5
      const lean = (weave(cell * 7.7, 1.3) - 0.5) * 0.5
      const topEdge = 0.24 + (weave(cell * 3.1, 8) - 0.5) * 0.16 + 0.03 * Math.cos(cu * 9)
      const side = Math.abs(cu + lean * (v - 0.85)) - 0.4 - 0.05 * Math.sin(v * 6 + cell)
      let rgb: readonly [number, number, number]
      if (v > 0.87) {
        const wood = weave(u * 9, v * 90) * 0.24
        const dark = v < 0.895 ? 0.6 : 1
        rgb = [(0.5 + wood) * dark, (0.4 + wood * 0.9) * dark, (0.29 + wood * 0.6) * dark]
      } else if (side < 0 && v > topEdge) {
        const fold = weave(u * 14 + v * 2, v * 5) * 0.5 + weave(u * 60, v * 60) * 0.16
        const round = 0.55 + 0.55 * Math.cos(cu * 2.4)
        const seam = Math.abs(v - topEdge - 0.05) < 0.006 ? 0.75 : 1
        const tag = Math.abs(cu) < 0.16 && v > 0.52 && v < 0.66
        const k = (0.45 + fold) * round * seam
        rgb = tag ? [0.86 * round, 0.85 * round, 0.78 * round] : [0.2 * k, 0.36 * k, 0.74 * k]
        if (tag && Math.abs(v - 0.59) < 0.028 && Math.sin(cu * 260 + cell) > 0.1 && Math.abs(cu) < 0.12)
          rgb = [0.12, 0.12, 0.12]
      } else {
        const wall = 0.7 + weave(u * 5, v * 5) * 0.16 - Math.max(0, 0.2 - Math.abs(side)) * 0.5
        rgb = [wall, wall * 0.97, wall * 0.9]
      }
      const grain = (rng.next() - 0.5) * 0.05
      for (let c = 0; c < 3; c++) data[(y * width + x) * 3 + c] = 255 * Math.max(0, Math.min(1, (rgb[c] ?? 0) + grain))
    }
  return { data, width, height, channels: 3, dpi: 300 }
}

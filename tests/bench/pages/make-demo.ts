/** Writes the shipped demonstration pages: `node tests/bench/pages/make-demo.ts [folder]`. The same bytes each time. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { demoSheets, type DemoArticle } from './demo-article.ts'
import { degrade, ordinaryWear } from './degrade.ts'
import { DEMO_EN } from './prose/demo-en.ts'
import { DEMO_ZH } from './prose/demo-zh.ts'
import { random, seedOf } from './random.ts'
import { renderSheet } from './sheet.ts'
import { toJpeg } from './page.ts'

/** Low sensor noise: pages that are shipped should look scanned and stay small. */
export async function makeDemo(folder: string): Promise<{ name: string; bytes: number }[]> {
  await mkdir(folder, { recursive: true })
  const written: { name: string; bytes: number }[] = []
  const articles: [string, DemoArticle][] = [
    ['flapping-wing', DEMO_ZH],
    ['blue-bag', DEMO_EN],
  ]
  for (const [name, article] of articles) {
    const sheets = await demoSheets(article)
    for (const [i, sheet] of sheets.entries()) {
      const seed = seedOf(name, i)
      const wear = ordinaryWear(random(seed), {
        noise: 1.6,
        texture: 0.014,
        light: 0.035,
        dust: 14,
        paper: [240, 237.5, 231],
      })
      const { scan } = await degrade(await renderSheet(sheet, 300, 3), seed, wear)
      const jpeg = await toJpeg(scan, 86)
      const file = `${name}-${String(i + 1).padStart(2, '0')}.jpg`
      await writeFile(join(folder, file), jpeg)
      written.push({ name: file, bytes: jpeg.length })
    }
  }
  return written
}

if (import.meta.main) {
  const folder = process.argv[2] ?? 'assets/demo'
  for (const { name, bytes } of await makeDemo(folder)) console.log(name, bytes)
}

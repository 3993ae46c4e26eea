/** `node draw.ts FOLDER PAGES DPI`: draws the feeder's pages in a process of its own, whose memory nobody measures. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makePage, toJpeg } from '../pages/page.ts'

/** So many different pages; a longer stack holds them again and again. */
const DIFFERENT = 5

const [folder = '.', pages = '1', dpi = '300'] = process.argv.slice(2)
const drawn: Buffer[] = []
for (let i = 0; i < Math.min(Number(pages), DIFFERENT); i++)
  drawn.push(
    await toJpeg((await makePage({ kind: 'grey', lang: i % 2 ? 'en' : 'zh', seed: 900 + i, dpi: Number(dpi) })).scan),
  )
for (let i = 0; i < Number(pages); i++)
  await writeFile(join(folder, `s-${String(i).padStart(5, '0')}.jpg`), drawn[i % drawn.length]!)

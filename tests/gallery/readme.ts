/** `npm run gallery -- --readme`: the six pictures of the README, of one ordinary day, into assets/pictures. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { look } from '../desk/support/look.ts'
import { resizeWindow } from '../desk/support/window-size.ts'
import { drawn, SCREENS } from './screens.ts'
import { stage } from './states.ts'

const FOLDER = fileURLToPath(new URL('../../assets/pictures', import.meta.url))
/** Each with the screen it shows. */
const PICTURES = {
  'queue-zh': 'queue',
  'scan-desk-zh': 'copy',
  'loan-desk-zh': 'loan',
  'courier-zh': 'courier-pack',
  'numbers-zh': 'numbers-overview',
  'score-zh': 'numbers-delivery',
}

/** @param work an empty folder */
export async function takeReadme(work: string): Promise<void> {
  const { desk, close } = await stage('normal', work)
  try {
    await resizeWindow(desk, 1366, 768, 1)
    await look(desk.page, 'zh-CN', 'light')
    for (const [picture, name] of Object.entries(PICTURES)) {
      await SCREENS.find((screen) => screen.name === name)!.open(desk.page)
      await drawn(desk.page)
      await sharp(await desk.page.screenshot())
        .png({ palette: true, effort: 10 })
        .toFile(join(FOLDER, `${picture}.png`))
    }
  } finally {
    await close()
  }
}

/**
 * `npm run gallery -- --guide`: the pictures of the guides in docs/ and of the window's help, in both languages, into
 * assets/pictures/guide. The one of an update that lies ready is left in out/upgrade by `npm run package -- --upgrade`, which has one.
 */
import type { Page } from '@playwright/test'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { startCentreProcess } from '../demo/centre-process.ts'
import { axeFindings } from '../desk/support/axe.ts'
import { launchDesk, type LaunchedDesk } from '../desk/support/launch.ts'
import { look } from '../desk/support/look.ts'
import { expect, go } from '../desk/support/staff.ts'
import { resizeWindow } from '../desk/support/window-size.ts'
import { drawn, SCREENS } from './screens.ts'
import { stage } from './states.ts'

export const GUIDE_FOLDER = fileURLToPath(new URL('../../assets/pictures/guide', import.meta.url))
export const GUIDE_LANGUAGES = { zh: 'zh-CN', en: 'en' } as const
type Language = keyof typeof GUIDE_LANGUAGES
/** The narrowest window there is: what stands in it can still be read in the width of a page. */
const SIZE = { width: 1180, height: 740 }

interface Shot {
  name: string
  open(page: Page): Promise<void>
  leave?(page: Page): Promise<void>
}

const like = (name: string, screen: string): Shot => ({ ...SCREENS.find((one) => one.name === screen)!, name })
const section = (name: string, of: string, more?: (page: Page) => Promise<void>): Shot => ({
  name,
  async open(page) {
    await go(page, 'settings')
    await page.locator(`[data-section="${of}"]`).click()
    await more?.(page)
  },
})

/** Of an ordinary day, of a day when things fail, and of a machine that an administrator has set up. */
const ORDINARY: readonly Shot[] = [
  like('task-copy', 'copy'),
  {
    name: 'task-mend',
    async open(page) {
      await go(page, 'copy')
      await page.locator('[data-pages] button').first().click()
      await page.keyboard.press('e')
      await page.locator('[data-adjust]').waitFor()
    },
    leave: (page) => page.keyboard.press('e'),
  },
  like('task-loan', 'loan'),
  like('task-send', 'courier-pack'),
  like('task-back', 'courier-returns'),
  like('task-cannot', 'cannot-supply'),
  like('task-find', 'queue-search'),
  like('task-many', 'queue-marked'),
  like('task-printing', 'prints'),
  like('task-numbers', 'numbers-overview'),
  section('safety', 'safety'),
  section('doctor', 'about', async (page) => {
    await page.locator('[data-action="examine"]').click()
    await page.locator('[data-checks]').scrollIntoViewIfNeeded()
  }),
  section('slips', 'slips'),
  like('parts', 'parts'),
]
const FAILING: readonly Shot[] = [like('task-offline', 'refused-outbox'), like('refused', 'refused-refused')]
const LOCKED: readonly Shot[] = [
  section('locked', 'look'),
  // Nothing is open on this one's scan desk.
  {
    name: 'task-stack',
    async open(page) {
      await go(page, 'copy')
      await page.keyboard.press('F4')
    },
    leave: (page) => page.keyboard.press('F4'),
  },
]

const MACHINE = {
  version: 1,
  rehearsal: true,
  settings: { language: 'zh-CN', density: 'normal', holdSeconds: 8 },
  locked: ['density', 'holdSeconds', 'sounds'],
}

export interface Taking {
  /** Where what went wrong is told, one line a thing. */
  readonly missed: string[]
  /** Has axe look at each picture too. */
  readonly axe: boolean
}

/** Keeps a picture of the window in the form that guides show. */
export async function keepPicture(page: Page, name: string, language: Language, folder = GUIDE_FOLDER): Promise<void> {
  const png = await page.screenshot()
  await sharp(png)
    .webp({ quality: 78, effort: 6 })
    .toFile(join(folder, `${name}.${GUIDE_LANGUAGES[language]}.webp`))
}

async function lookAt(page: Page, what: string, { missed, axe }: Taking): Promise<void> {
  if (axe) for (const finding of await axeFindings(page)) missed.push(`${what}: ${finding}`)
}

async function take(desk: LaunchedDesk, shots: readonly Shot[], taking: Taking): Promise<void> {
  const { page } = desk
  page.setDefaultTimeout(30_000)
  await resizeWindow(desk, SIZE.width, SIZE.height, 1)
  for (const language of ['zh', 'en'] as const) {
    await look(page, GUIDE_LANGUAGES[language], 'light')
    for (const shot of shots) {
      try {
        await shot.open(page)
        await drawn(page)
        await keepPicture(page, shot.name, language)
        await lookAt(page, `${shot.name} ${language}`, taking)
        await shot.leave?.(page)
      } catch (error) {
        taking.missed.push(
          `${shot.name} ${language}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
        )
        await page.keyboard.press('Escape')
      }
    }
  }
  console.log(`${shots.map(({ name }) => name).join(', ')}: taken in both languages`)
}

/**
 * @param work an empty folder
 * @param only some of the pictures, by their names
 */
export async function takeGuide(work: string, taking: Taking, only?: readonly string[]): Promise<void> {
  mkdirSync(GUIDE_FOLDER, { recursive: true })
  const wanted = (shots: readonly Shot[]) => shots.filter(({ name }) => only === undefined || only.includes(name))
  if (wanted(ORDINARY).length > 0) {
    const { desk, close } = await stage('normal', work)
    await take(desk, wanted(ORDINARY), taking).finally(close)
  }
  if (wanted(FAILING).length > 0) {
    const { desk, close } = await stage('error', work)
    await take(desk, wanted(FAILING), taking).finally(close)
  }
  if (wanted(LOCKED).length > 0) {
    const desk = await launchLocked(work)
    await take(desk, wanted(LOCKED), taking).finally(() => desk.close())
  }
  if (only === undefined || only.includes('enrol')) await takeFirstScreen(work, taking)
}

/** A desk on a machine that an administrator has set up. */
async function launchLocked(work: string): Promise<LaunchedDesk> {
  const file = join(work, 'settings.json')
  writeFileSync(file, JSON.stringify(MACHINE))
  chmodSync(work, 0o755)
  const desk = await launchDesk({
    data: join(work, 'locked'),
    env: { BALIS_DESK_MACHINE_SETTINGS: file },
    reads: [work],
  })
  await desk.page.locator('[id^="row-"]').first().waitFor({ timeout: 120_000 })
  return desk
}

async function takeFirstScreen(work: string, taking: Taking): Promise<void> {
  const data = join(work, 'centre-first')
  mkdirSync(data)
  const centre = await startCentreProcess(data, 0)
  for (const language of ['zh', 'en'] as const) {
    const options = { data: join(work, `first-${language}`), centre: centre.url, language: GUIDE_LANGUAGES[language] }
    const first = await launchDesk(options)
    await resizeWindow(first, SIZE.width, SIZE.height, 1)
    await expect(first.page.locator('main form').getByRole('textbox')).toHaveCount(3)
    // Of a centre that runs here for the picture only.
    await first.page.locator('main form').getByRole('textbox').first().fill('')
    await first.page.locator('main form').getByRole('textbox').nth(1).focus()
    await drawn(first.page)
    await keepPicture(first.page, 'enrol', language)
    await lookAt(first.page, `enrol ${language}`, taking)
    await first.close()
  }
  await centre.stop()
}

/**
 * `npm run gallery`: every screen in the real window, in both languages and themes and at two sizes, on an ordinary day,
 * without work, with very much of it and when things fail. Leaves pictures and index.html in out/gallery.
 *
 *   --state normal,error,empty,full   --screen queue,copy   --language zh,en   --theme light,dark   --size 1366,1920
 */
import type { Page } from '@playwright/test'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { LaunchedDesk } from '../desk/support/launch.ts'
import { go } from '../desk/support/staff.ts'
import { fileOf, writeIndex, type Picture } from './index-page.ts'
import { drawn, SCREENS } from './screens.ts'
import { stage, STATES, type State } from './states.ts'

const SIZES = { '1366': { width: 1366, height: 768 }, '1920': { width: 1920, height: 1080 } }
const LANGUAGES = { zh: '中文', en: 'English' }
const THEMES = { light: 1, dark: 2 }

const text = { type: 'string' } as const
const { values } = parseArgs({ options: { state: text, screen: text, language: text, theme: text, size: text } })
const chosen = <T extends string>(given: string | undefined, all: readonly T[]): T[] =>
  all.filter((one) => given === undefined || given.split(',').includes(one))
const keys = <T extends object>(of: T) => Object.keys(of) as (keyof T & string)[]

const out = fileURLToPath(new URL('../../out/gallery', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'balis-gallery-'))
const pictures: Picture[] = []
const missed: string[] = []
const screens = SCREENS.filter(({ name }) => values.screen === undefined || values.screen.split(',').includes(name))

async function look(page: Page, language: keyof typeof LANGUAGES, theme: keyof typeof THEMES): Promise<void> {
  await go(page, 'settings')
  await page.locator('[data-section="look"]').click()
  await page.getByRole('radiogroup').nth(1).getByRole('radio').nth(THEMES[theme]).click()
  await page.getByRole('radio', { name: LANGUAGES[language] }).click()
  await page.locator(`html[data-theme="${theme}"]`).waitFor()
}

const resize = ({ app }: LaunchedDesk, size: { width: number; height: number }) =>
  app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setContentSize(to.width, to.height), size)

async function take(desk: LaunchedDesk, state: State): Promise<void> {
  const { page } = desk
  for (const size of chosen(values.size, keys(SIZES))) {
    await resize(desk, SIZES[size])
    for (const language of chosen(values.language, keys(LANGUAGES)))
      for (const theme of chosen(values.theme, keys(THEMES))) {
        await look(page, language, theme)
        for (const screen of screens) {
          if (state !== 'normal' && !screen.everyState) continue
          const picture: Picture = { screen: screen.name, state, size, language, theme }
          const file = fileOf(picture)
          try {
            await screen.open(page)
            await drawn(page)
            await page.screenshot({ path: join(out, file) })
            await screen.leave?.(page)
            pictures.push(picture)
          } catch (error) {
            missed.push(`${file}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
            await page.keyboard.press('Escape')
          }
        }
        console.log(`${state} ${size} ${language} ${theme}: ${pictures.length} pictures`)
      }
  }
}

mkdirSync(out, { recursive: true })
try {
  for (const state of chosen(values.state, STATES)) {
    const { desk, close } = await stage(state, work)
    desk.page.setDefaultTimeout(15_000)
    await take(desk, state)
    await close()
  }
  writeIndex(out, pictures)
} finally {
  rmSync(work, { recursive: true, force: true })
}
console.log(`${pictures.length} pictures in out/gallery, see index.html`)
for (const line of missed) console.error(`no picture ${line}`)
process.exit(missed.length > 0 ? 1 : 0)

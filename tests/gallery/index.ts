/**
 * `npm run gallery`: every screen in the real window, in both languages and themes and at two sizes, on an ordinary day,
 * without work, with very much of it and when things fail; and the doors: lock, sign-in refused, a revoked desk, a lost
 * database. Leaves pictures and index.html in out/gallery; with --axe each picture is looked at by axe too, with --cut for
 * words of ours that stand only half in view.
 *
 *   --state normal,error,empty,full,doors   --screen queue,copy   --language zh,en   --theme light,dark   --size 1366,1920
 *   --guide   instead: the pictures of the guides, into assets/pictures/guide; --screen names some of them, --axe looks at them
 *   --readme  instead: the six of the README, into assets/pictures
 */
import type { Page } from '@playwright/test'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readArguments } from '../../build/tasks/support/arguments.mjs'
import { axeFindings } from '../desk/support/axe.ts'
import { damaged, expired, givenUp, keyLost, lockAndPin, revoked, supervisor } from '../desk/support/doors.ts'
import { look, type Theme } from '../desk/support/look.ts'
import { resizeWindow } from '../desk/support/window-size.ts'
import { takeGuide } from './guide.ts'
import { cutWords } from './cut.ts'
import { fileOf, writeIndex, type Picture } from './index-page.ts'
import { FAILURES } from './failures.ts'
import { takeReadme } from './readme.ts'
import { drawn, SCREENS } from './screens.ts'
import { stage, STATES, type Stage, type State } from './states.ts'

const SIZES = { '1366': { width: 1366, height: 768 }, '1920': { width: 1920, height: 1080 } }
const LANGUAGES = { zh: 'zh-CN', en: 'en' } as const
const THEMES: readonly Theme[] = ['light', 'dark']

const text = { type: 'string' } as const
const values = readArguments({
  state: text,
  screen: text,
  language: text,
  theme: text,
  size: text,
  axe: { type: 'boolean' },
  cut: { type: 'boolean' },
  guide: { type: 'boolean' },
  readme: { type: 'boolean' },
})
function refuse(why: string): never {
  console.error(`gallery: ${why}; --help tells what there is`)
  process.exit(2)
}
const chosen = <T extends string>(given: string | undefined, all: readonly T[]): T[] => {
  const wrong = given?.split(',').find((one) => !all.some((known) => known === one))
  if (wrong !== undefined) refuse(`there is no “${wrong}”; there are ${all.join(', ')}`)
  return all.filter((one) => given === undefined || given.split(',').includes(one))
}
if (values.guide && [values.state, values.language, values.theme, values.size].some((one) => one !== undefined))
  refuse('--guide has its own state, languages, theme and size')
const wants = (screen: string) => values.screen === undefined || values.screen.split(',').includes(screen)
const keys = <T extends object>(of: T) => Object.keys(of) as (keyof T & string)[]

const out = fileURLToPath(new URL('../../out/gallery', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'balis-gallery-'))
const pictures: Picture[] = []
const missed: string[] = []
/** What was found in a picture that was taken. */
const found: string[] = []

async function shoot(page: Page, picture: Picture): Promise<void> {
  await drawn(page)
  await page.screenshot({ path: join(out, fileOf(picture)) })
  pictures.push(picture)
  const findings = [...(values.axe ? await axeFindings(page) : []), ...(values.cut ? await cutWords(page) : [])]
  for (const finding of findings) found.push(`${fileOf(picture)}: ${finding}`)
}

const why = (error: unknown) => (error instanceof Error ? error.message.split('\n')[0] : String(error))

/** What is seen in this state: every screen on the ordinary day. */
const screensOf = (
  state: State,
): { name: string; open(page: Page, house: Stage): Promise<void>; leave?(page: Page, house: Stage): Promise<void> }[] =>
  // prettier-ignore
  [
    ...SCREENS.filter(({ also }) => state === 'normal' || also.includes(state)),
    ...(state === 'error' ? FAILURES : []),
  ].filter(({ name }) => wants(name))

async function places(house: Stage, shot: Omit<Picture, 'screen'>, state: State): Promise<void> {
  const { page } = house.desk
  for (const screen of screensOf(state)) {
    const picture = { ...shot, screen: screen.name }
    try {
      await screen.open(page, house)
      await shoot(page, picture)
      await screen.leave?.(page, house)
    } catch (error) {
      missed.push(`${fileOf(picture)}: ${why(error)}`)
      await page.keyboard.press('Escape')
    }
  }
}

/** One door leads to the next: where one cannot be opened the rest are not seen either. */
async function doors(house: Stage, shot: Omit<Picture, 'screen'>): Promise<void> {
  const see = async (screen: string) => {
    if (wants(screen)) await shoot(house.desk.page, { ...shot, screen })
  }
  try {
    await lockAndPin(house, see)
    await house.desk.page.locator('[data-action="pinOff"]').click()
    await supervisor(house, see, false)
    await expired(house, see)
    await revoked(house, see)
    await damaged(house, see)
    await keyLost(house, see)
    await givenUp(house, see)
  } catch (error) {
    await house.desk.page.screenshot({ path: join(out, 'stopped.png') }).catch(() => undefined)
    missed.push(
      `${shot.size} ${shot.language} ${shot.theme}, after ${pictures.at(-1)?.screen} (stopped.png): ${why(error)}`,
    )
    throw error
  }
}

async function take(house: Stage, state: State): Promise<void> {
  const { desk } = house
  for (const size of chosen(values.size, keys(SIZES))) {
    await resizeWindow(desk, SIZES[size].width, SIZES[size].height, 1)
    for (const language of chosen(values.language, keys(LANGUAGES)))
      for (const theme of chosen(values.theme, THEMES)) {
        const shot = { state, size, language, theme }
        try {
          await look(desk.page, LANGUAGES[language], theme)
        } catch (error) {
          // What the screen before left open; the next ones are worth seeing all the same.
          missed.push(`${state} ${size} ${language} ${theme}: ${why(error)}`)
          await desk.page.screenshot({ path: join(out, 'stopped.png') }).catch(() => undefined)
          continue
        }
        await (state === 'doors' ? doors(house, shot) : places(house, shot, state))
        console.log(`${state} ${size} ${language} ${theme}: ${pictures.length} pictures`)
      }
  }
}

// Before minutes are spent on a word that was mistyped.
chosen(values.size, keys(SIZES))
chosen(values.language, keys(LANGUAGES))
chosen(values.theme, THEMES)
const states = chosen(values.state, STATES)
if (!values.guide && !states.includes('doors') && ![...SCREENS, ...FAILURES].some(({ name }) => wants(name)))
  refuse(`there is no such screen; there are ${[...SCREENS, ...FAILURES].map(({ name }) => name).join(', ')}`)

mkdirSync(out, { recursive: true })
try {
  if (values.guide) await takeGuide(work, { missed, axe: values.axe ?? false }, values.screen?.split(','))
  else if (values.readme) await takeReadme(work)
  else await takeGallery()
} finally {
  rmSync(work, { recursive: true, force: true })
  for (const line of found) console.error(`in ${line}`)
  for (const line of missed) console.error(`no picture ${line}`)
}
process.exit(missed.length + found.length > 0 ? 1 : 0)

async function takeGallery(): Promise<void> {
  for (const state of states) {
    const house = await stage(state, work, out)
    house.desk.page.setDefaultTimeout(15_000)
    try {
      await take(house, state)
    } finally {
      await house.close()
    }
  }
  writeIndex(out)
  console.log(`${pictures.length} pictures in out/gallery, see index.html`)
}

/** The rules of the house (design: architecture), read out of the sources themselves. */
import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, posix, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What each layer may import of the others; itself always. First match decides whose file it is. */
const LAYERS: readonly { readonly at: string; readonly may: readonly string[] }[] = [
  { at: 'electron/contract/', may: [] },
  { at: 'electron/domain/', may: ['electron/contract/'] },
  { at: 'electron/core/', may: ['electron/contract/', 'electron/domain/', 'db/'] },
  { at: 'electron/main/', may: ['electron/contract/'] },
  { at: 'electron/preload/', may: ['electron/contract/'] },
  { at: 'electron/centre/', may: ['electron/contract/', 'db/driver.ts'] },
  { at: 'db/', may: ['electron/contract/', 'electron/domain/'] },
  { at: 'renderer/', may: ['electron/contract/'] },
]

/** Longer than the house's measure for a reason that holds. */
const LONG: Readonly<Record<string, string>> = {
  'electron/contract/core.contract.ts': 'one table: every method of core',
  'electron/core/sync/engine.ts': 'one algorithm, to be read from top to bottom',
  'electron/core/printing/ipp-server/printer.ts': 'one state machine: the printer object of RFC 8011',
}
const LINES = 360

interface Source {
  readonly path: string
  readonly text: string
  readonly imports: readonly string[]
}

const sources = ['electron', 'db', 'renderer'].flatMap((folder) => readSources(join(root, folder)))

function readSources(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => {
      const full = join(entry.parentPath, entry.name)
      const text = readFileSync(full, 'utf8')
      return { path: relative(root, full).replaceAll('\\', '/'), text, imports: importsOf(text) }
    })
}

/** Every module named in an import or export, also of types and also lazily. */
function importsOf(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  const found = code.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"`;=]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s+['"]([^'"]+)['"]|\brequire\s*\(\s*['"]([^'"]+)['"]/g,
  )
  return [...found].map((match) => match.slice(1).find((name) => name !== undefined) ?? '')
}

/** A relative import as a path from the root; undefined for a package. */
function target(source: Source, name: string): string | undefined {
  return name.startsWith('.') ? posix.join(dirname(source.path), name) : undefined
}

const isBuiltin = (name: string) => name.startsWith('node:') || builtinModules.includes(name)
const under = (folder: string) => sources.filter(({ path }) => path.startsWith(folder))

test('the reader of imports finds every way to import', () => {
  const text = `import a from 'one'\nimport type { B } from "two"\nimport {\n  c,\n  d,\n} from './three.ts'
    export * from 'four'\nimport 'five'\nconst x = await import('six')\nconst y = require('seven')
    // import no from 'eight'\n/* import no from 'nine' */\nexport const from = 'ten'`
  expect(importsOf(text)).toEqual(['one', 'two', './three.ts', 'four', 'five', 'six', 'seven'])
})

describe('imports', () => {
  test('point one way between the layers', () => {
    const wrong = sources.flatMap((source) => {
      const layer = LAYERS.find(({ at }) => source.path.startsWith(at))
      if (!layer) return []
      return source.imports.flatMap((name) => {
        const path = target(source, name)
        if (path === undefined || path.startsWith(layer.at)) return []
        // Everybody may know the app's version.
        if (path === 'package.json') return []
        // Translations and pictures belong to the page.
        const fine =
          layer.may.some((may) => path.startsWith(may)) || (layer.at === 'renderer/' && path.startsWith('assets/'))
        return fine ? [] : [`${source.path} imports ${path}`]
      })
    })
    expect(wrong).toEqual([])
  })

  test('of electron stand in main and preload only', () => {
    const users = sources.filter(({ imports }) =>
      imports.some((name) => name === 'electron' || name.startsWith('electron/')),
    )
    expect(users.map(({ path }) => path).filter((path) => !/^electron\/(main|preload)\//.test(path))).toEqual([])
    expect(users.length).toBeGreaterThan(0)
  })

  test('of the database addon stand in db/driver.ts only', () => {
    const users = sources.filter(({ imports }) => imports.some((name) => name.startsWith('better-sqlite3')))
    expect(users.map(({ path }) => path)).toEqual(['db/driver.ts'])
  })

  test('of ipcMain stand in the guard only', () => {
    const users = under('electron/').filter(({ text }) => /\bipcMain\b[\s\S]*from 'electron'/.test(text))
    expect(users.map(({ path }) => path)).toEqual(['electron/main/ipc-guard.ts'])
  })

  test('of BrowserWindow as a value stand in windows.ts only', () => {
    const users = under('electron/').filter(({ text }) => /new BrowserWindow\b/.test(text))
    expect(users.map(({ path }) => path)).toEqual(['electron/main/windows.ts'])
  })

  test('of Node are not in contract, domain or the page: they do no input or output', () => {
    const wrong = [...under('electron/contract/'), ...under('electron/domain/'), ...under('renderer/')].flatMap(
      ({ path, imports }) => imports.filter(isBuiltin).map((name) => `${path} imports ${name}`),
    )
    expect(wrong).toEqual([])
  })

  test('of the contract need no package but zod', () => {
    const packages = under('electron/contract/').flatMap(({ imports }) =>
      imports.filter((name) => !name.startsWith('.')),
    )
    expect(new Set(packages)).toEqual(new Set(['zod']))
  })

  test('of relative files carry their extension, so that sources run as they are', () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports
        .filter((name) => name.startsWith('.') && !/\.\w+(\?\w+)?$/.test(name))
        .map((name) => `${path} imports ${name}`),
    )
    expect(wrong).toEqual([])
  })
})

describe('files', () => {
  test(`have at most ${LINES} lines, except the tables named here`, () => {
    const long = sources.filter(({ text }) => text.split('\n').length > LINES).map(({ path }) => path)
    expect(long.filter((path) => !Object.hasOwn(LONG, path))).toEqual([])
  })

  test('are seldom longer than 300 lines', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > 300)
    expect(long.length / sources.length).toBeLessThan(0.05)
  })
})

describe('dangerous things', () => {
  test.each([
    ['making code from text', /\beval\s*\(|new Function\s*\(/],
    ['markup from text', /dangerouslySetInnerHTML|\.innerHTML\s*=|insertAdjacentHTML/],
    [
      'a sandbox turned off',
      /no-sandbox|sandbox:\s*false|nodeIntegration:\s*true|contextIsolation:\s*false|webSecurity:\s*false/,
    ],
  ])('%s is nowhere in the sources', (_what, pattern) => {
    expect(sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path)).toEqual([])
  })
  test('a TLS certificate nobody signed is accepted only where its fingerprint is compared', () => {
    const unsigned = sources.filter(({ text }) => /rejectUnauthorized:\s*false|NODE_TLS_REJECT_UNAUTHORIZED/.test(text))
    expect(unsigned.filter(({ text }) => !/fingerprint/i.test(text)).map(({ path }) => path)).toEqual([])
  })
})

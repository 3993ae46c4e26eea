/** What the README promises about safety can be run: every row of its table names tests, and they exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { helpOf } from '../../../build/tasks/support/arguments.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')

test('every row of the security tables names a test that exists', () => {
  const section = readme.slice(readme.indexOf('## Security'), readme.indexOf('## Licences'))
  const lines = section.split('\n')
  // What stands above a rule is the head of a table.
  const rows = lines.filter((line, at) => line.startsWith('| ') && !lines[at + 1]?.startsWith('|-'))
  expect(rows.length).toBeGreaterThan(10)
  for (const row of rows) {
    const [, threat = '', defence = '', tests = ''] = row.split('|').map((cell) => cell.trim())
    expect(defence, threat).not.toBe('')
    const named = [...tests.matchAll(/\]\((tests\/[^)]+)\)/g)].map(([, path = '']) => path)
    expect(named.length, threat).toBeGreaterThan(0)
    expect(
      named.filter((path) => !existsSync(join(root, path))),
      threat,
    ).toEqual([])
  }
})

test('every command of npm it names is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const named = new Set([...readme.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name))
  expect([...named].filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
})

test('every task says with --help how it is called', () => {
  const tasks = readdirSync(join(root, 'build', 'tasks')).flatMap((name) => /^(\w+)\.mjs$/.exec(name)?.[1] ?? [])
  expect(tasks).toContain('gallery')
  for (const task of tasks) expect(helpOf(task), task).toMatch(/npm (run |start|test)/)
})

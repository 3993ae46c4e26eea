import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { deskGuide, GUIDES, guidePath, type GuideName } from '../../support/desk-guide.ts'

test.each(Object.keys(GUIDES) as GuideName[])('%s says what the help of the window says', (name) => {
  expect(readFileSync(guidePath(name), 'utf8')).toBe(deskGuide(name))
})

const root = fileURLToPath(new URL('../../../', import.meta.url))
const pages = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => join('docs', name))]
test.each(pages)('every file that %s leads to is there', (page) => {
  const text = readFileSync(join(root, page), 'utf8')
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link]) => link!)
  expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([])
})

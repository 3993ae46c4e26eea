/** The sum that `npm test` ends with must not hide a failure. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { resultOfCheck, resultOfPlaywright, resultOfVitest } from '../../../build/tasks/support/results.mjs'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'balis-sums-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function report(content: unknown): string {
  const path = join(folder, 'report.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}

const units = (...statuses: string[]) => ({
  testResults: [
    { name: 'a.test.ts', status: 'x', assertionResults: statuses.map((status, i) => ({ status, fullName: `t${i}` })) },
  ],
})

test('units are counted, and what failed or was skipped is named', () => {
  const result = resultOfVitest(report(units('passed', 'failed', 'skipped', 'pending', 'todo')), 1)
  expect(result).toEqual({ passed: 1, failed: ['t1'], skipped: ['t2', 't3', 't4'] })
})

test('a file that does not load is a failure', () => {
  const content = { testResults: [{ name: 'b.test.ts', status: 'failed', assertionResults: [] }] }
  expect(resultOfVitest(report(content), 1).failed).toEqual(['b.test.ts: does not load'])
})

test('a runner that ends badly without naming a test is a failure', () => {
  expect(resultOfVitest(report(units('passed')), 1).failed).toHaveLength(1)
})

test('a report that was never written is a failure', () => {
  expect(resultOfVitest(join(folder, 'none.json'), 0).failed).toHaveLength(1)
  expect(resultOfPlaywright(join(folder, 'none.json'), 0).failed).toHaveLength(1)
})

test('window tests are counted through all nested suites; what needed a second try is named', () => {
  const spec = (title: string, status: string) => ({ title, tests: [{ status }] })
  const content = {
    suites: [
      {
        title: 'a.spec.ts',
        specs: [spec('one', 'expected')],
        suites: [{ title: 'inner', specs: [spec('two', 'unexpected')] }],
      },
      { title: 'b.spec.ts', specs: [spec('three', 'skipped'), spec('four', 'flaky')] },
    ],
    errors: [{ message: 'global\nstack' }],
  }
  expect(resultOfPlaywright(report(content), 1)).toEqual({
    passed: 2,
    failed: ['a.spec.ts › inner › two', 'window tests: global'],
    skipped: ['b.spec.ts › three'],
    again: ['b.spec.ts › four'],
  })
})

test('a check is one test', () => {
  expect(resultOfCheck('types', 0)).toEqual({ passed: 1, failed: [], skipped: [] })
  expect(resultOfCheck('types', 2)).toEqual({ passed: 0, failed: ['types'], skipped: [] })
})

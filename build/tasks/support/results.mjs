/**
 * Sums of what ran.
 * @typedef {{passed: number, failed: string[], skipped: string[], again?: string[]}} Result names of what failed, was
 *   skipped, or passed at its second try only
 */
import { readFileSync } from 'node:fs'

/** A check that only says yes or no. @returns {Result} */
export function resultOfCheck(name, code) {
  return code === 0 ? { passed: 1, failed: [], skipped: [] } : { passed: 0, failed: [name], skipped: [] }
}

/** @param {string} path vitest's JSON report @param {number} code its exit code @returns {Result} */
export function resultOfVitest(path, code) {
  const result = { passed: 0, failed: [], skipped: [] }
  const report = readReport(path)
  if (!report) return resultOfCheck('unit tests (no report)', 1)
  for (const file of report.testResults) {
    if (file.status === 'failed' && file.assertionResults.length === 0)
      result.failed.push(`${file.name}: does not load`)
    for (const { status, fullName } of file.assertionResults) {
      if (status === 'passed') result.passed++
      else if (status === 'failed') result.failed.push(fullName)
      else result.skipped.push(fullName)
    }
  }
  return withExitCode(result, code, 'unit tests: an error outside a test')
}

/** @param {string} path Playwright's JSON report @param {number} code its exit code @returns {Result} */
export function resultOfPlaywright(path, code) {
  const result = { passed: 0, failed: [], skipped: [], again: [] }
  const report = readReport(path)
  if (!report) return resultOfCheck('window tests (no report)', 1)
  const visit = (suite, above) => {
    const name = suite.title ? `${above}${suite.title} › ` : above
    for (const spec of suite.specs ?? [])
      for (const { status } of spec.tests) {
        if (status === 'expected') result.passed++
        else if (status === 'skipped') result.skipped.push(name + spec.title)
        else if (status === 'flaky') {
          result.passed++
          result.again.push(name + spec.title)
        } else result.failed.push(name + spec.title)
      }
    for (const inner of suite.suites ?? []) visit(inner, name)
  }
  for (const suite of report.suites) visit(suite, '')
  for (const error of report.errors ?? []) result.failed.push(`window tests: ${String(error.message).split('\n')[0]}`)
  return withExitCode(result, code, 'window tests: an error outside a test')
}

/** A runner that failed without naming a test still failed. */
function withExitCode(result, code, name) {
  if (code !== 0 && result.failed.length === 0) result.failed.push(name)
  return result
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

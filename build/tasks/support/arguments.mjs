/** What a task is told on its line, and what it says of itself. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../../setup/places.mjs'

/** Tasks that are written down where their work is. */
const WRITTEN = {
  conformance: 'electron/centre/conformance/run.ts',
  demo: 'tests/demo/index.ts',
  gallery: 'tests/gallery/index.ts',
}

/** What stands at the head of a task's file: how it is called and what it does. */
export function helpOf(task) {
  const source = readFileSync(join(root, WRITTEN[task] ?? `build/tasks/${task}.mjs`), 'utf8')
  const head = /\/\*\*([\s\S]*?)\*\//.exec(source)?.[1] ?? ''
  return head.replace(/^ *\* ?/gm, '').trim()
}

/**
 * Ends the task with one line where it is told what it does not know.
 * @template {import('node:util').ParseArgsOptionsConfig} O
 * @param {O} options
 * @returns {ReturnType<typeof parseArgs<{options: O}>>['values']}
 */
export function readArguments(options) {
  try {
    return parseArgs({ options }).values
  } catch (error) {
    console.error(`${error.message}; --help tells what there is`)
    process.exit(2)
  }
}

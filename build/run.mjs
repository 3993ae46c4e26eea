#!/usr/bin/env node
/**
 * `node build/run.mjs TASK [arguments]`: sets up what the task needs, then runs build/tasks/TASK.mjs under the
 * project's Node. npm may have been started by an older Node whose PATH does not know the project's yet.
 */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { setUp } from './setup/index.mjs'
import { nodeForTasks } from './setup/project-node.mjs'
import { root } from './setup/places.mjs'
import { stopWith } from './setup/say.mjs'
import { helpOf } from './tasks/support/arguments.mjs'

/** What each task needs beyond the packages. */
const PURPOSES = {
  start: ['run'],
  compile: ['run'],
  kernels: ['run'],
  pinyin: ['run'],
  desk: ['run'],
  lint: ['run'],
  format: ['run'],
  typecheck: ['run'],
  unit: ['run'],
  soak: ['run'],
  conformance: ['run'],
  sbom: ['run'],
  test: ['run', 'tests', 'package'],
  demo: ['run', 'tests'],
  gallery: ['run', 'tests'],
  bench: ['run', 'tests', 'bench'],
  package: ['run', 'tests', 'package'],
}

/** Each of their commands or areas has a page of its own. */
const OWN_HELP = new Set(['desk', 'bench'])

const [task, ...args] = process.argv.slice(2)

try {
  const purposes = PURPOSES[task]
  if (!purposes) throw new Error(`tasks: ${Object.keys(PURPOSES).join(', ')}`)
  if (args.includes('--help') && !OWN_HELP.has(task)) {
    console.log(helpOf(task))
    process.exit()
  }
  await setUp(purposes)
  const child = spawn(nodeForTasks(), [join(root, 'build', 'tasks', `${task}.mjs`), ...args], {
    stdio: 'inherit',
    env: {
      // Sources are stripped of their types once and not by every process.
      NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node'),
      ...process.env,
      PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`,
    },
    shell: process.platform === 'win32',
  })
  // Ctrl+C reaches the task by itself; it decides when to end.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
} catch (error) {
  stopWith(error)
}

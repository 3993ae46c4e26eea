/** Runs a command-line tool of the packages under the Node that runs this, without a shell and without stdin. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../setup/places.mjs'

/**
 * @param {string} name a package that has a command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env] additions to the environment
 * @returns {Promise<number>} its exit code
 */
export function runTool(name, args, env = {}) {
  const folder = join(root, 'node_modules', ...name.split('/'))
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const path = typeof bin === 'string' ? bin : (bin[name] ?? Object.values(bin)[0])
  return runNode([join(folder, path), ...args], env)
}

/** @returns {Promise<number>} the exit code of a program under this Node */
export function runNode(args, env = {}) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  })
  return new Promise((resolve) => {
    child.on('error', () => resolve(1))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}
